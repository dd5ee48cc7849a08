/** The field of one feature: number and slider, or a choice. */
'use client';
import { isValueOf } from '@iris/dataset/feature-value';
import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useLocale, useTranslations } from 'next-intl';
import type { FormEvent, ReactNode } from 'react';
import type { CategoricalFeature, DateFeature, Feature, FeatureValue, NumericFeature } from '../../lib/api/types.ts';
import css from './feature-field.module.css';
import { numberText } from './number-text.ts';
import { stepOf } from './sample-values.ts';
import { useFeatureLabel } from './use-feature-label.ts';

/** The field beside it does the same: the slider comes a moment later, and the page the sooner. */
const ObservedSlider = dynamic(() => import('./observed-slider.tsx').then((module) => module.ObservedSlider), {
  ssr: false,
  loading: () => <div className={css.sliderPlace} />,
});

export interface FeatureFieldProps<F extends Feature = Feature> {
  readonly feature: F;
  readonly value: FeatureValue;
  /** What the API found wrong with the value, in its own words. */
  readonly fault: string | undefined;
  readonly onChange: (value: FeatureValue) => void;
}

export function FeatureField({ feature, ...field }: FeatureFieldProps) {
  switch (feature.kind) {
    case 'numeric':
      return <NumericField feature={feature} {...field} />;
    case 'categorical':
      return <Choice feature={feature} {...field} />;
    case 'date':
      return <DayField feature={feature} {...field} />;
  }
}

function Choice({ feature, value, fault, onChange }: FeatureFieldProps<CategoricalFeature>) {
  const t = useTranslations('predict');
  const label = useFeatureLabel()(feature);
  const unknown = feature.missing ? [{ value: '', label: t('unknown') }] : [];
  return (
    <NativeSelect
      classNames={{ root: css.row, label: css.alone, wrapper: css.input, error: css.error }}
      data={[...feature.levels.map((level) => ({ value: level, label: level })), ...unknown]}
      error={fault && <Refusal fault={fault} />}
      label={label}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
      value={value ?? ''}
    />
  );
}

function DayField({ feature, value, fault, onChange }: FeatureFieldProps<DateFeature>) {
  const t = useTranslations('predict');
  const label = useFeatureLabel()(feature);
  const isWanting = !isValueOf(feature, value);
  return (
    <TextInput
      classNames={{ root: css.row, label: css.alone, wrapper: css.input, error: css.error }}
      error={isWanting ? t('dayNeeded') : fault && <Refusal fault={fault} />}
      label={label}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' && feature.missing ? null : currentTarget.value)}
      type="date"
      value={value ?? ''}
    />
  );
}

function NumericField({ feature, value, fault, onChange }: FeatureFieldProps<NumericFeature>) {
  const t = useTranslations('predict');
  const locale = useLocale();
  const label = useFeatureLabel()(feature);
  const { observed, plausible } = feature;
  const sign = locale === 'fr' ? ',' : '.';
  return (
    <div className={css.field} onChangeCapture={(event) => rewrite(event, sign)}>
      <NumberInput
        allowedDecimalSeparators={['.', ',']}
        clampBehavior="none"
        classNames={{ root: css.row, label: css.label, description: css.observed, wrapper: css.input, error: css.error }}
        decimalSeparator={sign}
        description={t('observed', { min: observed.min, max: observed.max })}
        error={useFault(feature, value, fault)}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        label={label}
        max={plausible.max}
        min={plausible.min}
        onChange={(given) => onChange(given === '' && feature.missing ? null : given)}
        placeholder={feature.missing ? t('unknown') : undefined}
        step={stepOf(feature)}
        value={value ?? ''}
      />
      <ObservedSlider feature={feature} label={label} onChange={onChange} value={value ?? ''} />
    </div>
  );
}

/** Before the field reads it. */
function rewrite({ target }: FormEvent, sign: '.' | ','): void {
  if (!(target instanceof HTMLInputElement) || target.type !== 'text') return;
  const text = numberText(target.value, sign);
  if (text !== target.value) target.value = text;
}

/** What is wrong with a value, for the reader; undefined when nothing is. */
function useFault(feature: NumericFeature, value: FeatureValue, fault: string | undefined): ReactNode {
  const t = useTranslations('predict');
  if (typeof value === 'string' || (value === null && !feature.missing)) return t('numberNeeded');
  if (!isValueOf(feature, value)) return t('notPlausible', { min: feature.plausible.min, max: feature.plausible.max });
  return fault && <Refusal fault={fault} />;
}

function Refusal({ fault }: { readonly fault: string }) {
  const t = useTranslations('predict');
  return (
    <>
      {t('refused')} <span lang="en">{fault}</span>
    </>
  );
}
