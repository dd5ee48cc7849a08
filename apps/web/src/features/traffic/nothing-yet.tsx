/** Before the first request: what will be seen, and what to make of it. */
'use client';
import { useTranslations } from 'next-intl';
import css from './traffic.module.css';

const PICTURES = ['rolling', 'blueGreen', 'canary', 'failures'] as const;

export function NothingYet() {
  const t = useTranslations('traffic');
  return (
    <div className={css.nothing}>
      <p>{t('explained')}</p>
      <dl className={css.pictures}>
        {PICTURES.map((picture) => (
          <div key={picture}>
            <dt>{t(`pictures.${picture}.name`)}</dt>
            <dd>{t(`pictures.${picture}.text`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
