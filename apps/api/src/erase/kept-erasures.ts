/** Rows of the audit that were kept outside of the database: lines of JSON, between others as a log has them. */
import type { Erasure } from '@iris/prediction-log/postgres';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const TEXT = /^/;
/** The form of each value, as text. */
const FORMS: Readonly<Record<keyof Erasure, RegExp>> = {
  erasureId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  target: TEXT,
  subjectHash: /^[0-9a-f]{64}$/,
  requestedBy: TEXT,
  reason: TEXT,
  erasedAt: INSTANT,
  upTo: INSTANT,
  predictions: /^\d{1,15}$/,
};

/** Reads the lines that are erasures, and passes over the others. */
export async function readErasures(lines: AsyncIterable<string>): Promise<Erasure[]> {
  const erasures: Erasure[] = [];
  for await (const line of lines) {
    const value = parse(line);
    if (isErasure(value)) erasures.push(value);
  }
  return erasures;
}

function isErasure(value: unknown): value is Erasure {
  if (typeof value !== 'object' || value === null) return false;
  const given = value as Readonly<Record<string, unknown>>;
  return Object.entries(FORMS).every(([key, form]) => {
    const field = given[key];
    return typeof field === (key === 'predictions' ? 'number' : 'string') && form.test(String(field));
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
