/** The verdict in a sentence, and what was compared. */
'use client';
import { useTranslations } from 'next-intl';
import { LocalTime } from '../../components/local-time.tsx';
import { Panel } from '../../components/panel.tsx';
import type { DriftReport } from '../../lib/api/drift-types.ts';
import { useModelCard } from '../../lib/api/hooks.ts';
import css from './drift.module.css';
import { VerdictMark } from './verdict-mark.tsx';

export function VerdictPanel({ report }: { readonly report: DriftReport }) {
  const t = useTranslations('drift');
  const { verdict, rows, number_of_drifted_columns: drifted, number_of_columns: columns, alpha } = report;
  return (
    <Panel title={t('verdict')}>
      <p className={css.verdict} role="status">
        <VerdictMark size={26} verdict={verdict} />
        {verdict === 'drift' && t('says.drift', { drifted, columns })}
        {verdict === 'none' && t('says.none')}
        {verdict === 'too few' && t('says.tooFew', { rows, least: report.min_rows })}
      </p>
      <Compared report={report} />
      <details className={css.details}>
        <summary>{t('how.title')}</summary>
        <p>{t('how.alarm', { alpha, effect: report.min_effect })}</p>
        <p>{t('how.effect')}</p>
        <p>{t('how.not')}</p>
      </details>
    </Panel>
  );
}

function Compared({ report: { rows, from, to, drift_by_columns } }: { readonly report: DriftReport }) {
  const t = useTranslations('drift');
  const model = useModelCard().data;
  const reference = Math.max(0, ...Object.values(drift_by_columns).map((column) => column.n_reference));
  return (
    <p className={css.note}>
      {t.rich('compared', { rows, from: () => <LocalTime instant={from} />, to: () => <LocalTime instant={to} /> })}{' '}
      {model && t('reference', { rows: reference, model: model.name, version: model.version })}
    </p>
  );
}
