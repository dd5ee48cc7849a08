/** The API serves from elsewhere: says from where, and how to get a registry. */
'use client';
import { useTranslations } from 'next-intl';
import { Panel } from '../../components/panel.tsx';
import css from '../../components/ways.module.css';

/** Ways to a registry, by the name of their text. */
const WAYS = {
  start: 'npm start -- --with-registry',
  train: 'npm run train -- --model svm --version 1.0.0 --registry registry',
  serve: 'REGISTRY_DIR=registry API_KEY=… npm run api',
} as const;

export interface NoRegistryProps {
  readonly source: 'mlflow' | 'file';
  readonly place: string | null;
}

export function NoRegistry({ source, place }: NoRegistryProps) {
  const t = useTranslations('models');
  return (
    <Panel title={t('noRegistry.title')}>
      {place !== null && <p>{t(`noRegistry.${source}`, { place })}</p>}
      <p>{t('noRegistry.text')}</p>
      <dl className={css.ways}>
        {(['start', 'train', 'serve'] as const).map((way) => (
          <div key={way}>
            <dt>{t(`noRegistry.ways.${way}`)}</dt>
            <dd>
              <code>{WAYS[way]}</code>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
