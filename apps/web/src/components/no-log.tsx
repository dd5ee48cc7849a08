/** The API keeps no predictions: says so, and how to have them kept. */
'use client';
import { useTranslations } from 'next-intl';
import { Panel } from './panel.tsx';
import css from './ways.module.css';

/** Ways to a log, by the name of their text. */
const WAYS = {
  start: 'npm start',
  database: 'DATABASE_URL=postgres://USER:PASSWORD@HOST:5432/DATABASE npm run api',
  files: 'PREDICTION_LOG=file:DIR npm run api',
} as const;

export function NoLog() {
  const t = useTranslations('log');
  return (
    <Panel title={t('title')}>
      <p>{t('text')}</p>
      <dl className={css.ways}>
        {(['start', 'database', 'files'] as const).map((way) => (
          <div key={way}>
            <dt>{t(`ways.${way}`)}</dt>
            <dd>
              <code>{WAYS[way]}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p>{t('then')}</p>
    </Panel>
  );
}
