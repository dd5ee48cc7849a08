/** How the model was made: algorithm, engine, options, seed, and the checksum that tells it from any other. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Copyable } from '../../components/copyable.tsx';
import { Panel } from '../../components/panel.tsx';
import type { ModelCard } from '../../lib/api/types.ts';
import css from './training.module.css';

/** Algorithms that have a name in the texts. */
const KNOWN = ['rf', 'gbt', 'svm', 'logreg'] as const;

export function Training({ model }: { readonly model: ModelCard }) {
  const t = useTranslations('model');
  const format = useFormatter();
  const { name, algorithm, version, training, checksum } = model;
  const known = KNOWN.find((kind) => kind === algorithm);
  const options = Object.entries(training.options);
  return (
    <Panel title={t('training.title')}>
      <dl className={`${css.facts} tabular`}>
        <Fact name={t('training.name')}>{name}</Fact>
        <Fact name={t('training.version')}>{version}</Fact>
        <Fact name={t('training.algorithm')}>{known ? t(`training.algorithms.${known}`) : algorithm}</Fact>
        <Fact name={t('training.engine')}>{training.engine}</Fact>
        <Fact name={t('training.samples')}>{format.number(training.sampleCount)}</Fact>
        {/* A seed is a name: it is not written with the thousands apart. */}
        <Fact name={t('training.seed')}>{String(training.seed)}</Fact>
        <Fact name={t('training.checksum')}>
          <Copyable name={t('training.theChecksum')} text={checksum} whole />
        </Fact>
      </dl>
      <h3 className={css.title}>{t('training.options')}</h3>
      <dl className={`${css.facts} tabular`}>
        {options.map(([option, value]) => (
          <Fact key={option} name={<code>{option}</code>}>
            {typeof value === 'number' ? format.number(value, 'value') : value}
          </Fact>
        ))}
      </dl>
      {options.length === 0 && <p>{t('training.noOptions')}</p>}
    </Panel>
  );
}

function Fact({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
