/** Which values a feature can have. */
import { dayOf } from './days.ts';
import type { CategoricalFeature, Feature, FeatureValue } from './schema.ts';

/** Whether it is missing where it may be, a number within the plausible range, a level (any text where unknown ones are taken), or a day. */
export function isValueOf(feature: Feature, value: unknown): value is FeatureValue {
  if (value === null) return feature.missing === true;
  switch (feature.kind) {
    case 'numeric':
      return typeof value === 'number' && value >= feature.plausible.min && value <= feature.plausible.max;
    case 'categorical':
      return typeof value === 'string' && (feature.levels.includes(value) || takesAnyText(feature));
    case 'date':
      return typeof value === 'string' && !Number.isNaN(dayOf(value));
  }
}

/** Whether texts are taken that are not among the levels. */
export function takesAnyText({ other, unknownLevels }: Pick<CategoricalFeature, 'other' | 'unknownLevels'>): boolean {
  return other !== undefined || unknownLevels !== undefined;
}
