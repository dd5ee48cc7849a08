/** The field of one feature: number and slider, or a choice. */
'use client';
import { NativeSelect, NumberInput, Slider } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import type { Feature, NumericFeature } from '../../lib/api/types.ts';
import { humanize } from '../../lib/format/names.ts';
import css from './feature-field.module.css';
import { decimalsOf, stepOf } from './sample-values.ts';

export interface FeatureFieldProps<F extends Feature = Feature> {
  readonly feature: F;
  readonly value: number | string;
  readonly onChange: (value: number | string) => void;
}

export function FeatureField({ feature, value, onChange }: FeatureFieldProps) {
  if (feature.kind === 'numeric') return <NumericField feature={feature} onChange={onChange} value={value} />;
  return (
    <NativeSelect
      data={[...feature.levels]}
      label={humanize(feature.name)}
      onChange={(event) => onChange(event.currentTarget.value)}
      value={value}
    />
  );
}

function NumericField({ feature, value, onChange }: FeatureFieldProps<NumericFeature>) {
  const t = useTranslations();
  const locale = useLocale();
  const { observed, plausible } = feature;
  const step = stepOf(feature);
  const unit = feature.unit === '1' ? t('common.unitCount') : feature.unit;
  const label = `${humanize(feature.name)} (${unit})`;
  return (
    <div className={css.field}>
      <NumberInput
        clampBehavior="none"
        decimalSeparator={locale === 'fr' ? ',' : '.'}
        description={t('predict.observed', { min: observed.min, max: observed.max })}
        label={label}
        max={plausible.max}
        min={plausible.min}
        onChange={onChange}
        step={step}
        value={value}
      />
      <Slider
        label={null}
        max={observed.max}
        min={observed.min}
        onChange={(next) => onChange(Number(next.toFixed(decimalsOf(step))))}
        size="sm"
        step={step}
        thumbLabel={label}
        value={typeof value === 'number' ? value : observed.min}
      />
    </div>
  );
}
