/** Levels as callers write them: JSON has numbers and truth values for what a file writes as `0` and `TRUE`. */
import type { CategoricalFeature, Feature } from '@iris/dataset';
import { normalized } from '@iris/dataset/table';

/** Gives the level that a value stands for, or the value as it is. */
export type LevelFinder = (value: unknown) => unknown;

const NUMBER = /^[-+]?\d+(?:\.\d+)?$/;

/** Whether a feature has levels that can be written in another way than as they are. */
export function hasOtherForms(feature: Feature): boolean {
  if (feature.kind !== 'categorical') return false;
  return feature.levels.some((level) => !isAscii(level) || NUMBER.test(level) || truthOf(level) !== undefined);
}

/** Whether a text has each of its letters in one way. */
export function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  return /^[\x00-\x7f]*$/.test(text);
}

/** Makes the finder: composed and decomposed letters are the same, and a number or a truth value is the one level that says it. */
export function createLevelFinder(feature: Feature): LevelFinder {
  if (feature.kind !== 'categorical') return (value) => value;
  const byText = new Map(feature.levels.map((level) => [normalized(level), level]));
  const byValue = valuesOf(feature);
  return function findLevel(value) {
    const level = typeof value === 'string' ? byText.get(normalized(value)) : byValue.get(value);
    return level ?? value;
  };
}

/** Levels by the number or truth value that they say, but for those that two of them say. */
function valuesOf({ levels }: CategoricalFeature): ReadonlyMap<unknown, string | undefined> {
  const found = new Map<unknown, string | undefined>();
  for (const level of levels) {
    const value = NUMBER.test(level) ? Number(level) : truthOf(level);
    if (value !== undefined) found.set(value, found.has(value) ? undefined : level);
  }
  return found;
}

function truthOf(level: string): boolean | undefined {
  const text = level.toLowerCase();
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
}
