/** What a fault is called, with what would be right. */
'use client';
import { useTranslations } from 'next-intl';
import type { DatasetSchema } from '../../lib/api/types.ts';
import type { Fault } from './check-rows.ts';

/** Gives the text of a fault of this dataset's columns. */
export function useFaultText(schema: DatasetSchema): (fault: Pick<Fault, 'column' | 'kind'>) => string {
  const t = useTranslations('batch');
  return ({ column, kind }) => {
    const feature = schema.features.find(({ name }) => name === column);
    const { min, max } = feature?.kind === 'numeric' ? feature.plausible : { min: 0, max: 0 };
    const levels = feature?.kind === 'categorical' ? feature.levels.join(', ') : '';
    return t(`faults.${kind}`, { min, max, levels });
  };
}
