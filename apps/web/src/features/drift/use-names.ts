/** What columns and bins are called on the page. */
'use client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { DriftColumn } from '../../lib/api/drift-types.ts';
import { useDataset } from '../../lib/api/hooks.ts';
import { humanize } from '../../lib/format/names.ts';
import { useFeatureLabel } from '../predict/use-feature-label.ts';
import type { BinName } from './bins.ts';

/** Returns the function that names columns: features with their unit, the predicted classes by their target. */
export function useColumnName(): (column: DriftColumn) => string {
  const t = useTranslations('drift');
  const label = useFeatureLabel();
  const features = useDataset().data?.features ?? [];
  return ({ column_name: name, column_role }) => {
    if (column_role === 'prediction') return t('predicted', { target: humanize(name) });
    const feature = features.find((one) => one.name === name);
    return feature ? label(feature) : humanize(name);
  };
}

/** Returns the function that names bins; it stays the same, so that pictures are not drawn again. */
export function useBinName(): (bin: BinName) => string {
  const t = useTranslations('drift');
  return useCallback(
    (bin) => {
      if (bin.kind === 'category') return bin.name;
      if (bin.kind === 'others') return t('bins.others');
      if (bin.kind === 'between') return t('bins.between', { from: bin.from, to: bin.to });
      return t(`bins.${bin.kind}`, { edge: bin.edge });
    },
    [t],
  );
}
