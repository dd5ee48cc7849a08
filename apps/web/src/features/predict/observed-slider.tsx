/** A slider around the observed range of a feature, which is marked on it. */
'use client';
import { Slider } from '@mantine/core';
import { useFormatter } from 'next-intl';
import type { CSSProperties } from 'react';
import type { NumericFeature } from '../../lib/api/types.ts';
import css from './observed-slider.module.css';
import { snap, stepOf } from './sample-values.ts';
import { sliderRange } from './slider-range.ts';

export interface ObservedSliderProps {
  readonly feature: NumericFeature;
  readonly label: string;
  readonly value: number | string;
  readonly onChange: (value: number) => void;
}

export function ObservedSlider({ feature, label, value, onChange }: ObservedSliderProps) {
  const format = useFormatter();
  const { min, max, observedFrom, observedTo } = sliderRange(feature);
  const marks = { '--observed-from': `${observedFrom}%`, '--observed-to': `${observedTo}%` } as CSSProperties;
  return (
    <Slider
      classNames={{ track: css.track, bar: css.bar }}
      label={null}
      max={max}
      min={min}
      onChange={(next) => onChange(snap(feature, next))}
      size="sm"
      step={stepOf(feature)}
      style={marks}
      thumbLabel={label}
      thumbSize={18}
      thumbValueText={(shown) => format.number(shown)}
      value={typeof value === 'number' ? Math.min(max, Math.max(min, value)) : feature.observed.min}
    />
  );
}
