/** The accuracy to expect without labels, beside the one that feedback shows. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { Panel } from '../../components/panel.tsx';
import type { DriftReport } from '../../lib/api/drift-types.ts';
import css from './drift.module.css';

export function AccuracyPanel({ accuracy }: Pick<DriftReport, 'accuracy'>) {
  const t = useTranslations('drift');
  const format = useFormatter();
  const { estimated, estimated_rows: rows, actual, judged } = accuracy;
  return (
    <Panel title={t('accuracy.title')}>
      <dl className={css.accuracies}>
        <div>
          <dt>{t('accuracy.expected')}</dt>
          <dd className={`${css.figure} tabular`}>
            {estimated === null ? t('accuracy.unknown') : format.number(estimated, 'percent')}
          </dd>
          <dd className={css.meaning}>{t('accuracy.expectedMeans', { rows })}</dd>
        </div>
        <div>
          <dt>{t('accuracy.actual')}</dt>
          <dd className={`${css.figure} tabular`}>
            {actual === null ? t('accuracy.unknown') : format.number(actual.estimate, 'percent')}
          </dd>
          <dd className={css.meaning}>
            {actual === null
              ? t('accuracy.noFeedback')
              : t('accuracy.actualMeans', { judged: judged ?? 0, low: actual.low, high: actual.high })}
          </dd>
        </div>
      </dl>
    </Panel>
  );
}
