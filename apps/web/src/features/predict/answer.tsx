/** What the model answers: the label, a bar for each class, and who answered. */
'use client';
import { Progress } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { Prediction } from '../../lib/api/types.ts';
import css from './answer.module.css';

const PERCENT = 100;

export function Answer({ answer }: { readonly answer: Prediction }) {
  const t = useTranslations('predict');
  const { model, version } = answer;
  return (
    <div className={css.answer}>
      <p aria-live="polite" className={css.label}>
        {answer.prediction}
      </p>
      <ul className={css.bars}>
        {Object.entries(answer.probabilities).map(([name, share]) => (
          <li className={css.bar} key={name}>
            <span className="tabular">{t('probability', { name, share })}</span>
            <Progress aria-label={name} size="lg" value={share * PERCENT} />
          </li>
        ))}
      </ul>
      <dl className={css.facts}>
        <dt>{t('answeredBy', { model, version })}</dt>
        <dd>
          {t('requestId')} <code>{answer.request_id}</code>
        </dd>
      </dl>
    </div>
  );
}
