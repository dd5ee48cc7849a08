/** What there is to predict, as the tools' own input schemas tell: the rules know no feature, unit, level or class of their own. */
import { isRecord } from '../tools/json-schema.ts';
import type { JsonSchema } from '../tools/tool-server.ts';
import { classesOf } from '../turn/classes.ts';
import { wordsOf } from './words.ts';

/** A tool as a language model is told of it. */
export interface OfferedTool {
  readonly name: string;
  readonly inputSchema: JsonSchema;
}

interface Named {
  /** Of the argument. */
  readonly name: string;
  /** The feature's own name, for people. */
  readonly label: string;
  /** The words of the label, in lower case. */
  readonly words: readonly string[];
}

/** A measured feature. */
export interface NumericFeature extends Named {
  readonly kind: 'numeric';
  /** `undefined` for a count. */
  readonly unit: string | undefined;
}

/** A feature with named levels. */
export interface CategoricalFeature extends Named {
  readonly kind: 'categorical';
  /** Empty where any text is taken. */
  readonly levels: readonly string[];
}

export type Feature = NumericFeature | CategoricalFeature;

/** What the tools are about. */
export interface Domain {
  /** In the order in which values without names are given. */
  readonly features: readonly Feature[];
  readonly classes: readonly string[];
  readonly tools: ReadonlySet<string>;
}

/** Reads the domain. */
export function readDomain(tools: readonly OfferedTool[]): Domain {
  const predict = tools.find(({ name }) => name === 'predict')?.inputSchema.properties;
  const properties = isRecord(predict) ? Object.entries(predict) : [];
  return {
    features: properties.flatMap(([name, schema]) => (name === 'request_id' ? [] : readFeature(name, schema))),
    classes: classesOf(tools),
    tools: new Set(tools.map(({ name }) => name)),
  };
}

function readFeature(name: string, schema: unknown): Feature[] {
  if (!isRecord(schema)) return [];
  const label = typeof schema.title === 'string' ? schema.title : name;
  const words = wordsOf(label);
  if (Array.isArray(schema.enum) || takesText(schema))
    return [{ kind: 'categorical', name, label, words, levels: levelsOf(schema.enum) }];
  const unit = typeof schema.description === 'string' ? /^In ([^;]+);/.exec(schema.description)?.[1] : undefined;
  return [{ kind: 'numeric', name, label, words, unit }];
}

function takesText({ type }: Readonly<Record<string, unknown>>): boolean {
  return [type].flat().includes('string');
}

/** Null stands beside the levels where one may be missing; a date, and a text that may be any, list none. */
function levelsOf(values: unknown): string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}
