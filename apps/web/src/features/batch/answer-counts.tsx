/** What came out: how many rows of each class, and who answered. */
'use client';
import { useTranslations } from 'next-intl';
import { ClassMark } from '../../components/class-mark.tsx';
import type { AnswerSummary } from './answers.ts';
import css from './batch.module.css';

export function AnswerCounts({ answers: { answered, refused, byClass, byVersion } }: { readonly answers: AnswerSummary }) {
  const t = useTranslations('batch');
  const versions = byVersion.map(({ name, count }) => t('versionCount', { name, count })).join(', ');
  return (
    <div className={css.outcome}>
      {answered > 0 && (
        <ul className={css.classes}>
          {byClass.map(({ name, count }, index) => (
            <li key={name}>
              <ClassMark classIndex={index} />
              {t('classCount', { name, count, share: count / answered })}
            </li>
          ))}
        </ul>
      )}
      {answered > 0 && <p className={css.hint}>{t('answeredBy', { versions, count: byVersion.length })}</p>}
      {refused > 0 && <p>{t('refusedRows', { refused })}</p>}
    </div>
  );
}
