/** The samples as a table: the alternative to the plot. */
'use client';
import { Button, VisuallyHidden } from '@mantine/core';
import { useFormatter, useTranslations } from 'next-intl';
import { ClassMark } from '../../../components/class-mark.tsx';
import { ScrollTable } from '../../../components/scroll-table.tsx';
import type { DatasetSchema, Feature, FeatureValue } from '../../../lib/api/types.ts';
import { humanize } from '../../../lib/format/names.ts';
import type { SampleValues } from '../sample-values.ts';
import { useFeatureLabel } from '../use-feature-label.ts';
import type { Point } from './points.ts';
import css from './sample-table.module.css';

export interface SampleTableProps {
  readonly schema: DatasetSchema;
  readonly points: readonly Point[];
  /** Takes a sample's values into the form. */
  readonly onUse: (values: SampleValues) => void;
}

export function SampleTable({ schema, points, onUse }: SampleTableProps) {
  const t = useTranslations('predict.see');
  const labelOf = useFeatureLabel();
  return (
    <ScrollTable label={t('tableLabel')} tall>
      <caption>{t('tableCaption', { count: points.length })}</caption>
      <thead>
        <tr>
          <th data-words scope="col">
            {humanize(schema.target)}
          </th>
          {schema.features.map((feature) => (
            <th className={css.name} key={feature.name} scope="col" {...words(feature)}>
              {labelOf(feature)}
            </th>
          ))}
          <th scope="col">
            <VisuallyHidden>{t('use')}</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map((point, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: samples have no identity but their place, and two may be equal
          <Row key={row} onUse={onUse} point={point} row={row} schema={schema} />
        ))}
      </tbody>
    </ScrollTable>
  );
}

interface RowProps extends Pick<SampleTableProps, 'schema' | 'onUse'> {
  readonly point: Point;
  readonly row: number;
}

function Row({ schema, point: { label, classIndex, values }, row, onUse }: RowProps) {
  const t = useTranslations('predict.see');
  const format = useFormatter();
  const show = (value: FeatureValue | undefined) => (typeof value === 'number' ? format.number(value) : value);
  return (
    <tr>
      <th data-words scope="row">
        <span className={css.label}>
          <ClassMark classIndex={classIndex} size={12} />
          {label}
        </span>
      </th>
      {schema.features.map((feature) => (
        <td key={feature.name} {...words(feature)}>
          {show(values[feature.name])}
        </td>
      ))}
      <td>
        <Button
          aria-label={t('useSample', { number: row + 1, label })}
          onClick={() => onUse(values)}
          size="compact-xs"
          variant="default"
        >
          {t('use')}
        </Button>
      </td>
    </tr>
  );
}

/** What a cell of a categorical feature holds is no figure. */
function words({ kind }: Feature) {
  return kind === 'categorical' ? { 'data-words': true } : {};
}
