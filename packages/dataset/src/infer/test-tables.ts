/** Small tables for tests. */
import { type ProfileOptions, profileTable } from '../profile/index.ts';
import { type InferenceOptions, inferSchema } from './infer-schema.ts';
import type { SchemaInference } from './types.ts';

/** A file of the given columns beside a target `y` of two classes; each is repeated until there are enough rows. */
export function fileOf(columns: Readonly<Record<string, readonly string[]>>, rows = 60): string {
  const names = Object.keys(columns);
  const cells = (row: number) => names.map((name) => columns[name]![row % columns[name]!.length]!);
  const lines = Array.from({ length: rows }, (_, row) => [...cells(row), row % 3 === 0 ? 'yes' : 'no'].join(','));
  return `${[...names, 'y'].join(',')}\n${lines.join('\n')}\n`;
}

/** Infers the schema of a text. */
export async function infer(text: string, options: Partial<InferenceOptions> & ProfileOptions = {}): Promise<SchemaInference> {
  async function* chunks() {
    yield new TextEncoder().encode(text);
  }
  const target = options.target ?? 'y';
  const profile = await profileTable(chunks(), { ...options, target });
  return inferSchema(profile, { name: 'table', ...options, target });
}

/** What becomes of a column with the given cells. */
export async function decide(cells: readonly string[], name = 'x', options: Partial<InferenceOptions> & ProfileOptions = {}) {
  const { decisions } = await infer(fileOf({ [name]: cells, z: ['0.5', '1.5', '2.25'] }, Math.max(60, cells.length)), options);
  return decisions[0]!;
}

/** Distinct texts. */
export function texts(amount: number, prefix = 'text '): string[] {
  return Array.from({ length: amount }, (_, index) => `${prefix}${index}`);
}
