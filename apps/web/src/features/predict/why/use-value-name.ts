/** What a value of an explained sample is called: `Petal length (cm): 1.4`. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import type { DatasetSchema, ExplainedPrediction } from '../../../lib/api/types.ts';
import { useFeatureLabel } from '../use-feature-label.ts';

/** Returns the function that names a feature with its value. */
export function useValueName(schema: DatasetSchema, { contributions }: ExplainedPrediction): (feature: string) => string {
  const t = useTranslations('predict.why');
  const { number } = useFormatter();
  const labelOf = useFeatureLabel();
  return function nameOf(name) {
    const feature = schema.features.find((other) => other.name === name);
    const value = contributions.find((other) => other.feature === name)?.value ?? '';
    const shown = typeof value === 'number' ? number(value, 'value') : value;
    return t('value', { feature: feature ? labelOf(feature) : name, value: shown });
  };
}
