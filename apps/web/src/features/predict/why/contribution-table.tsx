/** The explanation as a table: the alternative to the plot, and all classes at once. */
'use client';
import { useTranslations } from 'next-intl';
import { ScrollTable } from '../../../components/scroll-table.tsx';
import type { DatasetSchema, ExplainedPrediction } from '../../../lib/api/types.ts';
import { contributionRows, hasMore } from './contribution-rows.ts';
import { useExplainedFigures } from './use-explained-figures.ts';
import { useValueName } from './use-value-name.ts';

export interface ContributionTableProps {
  readonly schema: DatasetSchema;
  readonly explained: ExplainedPrediction;
  /** Whether all features are shown, or those that count most. */
  readonly all: boolean;
}

export function ContributionTable({ schema, explained, all }: ContributionTableProps) {
  const t = useTranslations('predict.why');
  const { level, change } = useExplainedFigures(explained);
  const { base, total } = explained;
  const rows = rowsByClass(explained, schema.classes, all);
  const nameOf = useValueName(schema, explained, rows.length - 1);
  return (
    <ScrollTable label={t('tableLabel')}>
      <caption>{t('tableCaption', { explained: explained.explained })}</caption>
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
        <Row classes={schema.classes} figures={base} name={t('base')} show={level} />
        {rows.map(({ feature, changes }) => (
          <Row classes={schema.classes} figures={changes} key={feature ?? ''} name={nameOf(feature)} show={change} />
        ))}
      </tbody>
      <tfoot>
        <Row classes={schema.classes} figures={total} name={t('sum')} show={level} />
      </tfoot>
    </ScrollTable>
  );
}

/** A row for each feature, in the schema's order while all fit, else those that count most first. */
function rowsByClass(explained: ExplainedPrediction, classes: readonly string[], all: boolean) {
  const columns = classes.map((label) => contributionRows(explained, label, all));
  const rows = (columns[0] ?? []).map(({ feature }, index) => ({
    feature,
    changes: Object.fromEntries(classes.map((label, at) => [label, columns[at]?.[index]?.change ?? 0])),
  }));
  if (hasMore(explained)) return rows;
  return explained.contributions.map(({ feature, contributions }) => ({ feature, changes: contributions }));
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
