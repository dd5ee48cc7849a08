/** A record as one line of JSON: in spool files, JSON-lines files and on standard output. */
import type { PredictionRecord } from './port.ts';

const TEXT_FIELDS = ['recordId', 'requestId', 'label', 'model', 'version', 'instance'] as const;

/** One line without its end. */
export function encodeRecord(record: PredictionRecord): string {
  return JSON.stringify(record);
}

/** The record of a line; undefined for a torn or damaged one. */
export function decodeRecord(line: string): PredictionRecord | undefined {
  const value = parseObject(line);
  if (!value) return undefined;
  const createdAt = new Date(typeof value.createdAt === 'string' ? value.createdAt : Number.NaN);
  const whole = TEXT_FIELDS.every((field) => typeof value[field] === 'string') && !Number.isNaN(createdAt.getTime());
  if (!whole || !isObject(value.features) || !isObject(value.probabilities)) return undefined;
  return { ...(value as unknown as PredictionRecord), createdAt };
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
