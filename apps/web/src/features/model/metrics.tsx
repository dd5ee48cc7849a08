/** What the evaluation measured, with its standard errors. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { Panel } from '../../components/panel.tsx';
import type { ModelCard } from '../../lib/api/types.ts';
import css from './metrics.module.css';

const METRICS = ['accuracy', 'logLoss', 'brier'] as const;

export function Metrics({ metrics }: { readonly metrics: ModelCard['metrics'] }) {
  const t = useTranslations('model');
  const { method, folds } = metrics;
  return (
    <Panel title={t('metrics.title')}>
      {method !== 'none' && (
        <dl className={css.figures}>
          {METRICS.map((name) => (
            <div key={name}>
              <dt className={css.name}>{t(`metrics.${name}.name`)}</dt>
              <dd className={`${css.value} tabular`}>
                <Figure estimate={metrics[name]} />
              </dd>
              <dd className={css.meaning}>{t(`metrics.${name}.meaning`)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className={css.method}>{t(`metrics.method.${method}`, { folds })}</p>
    </Panel>
  );
}

function Figure({ estimate }: { readonly estimate: ModelCard['metrics']['accuracy'] }) {
  const t = useTranslations('model');
  const format = useFormatter();
  if (estimate === null) return t('metrics.unknown');
  const { mean, standardError } = estimate;
  return (
    <>
      {format.number(mean, 'estimate')}
      {standardError !== null && <span className={css.error}> ± {format.number(standardError, 'estimate')}</span>}
    </>
  );
}
