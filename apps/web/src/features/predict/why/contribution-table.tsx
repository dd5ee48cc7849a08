/** The explanation as a table: the alternative to the plot, and all classes at once. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { ScrollTable } from '../../../components/scroll-table.tsx';
import type { DatasetSchema, ExplainedPrediction } from '../../../lib/api/types.ts';
import { useValueName } from './use-value-name.ts';

export interface ContributionTableProps {
  readonly schema: DatasetSchema;
  readonly explained: ExplainedPrediction;
}

export function ContributionTable({ schema, explained }: ContributionTableProps) {
  const t = useTranslations('predict.why');
  const { number } = useFormatter();
  const nameOf = useValueName(schema, explained);
  const { base, probabilities, contributions } = explained;
  return (
    <ScrollTable label={t('tableLabel')}>
      <caption>{t('tableCaption')}</caption>
      <thead>
        <tr>
          <th data-words scope="col">
            {t('feature')}
          </th>
          {schema.classes.map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Row classes={schema.classes} figures={base} name={t('base')} show={(share) => number(share, 'percent')} />
        {contributions.map(({ feature, contributions: changes }) => (
          <Row
            classes={schema.classes}
            figures={changes}
            key={feature}
            name={nameOf(feature)}
            show={(share) => number(share, 'change')}
          />
        ))}
      </tbody>
      <tfoot>
        <Row classes={schema.classes} figures={probabilities} name={t('sum')} show={(share) => number(share, 'percent')} />
      </tfoot>
    </ScrollTable>
  );
}

interface RowProps {
  readonly name: string;
  readonly classes: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
  readonly show: (share: number) => string;
}

function Row({ name, classes, figures, show }: RowProps) {
  return (
    <tr>
      <th data-words scope="row">
        {name}
      </th>
      {classes.map((label) => (
        <td key={label}>{show(figures[label] ?? 0)}</td>
      ))}
    </tr>
  );
}
