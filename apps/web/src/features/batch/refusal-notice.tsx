/** Why a file cannot be scored, and what to do about it. */
'use client';
import { useTranslations } from 'next-intl';
import css from './batch.module.css';
import type { ShownRefusal } from './batch-state.ts';

export interface RefusalNoticeProps {
  readonly name: string;
  readonly refusal: ShownRefusal;
}

export function RefusalNotice({ name, refusal }: RefusalNoticeProps) {
  const t = useTranslations('batch');
  const columns = 'columns' in refusal ? refusal.columns : [];
  const megabytes = 'megabytes' in refusal ? refusal.megabytes : 0;
  return (
    <div className={css.refusal} role="alert">
      <p className={css.refusalTitle}>{name === '' ? t('refused') : t('refusedFile', { name })}</p>
      <p>{t(`refusals.${refusal.kind}`, { columns: columns.join(', '), count: columns.length, megabytes })}</p>
    </div>
  );
}
