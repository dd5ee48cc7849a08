/** All columns with all figures. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { Panel } from '../../components/panel.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import type { DriftColumn } from '../../lib/api/drift-types.ts';
import type { ColumnsProps } from './column-cards.tsx';
import css from './drift.module.css';
import { useColumnName } from './use-names.ts';
import { usePValue } from './use-p-value.ts';
import { VerdictMark } from './verdict-mark.tsx';

const HEADS = ['column', 'verdict', 'test', 'statistic', 'p', 'pAdjusted', 'effect', 'missing', 'values'] as const;
/** Columns of words: at the start, as their heads are. */
const WORDS: ReadonlySet<string> = new Set(['verdict', 'test']);

export function ColumnTable({ columns, report }: ColumnsProps) {
  const t = useTranslations('drift');
  if (report.rows === 0) return null;
  return (
    <Panel title={t('all')}>
      <ScrollTable label={t('all')} tall>
        <thead>
          <tr>
            {HEADS.map((name) => (
              <th data-words={WORDS.has(name) || undefined} key={name} scope="col">
                {t(`heads.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <ColumnRow column={column} key={column.column_name} />
          ))}
        </tbody>
      </ScrollTable>
    </Panel>
  );
}

function ColumnRow({ column }: { readonly column: DriftColumn }) {
  const t = useTranslations('drift');
  const format = useFormatter();
  const pValue = usePValue();
  const name = useColumnName()(column);
  const { verdict, stattest_name, statistic, drift_score, p_adjusted, effect, missing_share, n_current } = column;
  const figure = (value: number | null) => (value === null ? '–' : format.number(value, 'significant'));
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-words>
        <span className={css.badge} data-verdict={verdict}>
          <VerdictMark size={16} verdict={verdict} />
          {t(`verdicts.${verdict === 'too few' ? 'tooFew' : verdict}`)}
        </span>
      </td>
      <td data-words>{t(`tests.${stattest_name}`)}</td>
      <td>{figure(statistic)}</td>
      <td>{drift_score === null ? '–' : pValue(drift_score)}</td>
      <td>{p_adjusted === null ? '–' : pValue(p_adjusted)}</td>
      <td>{figure(effect)}</td>
      <td>{format.number(missing_share, 'percent')}</td>
      <td>{format.number(n_current)}</td>
    </tr>
  );
}
