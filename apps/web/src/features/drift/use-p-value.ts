/** p-values as people write them. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';

/** Below it nobody needs to know how far. */
const LEAST_SHOWN = 0.001;

/** Returns the function that writes a p-value: three digits that count, or `< 0.001`. */
export function usePValue(): (p: number) => string {
  const t = useTranslations('drift');
  const format = useFormatter();
  return (p) => (p < LEAST_SHOWN ? t('below', { value: LEAST_SHOWN }) : format.number(p, 'significant'));
}
