/** Who answered, how fast, and under which id the answer is found again. */
'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Copyable } from '../../components/copyable.tsx';
import css from './answer-facts.module.css';
import type { Answered } from './live-prediction.ts';

export function AnswerFacts({ answered: { prediction, tookMs, logged } }: { readonly answered: Answered }) {
  const t = useTranslations('predict');
  const { model, version, request_id } = prediction;
  return (
    <div className={css.facts}>
      <dl className={css.list}>
        <div>
          <dt>{t('model')}</dt>
          <dd>{t('answeredBy', { model, version })}</dd>
        </div>
        <div>
          <dt>{t('time')}</dt>
          <dd className="tabular">{t('took', { ms: tookMs })}</dd>
        </div>
        <div className={css.request}>
          <dt>{t('requestId')}</dt>
          <dd>
            <Copyable name={t('requestName')} text={request_id} whole />
          </dd>
        </div>
      </dl>
      <p className={css.kept} role="status">
        {logged ? <Link href="/history">{t('sent')}</Link> : t('notSent')}
      </p>
    </div>
  );
}
