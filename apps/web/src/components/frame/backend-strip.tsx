/** "Backend info": who answers now, always visible, refreshed on its own. */
'use client';
import { useTranslations } from 'next-intl';
import { useBackendInfo, useModelChanges } from '../../lib/api/hooks.ts';
import { backendStatus } from './backend-status.ts';
import css from './backend-strip.module.css';

export function BackendStrip() {
  const t = useTranslations('shell');
  const { data, error } = useBackendInfo();
  useModelChanges();
  const { status, mood } = backendStatus(data, error);
  const rows = [
    ['version', data?.version.version],
    ['model', data?.version.model],
    ['dataset', data?.version.dataset],
    ['instance', data?.version.instance],
  ] as const;
  return (
    <section aria-label={t('backend.title')} className={css.strip}>
      <div className={css.inner}>
        <h2 className={css.title}>{t('backend.title')}</h2>
        <p className={css.status} data-mood={mood} role="status">
          <span aria-hidden="true" className={css.dot} />
          {t(`backend.status.${status}`)}
        </p>
        <dl className={css.facts}>
          {rows.map(([name, value]) => (
            <div className={css.fact} key={name}>
              <dt>{t(`backend.${name}`)}</dt>
              <dd className="tabular" title={value ?? undefined}>
                {value ?? '—'}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
