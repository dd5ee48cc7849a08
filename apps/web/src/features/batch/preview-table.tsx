/** Rows of a file: each faulty cell is marked, and says what is wrong. */
'use client';
import { useTranslations } from 'next-intl';
import { ScrollTable } from '../../components/scroll-table.tsx';
import type { DatasetSchema } from '../../lib/api/types.ts';
import type { RowAnswer } from './answers.ts';
import css from './batch.module.css';
import type { PreviewRow } from './batch-job.ts';
import { useFaultText } from './use-fault-text.ts';

export interface PreviewTableProps {
  readonly schema: DatasetSchema;
  readonly rows: readonly PreviewRow[];
  /** Whether there is a column for answers. */
  readonly answered: boolean;
}

export function PreviewTable({ schema, rows, answered }: PreviewTableProps) {
  const t = useTranslations('batch');
  return (
    <ScrollTable label={t('preview')}>
      <thead>
        <tr>
          <th scope="col">{t('columns.line')}</th>
          {schema.features.map(({ name, kind }) => (
            <th data-words={kind === 'categorical' ? true : undefined} key={name} scope="col">
              {name}
            </th>
          ))}
          {answered && <th scope="col">{schema.target}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row answered={answered} key={row.line} row={row} schema={schema} />
        ))}
      </tbody>
    </ScrollTable>
  );
}

interface RowProps extends Pick<PreviewTableProps, 'schema' | 'answered'> {
  readonly row: PreviewRow;
}

function Row({ row: { line, cells, faults, answer }, schema, answered }: RowProps) {
  const t = useTranslations('batch');
  const textOf = useFaultText(schema);
  const ofRow = faults.find(({ column }) => column === undefined);
  return (
    <tr className={ofRow && css.faultyRow}>
      <th scope="row">
        {t('count', { count: line })}
        {ofRow && <small className={css.fault}>{textOf(ofRow)}</small>}
      </th>
      {schema.features.map(({ name, kind }, index) => {
        const fault = faults.find(({ column }) => column === name);
        return (
          <td className={fault && css.faultyCell} data-words={kind === 'categorical' ? true : undefined} key={name}>
            <span className={fault && css.faultyValue}>{cells[index]}</span>
            {fault && <small className={css.fault}>{textOf(fault)}</small>}
          </td>
        );
      })}
      {answered && <AnswerCell answer={answer} />}
    </tr>
  );
}

function AnswerCell({ answer }: { readonly answer: RowAnswer | undefined }) {
  const t = useTranslations('batch');
  if (!answer) return <td>—</td>;
  if ('refused' in answer) return <td className={css.faultyCell}>{answer.refused}</td>;
  const { prediction, probabilities } = answer;
  return <td>{t('answer', { prediction, share: probabilities[prediction] ?? 0 })}</td>;
}
