/** What a value of an explained sample is called: `Petal length (cm): 1.4`. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import type { DatasetSchema, ExplainedPrediction, FeatureValue } from '../../../lib/api/types.ts';
import { useFeatureLabel } from '../use-feature-label.ts';

/** Returns the function that names a feature with its value; undefined is the features that are not shown. */
export function useValueName(
  schema: DatasetSchema,
  { contributions }: ExplainedPrediction,
  shown: number,
): (feature: string | undefined) => string {
  const t = useTranslations('predict');
  const { number } = useFormatter();
  const labelOf = useFeatureLabel();

  function write(value: FeatureValue): string {
    if (value === null) return t('unknown');
    return typeof value === 'number' ? number(value, 'value') : value;
  }

  return function nameOf(name) {
    if (name === undefined) return t('why.others', { count: contributions.length - shown });
    const feature = schema.features.find((other) => other.name === name);
    const value = contributions.find((other) => other.feature === name)?.value ?? null;
    return t('why.value', { feature: feature ? labelOf(feature) : name, value: write(value) });
  };
}
