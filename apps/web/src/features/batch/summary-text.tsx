/** What was found in a file, in words. */
'use client';
import { useTranslations } from 'next-intl';
import css from './batch.module.css';
import type { FileSummary } from './summary.ts';
import type { Delimiter } from './table.ts';

const DELIMITER_NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const satisfies Record<Delimiter, string>;

export interface SummaryTextProps {
  readonly name: string;
  readonly summary: FileSummary;
}

export function SummaryText({ name, summary }: SummaryTextProps) {
  const t = useTranslations('batch');
  const { rows, valid, otherColumns, delimiter, decimalSign, encoding } = summary;
  return (
    <div className={css.summary}>
      <p role="status">
        <strong>{t('rowsFound', { name, rows })}</strong>{' '}
        {valid === rows ? t('allValid') : t('someValid', { valid, faulty: rows - valid })}
      </p>
      <p className={css.hint}>
        {t(`delimiters.${DELIMITER_NAMES[delimiter]}`)}
        {decimalSign === ',' && ` ${t('decimalCommas')}`}
        {encoding !== 'utf-8' && ` ${t('encoding', { encoding })}`}
        {otherColumns.length > 0 && ` ${t('otherColumns', { count: otherColumns.length, columns: otherColumns.join(', ') })}`}
      </p>
    </div>
  );
}
