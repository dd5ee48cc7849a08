/** Composed and decomposed letters look the same: names and levels of an instance are taken as the schema has them (Unicode, form C). */
import type { DatasetSchema, Feature } from '@iris/dataset';
import { normalized } from '@iris/dataset/table';
import { FEATURES } from './schema.ts';

/** Gives the instance with the schema's own letters; anything else as it is. */
export type ComposeLetters = (instance: unknown) => unknown;

/** Makes it; undefined for a schema of ASCII alone, which has each letter in one way. */
export function createComposer({ features }: DatasetSchema): ComposeLetters | undefined {
  const texts = features.flatMap((feature) =>
    feature.kind === 'categorical' ? [feature.name, ...feature.levels] : [feature.name],
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  if (texts.every((text) => /^[\x00-\x7f]*$/.test(text))) return undefined;
  const columns = features.map((feature) => ({ name: feature.name, levelOf: createLevelFinder(feature) }));
  const byName = new Map(columns.map((column) => [normalized(column.name), column]));

  function composeMember([name, value]: [string, unknown]): [string, unknown] {
    if (name === FEATURES && Array.isArray(value))
      return [name, value.map((item, index) => columns[index]?.levelOf(item) ?? item)];
    const column = byName.get(normalized(name));
    return column ? [column.name, column.levelOf(value)] : [name, value];
  }

  return function composeLetters(instance) {
    if (typeof instance !== 'object' || instance === null || Array.isArray(instance)) return instance;
    const members = Object.entries(instance).map(composeMember);
    // A name in both ways: the schema's validation finds one of them unknown.
    const isAmbiguous = new Set(members.map(([name]) => name)).size < members.length;
    return isAmbiguous ? instance : Object.fromEntries(members);
  };
}

function createLevelFinder(feature: Feature): (value: unknown) => unknown {
  if (feature.kind !== 'categorical') return (value) => value;
  const levels = new Map(feature.levels.map((level) => [normalized(level), level]));
  return (value) => (typeof value === 'string' ? (levels.get(normalized(value)) ?? value) : value);
}
