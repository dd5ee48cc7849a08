/** What was found in a file, in words. */
'use client';
import type { Separator } from '@iris/dataset/table';
import { useTranslations } from 'next-intl';
import css from './batch.module.css';
import type { FileSummary } from './summary.ts';

const SEPARATOR_NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const satisfies Record<Separator, string>;

export interface SummaryTextProps {
  readonly name: string;
  readonly summary: FileSummary;
}

export function SummaryText({ name, summary }: SummaryTextProps) {
  const t = useTranslations('batch');
  const { rows, valid, otherColumns, separator, decimalSign, encoding } = summary;
  return (
    <div className={css.summary}>
      <p role="status">
        <strong>{t('rowsFound', { name, rows })}</strong>{' '}
        {valid === rows ? t('allValid') : t('someValid', { valid, faulty: rows - valid })}
      </p>
      <p className={css.hint}>
        {t(`separators.${SEPARATOR_NAMES[separator]}`)}
        {decimalSign === ',' && ` ${t('decimalCommas')}`}
        {encoding !== 'utf-8' && ` ${t('encoding', { encoding })}`}
        {otherColumns.length > 0 && ` ${t('otherColumns', { count: otherColumns.length, columns: otherColumns.join(', ') })}`}
      </p>
    </div>
  );
}
