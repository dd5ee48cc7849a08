/** The API keeps no predictions: says so, and how to have them kept. */
'use client';
import { useTranslations } from 'next-intl';
import { Panel } from '../../components/panel.tsx';
import css from '../../components/ways.module.css';

/** Ways to a log, by the name of their text. */
const WAYS = {
  start: 'npm start',
  database: 'DATABASE_URL=postgres://USER:PASSWORD@HOST:5432/DATABASE npm run api',
  files: 'PREDICTION_LOG=file:DIR npm run api',
} as const;

export function NoLog() {
  const t = useTranslations('history');
  return (
    <Panel title={t('noLog.title')}>
      <p>{t('noLog.text')}</p>
      <dl className={css.ways}>
        {(['start', 'database', 'files'] as const).map((way) => (
          <div key={way}>
            <dt>{t(`noLog.ways.${way}`)}</dt>
            <dd>
              <code>{WAYS[way]}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p>{t('noLog.then')}</p>
    </Panel>
  );
}
