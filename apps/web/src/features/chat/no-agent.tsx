/** The client has no agent: says so, and how to get one. */
'use client';
import { useTranslations } from 'next-intl';
import { Panel } from '../../components/panel.tsx';
import css from '../../components/ways.module.css';

/** Ways to an agent, by the name of their text. */
const WAYS = { start: 'npm start', client: 'AGENT_URL=http://localhost:8002 npm run client' } as const;

export function NoAgent() {
  const t = useTranslations('chat');
  return (
    <Panel title={t('noAgent.title')}>
      <p>{t('noAgent.text')}</p>
      <dl className={css.ways}>
        {(['start', 'client'] as const).map((way) => (
          <div key={way}>
            <dt>{t(`noAgent.ways.${way}`)}</dt>
            <dd>
              <code>{WAYS[way]}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p>{t('noAgent.then')}</p>
    </Panel>
  );
}
