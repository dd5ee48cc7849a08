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

function detailOf({ keyword, message, params }: AjvError): string {
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
      return 'is not a known property';
    case 'enum':
      return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
    case 'minimum':
    case 'maximum':
      return `is not plausible: must be ${params.comparison} ${params.limit}`;
    default:
      return message ?? 'is wrong';
  }
}
