/** Composed and decomposed letters look the same: names and levels of an instance are taken as the schema has them (Unicode, form C). */
import type { DatasetSchema } from '@iris/dataset';
import { normalized } from '@iris/dataset/table';
import { createLevelFinder, hasOtherForms, isAscii } from './level-finder.ts';
import { FEATURES } from './schema.ts';

/** Gives the instance with the schema's own letters and levels; anything else as it is. */
export type ComposeLetters = (instance: unknown) => unknown;

/** Makes it; undefined for a schema whose names and levels can be written in one way only. */
export function createComposer({ features }: DatasetSchema): ComposeLetters | undefined {
  if (features.every((feature) => isAscii(feature.name) && !hasOtherForms(feature))) return undefined;
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
