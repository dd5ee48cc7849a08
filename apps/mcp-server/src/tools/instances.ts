/** A sample as an argument: language models take no names of arguments but plain ones, so that `Total Charges` is `total_charges` there. */
import { type DatasetSchema, identifiersOf, type JsonSchema, namedSampleProperties } from '@iris/dataset';
import { closed, object } from './schemas.ts';
import type { Arguments, ObjectSchema } from './tool.ts';

/** How samples are given to a tool. */
export interface InstanceArguments {
  /** Of one sample: all features are needed; the title of a property is the feature's name, where that is another. */
  readonly schema: ObjectSchema;
  /** The sample as the API has it, by the features' names. */
  toInstance(args: Arguments): Record<string, unknown>;
}

/** Derives it from the dataset. @param more further arguments, which may be left out. */
export function instanceArguments(dataset: DatasetSchema, more: Readonly<Record<string, JsonSchema>> = {}): InstanceArguments {
  const named = namedSampleProperties(dataset);
  const names = Object.keys(named);
  const identifiers = identifiersOf(names, Object.keys(more));
  const nameOf = new Map(identifiers.map((identifier, index) => [identifier, names[index]!]));
  const properties = Object.fromEntries(
    [...nameOf].map(([identifier, name]) => [identifier, titled(named[name]!, identifier, name)]),
  );
  return {
    // A feature that is called as one of the others is the feature, as the API reads it.
    schema: closed(object({ ...properties, ...more, ...properties }, identifiers)),
    toInstance: (args) => Object.fromEntries(Object.entries(args).map(([key, value]) => [nameOf.get(key) ?? key, value])),
  };
}

function titled(schema: JsonSchema, identifier: string, name: string): JsonSchema {
  return identifier === name ? schema : { title: name, ...schema };
}
