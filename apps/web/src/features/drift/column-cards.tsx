/** A card for each column that has a picture, what alarms first. */
'use client';
import { useTranslations } from 'next-intl';
import legend from '../../components/legend.module.css';
import { Panel } from '../../components/panel.tsx';
import type { DriftColumn, DriftReport } from '../../lib/api/drift-types.ts';
import { ColumnCard } from './column-card.tsx';
import css from './drift.module.css';

export interface ColumnsProps {
  /** In the order in which they are shown. */
  readonly columns: readonly DriftColumn[];
  readonly report: Pick<DriftReport, 'min_effect' | 'rows'>;
}

export function ColumnCards({ columns, report }: ColumnsProps) {
  const t = useTranslations('drift');
  const pictured = columns.filter(({ distribution }) => distribution !== undefined);
  if (report.rows === 0 || pictured.length === 0) return null;
  return (
    <Panel title={t('columns')}>
      <ul className={legend.legend}>
        <li>
          <span aria-hidden="true" className={css.swatch} data-side="training" />
          {t('training')}
        </li>
        <li>
          <span aria-hidden="true" className={css.swatch} data-side="live" />
          {t('live')}
        </li>
        <li className={css.note}>{t('outside')}</li>
      </ul>
      <div className={css.cards}>
        {pictured.map((column) => (
          <ColumnCard column={column} key={column.column_name} leastEffect={report.min_effect} />
        ))}
      </div>
      {pictured.length < columns.length && <p className={css.note}>{t('morePictures', { shown: pictured.length })}</p>}
    </Panel>
  );
}
