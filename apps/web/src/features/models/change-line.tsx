/** One change of the model in service: when, who, why. */
'use client';
import { useTranslations } from 'next-intl';
import { LocalTime } from '../../components/local-time.tsx';
import type { RegistryChange } from '../../lib/api/registry-types.ts';
import css from './change-line.module.css';

export function ChangeLine({ change: { at, by, reason, forced } }: { readonly change: RegistryChange }) {
  const t = useTranslations('models');
  return (
    <div className={css.change}>
      <p className={css.reason}>
        {reason}
        {forced && <span className={css.forced}>{t('history.forced')}</span>}
      </p>
      <p className={css.who}>
        {/* Of a line that somebody wrote by hand, the time may be none. */}
        {Number.isNaN(Date.parse(at)) ? at : <LocalTime instant={at} />} · {by}
      </p>
    </div>
  );
}
