/** A record as one line of JSON: in batches, spool files, JSON-lines files and on standard output. `LineEncoder` writes the same, faster. */
import type { PredictionRecord } from './port.ts';

const TEXT_FIELDS = ['recordId', 'label', 'model', 'version', 'instance'] as const;
const ID_START = '{"recordId":"'.length;

/** Text that every store can keep: U+FFFD for NUL and for half of a surrogate pair, both of which PostgreSQL refuses in JSON. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** One line without its end; `recordId` comes first, and `requestId` is left out where it is the same. */
export function encodeRecord({ recordId, requestId, createdAt, ...rest }: PredictionRecord): string {
  const record = { recordId, ...(requestId === recordId ? {} : { requestId }), createdAt: createdAt.getTime(), ...rest };
  return JSON.stringify(record, (_key, value: unknown) => (typeof value === 'string' ? cleanText(value) : value));
}

/** The record of a line; undefined for a torn or damaged one. Lines of before have their time as ISO 8601. */
export function decodeRecord(line: string): PredictionRecord | undefined {
  const value = parseObject(line);
  if (!value) return undefined;
  const { recordId, requestId = recordId } = value;
  const createdAt = new Date(value.createdAt as string | number);
  const whole = TEXT_FIELDS.every((field) => typeof value[field] === 'string') && typeof requestId === 'string';
  if (!whole || Number.isNaN(createdAt.getTime()) || !isObject(value.features) || !isObject(value.probabilities))
    return undefined;
  return { ...(value as unknown as PredictionRecord), requestId, createdAt };
}

/** The `recordId` of a line that `encodeRecord` or `LineEncoder` made, without parsing it. */
export function recordIdOf(line: string): string {
  return line.slice(ID_START, line.indexOf('"', ID_START));
}

/** The JSON object of a line; undefined for anything else. */
export function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
