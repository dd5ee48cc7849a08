/** Chooses the feature that an axis shows. */
'use client';
import { NativeSelect } from '@mantine/core';
import type { NumericFeature } from '../../../lib/api/types.ts';
import { useFeatureLabel } from '../use-feature-label.ts';

export interface AxisSelectProps {
  readonly label: string;
  readonly features: readonly NumericFeature[];
  readonly value: NumericFeature;
  readonly onChange: (feature: NumericFeature) => void;
}

export function AxisSelect({ label, features, value, onChange }: AxisSelectProps) {
  const labelOf = useFeatureLabel();
  return (
    <NativeSelect
      data={features.map((feature) => ({ value: feature.name, label: labelOf(feature) }))}
      label={label}
      onChange={(event) => {
        const chosen = features.find(({ name }) => name === event.currentTarget.value);
        if (chosen) onChange(chosen);
      }}
      size="xs"
      value={value.name}
    />
  );
}
