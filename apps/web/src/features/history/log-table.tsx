/** A page of the log: a table, and on a phone a card for each prediction. */
'use client';
import { Progress } from '@mantine/core';
import { useFormatter, useTranslations } from 'next-intl';
import { CardTable } from '../../components/card-table.tsx';
import { ClassMark } from '../../components/class-mark.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { LocalTime } from '../../components/local-time.tsx';
import type { DatasetSchema, LoggedPrediction } from '../../lib/api/types.ts';
import { humanize } from '../../lib/format/names.ts';
import css from './log-table.module.css';
import { orderedValues } from './ordered-values.ts';
import { ToldCell } from './told-cell.tsx';
import type { Feedback } from './use-feedback.ts';

const PERCENT = 100;
const COLUMNS = ['when', 'prediction', 'sample', 'by', 'inFact'] as const;

export interface LogTableProps {
  readonly rows: readonly LoggedPrediction[];
  /** Of the model in service, once it is known. */
  readonly dataset: DatasetSchema | undefined;
  readonly feedback: Feedback;
  /** Whether another page is on its way. */
  readonly isOld: boolean;
}

export function LogTable({ rows, dataset, feedback, isOld }: LogTableProps) {
  const t = useTranslations('history');
  return (
    <CardTable aria-busy={isOld} aria-label={t('title')} columns={COLUMNS.map((name) => t(`columns.${name}`))}>
      <tbody>
        {rows.map((row) => (
          <LogRow dataset={dataset} feedback={feedback} key={row.id} row={row} />
        ))}
      </tbody>
    </CardTable>
  );
}

interface LogRowProps extends Pick<LogTableProps, 'dataset' | 'feedback'> {
  readonly row: LoggedPrediction;
}

function LogRow({ row, dataset, feedback }: LogRowProps) {
  const t = useTranslations('history');
  const unknown = t('unknown');
  const { model, version } = row;
  return (
    <tr>
      <td className={css.when}>
        <LocalTime instant={row.created_at} />
        <div className={`${css.request} ${css.quiet}`}>
          {row.request_id === null ? unknown : <Copyable name={t('requestId')} text={row.request_id} />}
        </div>
      </td>
      <td className={css.predicted}>
        <Predicted classIndex={dataset?.classes.indexOf(row.prediction) ?? -1} row={row} />
      </td>
      <td>
        <SampleValues dataset={dataset} row={row} />
      </td>
      <td className={css.by}>
        <div className="tabular">{model === null && version === null ? unknown : `${model ?? ''} ${version ?? ''}`.trim()}</div>
        <div className={css.quiet}>{row.instance ?? unknown}</div>
      </td>
      <td className={css.told}>
        <ToldCell classes={dataset?.classes ?? []} feedback={feedback} row={row} />
      </td>
    </tr>
  );
}

function Predicted({ row, classIndex }: { readonly row: LoggedPrediction; readonly classIndex: number }) {
  const format = useFormatter();
  const { prediction, probabilities } = row;
  const share = probabilities?.[prediction];
  return (
    <>
      <div className={css.label}>
        {classIndex >= 0 && <ClassMark classIndex={classIndex} />}
        {prediction}
      </div>
      {share !== undefined && (
        <div className={css.probability}>
          <Progress aria-hidden="true" size="sm" value={share * PERCENT} />
          <span className="tabular">{format.number(share, 'percent')}</span>
        </div>
      )}
    </>
  );
}

function SampleValues({ row, dataset }: Pick<LogRowProps, 'row' | 'dataset'>) {
  const t = useTranslations('history');
  const format = useFormatter();
  if (row.features === null) return t('unknown');
  return (
    <dl className={css.sample}>
      {orderedValues(row.features, dataset).map(([name, value]) => (
        <div className={css.feature} key={name}>
          <dt>{humanize(name)}</dt>
          <dd className="tabular">{typeof value === 'number' ? format.number(value, 'value') : value}</dd>
        </div>
      ))}
    </dl>
  );
}
