/** What a feature is called on the page: `Petal length (cm)`. */
'use client';
import { useTranslations } from 'next-intl';
import type { Feature } from '../../lib/api/types.ts';
import { humanize } from '../../lib/format/names.ts';

/** Returns the function that names features: as the API names them, with their unit. */
export function useFeatureLabel(): (feature: Feature) => string {
  const t = useTranslations('common');
  return (feature) => {
    if (feature.kind !== 'numeric' || feature.unit === undefined) return humanize(feature.name);
    return `${humanize(feature.name)} (${feature.unit === '1' ? t('unitCount') : feature.unit})`;
  };
}
