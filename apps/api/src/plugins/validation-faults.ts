/** Turns what Ajv reports into faults that people can act on, without repeating the schema or the value. */
import type { FieldFault } from '../errors.ts';
import { pointerTo } from './json-pointer.ts';

/** More faults than this help nobody, and the list would grow with the request. */
const MAX_FAULTS = 20;

interface AjvError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message?: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
  /** The part of the schema that was not met. */
  readonly parentSchema?: object | undefined;
}

/** Faults with JSON pointers, the first ones only. */
export function fieldFaults(errors: readonly AjvError[]): FieldFault[] {
  return errors
    .filter(({ keyword }) => keyword !== 'if')
    .slice(0, MAX_FAULTS)
    .map((error) => ({ pointer: pointerOf(error), detail: detailOf(error) }));
}

function pointerOf({ instancePath, params }: AjvError): string {
  const property = params.missingProperty ?? params.additionalProperty;
  return typeof property === 'string' ? instancePath + pointerTo(property) : instancePath;
}

/** What a value of each JSON type looks like. */
const TYPES: Readonly<Record<string, string>> = {
  number: 'a finite number without quotes',
  integer: 'a whole number without quotes',
  boolean: 'true or false without quotes',
  string: 'text',
  array: 'a list: [ … ]',
  object: 'an object: { … }',
};

function detailOf({ keyword, message, params, parentSchema }: AjvError): string {
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
      return 'is not a known property';
    case 'enum':
      return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
    case 'minimum':
      return `is not plausible: must be at least ${params.limit}`;
    case 'maximum':
      return `is not plausible: must be at most ${params.limit}`;
    case 'minItems':
      return `must have at least ${params.limit} entries`;
    case 'maxItems':
      return `must have at most ${params.limit} entries`;
    case 'minLength':
      return params.limit === 1 ? 'must not be empty' : `must have at least ${params.limit} characters`;
    case 'maxLength':
      return `must have at most ${params.limit} characters`;
    case 'type':
      return `must be ${[params.type].flat().map(typeText).join(' or ')}`;
    case 'pattern':
      // A pattern says what is wrong to nobody; its description is written for people.
      return ['has another form', ...descriptionOf(parentSchema)].join(': ');
    default:
      return message ?? 'is wrong';
  }
}

function typeText(type: unknown): string {
  return TYPES[String(type)] ?? String(type);
}

function descriptionOf(schema: object | undefined): string[] {
  return schema && 'description' in schema ? [String(schema.description)] : [];
}
