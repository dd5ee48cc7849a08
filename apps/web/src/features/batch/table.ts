/** A CSV file as rows of cells with their line numbers, or the reason why it is none. */
import Papa from 'papaparse';
import type { DatasetSchema } from '../../lib/api/types.ts';

/** Separators, the most usual first. */
const DELIMITERS = [',', ';', '\t', '|'] as const;

export type Delimiter = (typeof DELIMITERS)[number];

/** A row below the header. Cells have no blanks around them. */
export interface TableRow {
  /** Number of its first line in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Whether its quotes cannot be understood. */
  readonly misquoted: boolean;
}

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
  readonly delimiter: Delimiter;
}

/** Why a file cannot be scored at all. */
export type Refusal =
  | { readonly kind: 'empty' | 'noRows' | 'spreadsheet' | 'notText' | 'unreadable' }
  | { readonly kind: 'tooLarge'; readonly megabytes: number }
  | { readonly kind: 'columnsMissing' | 'columnsRepeated'; readonly columns: readonly string[] };

/** Thrown for a file that cannot be scored. */
export class RefusedFile extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.name = 'RefusedFile';
    this.refusal = refusal;
  }
}

/**
 * Reads CSV (RFC 4180, the separator may be another) whose header names every feature, in any order. Blank lines are passed over.
 *
 * @throws RefusedFile when it is not such a file.
 */
export function readTable(text: string, schema: DatasetSchema): Table {
  requireText(text);
  const lines = text.replaceAll(/\r\n?/g, '\n');
  const delimiter = chooseDelimiter(lines, schema);
  const { data, errors } = Papa.parse<string[]>(lines, { delimiter, newline: '\n' });
  const misquoted = new Set(errors.filter(({ type }) => type === 'Quotes').map(({ row }) => row));
  const [header, ...rows] = numberRows(data, misquoted);
  if (!header) throw new RefusedFile({ kind: 'empty' });
  requireColumns(header.cells, schema);
  if (rows.length === 0) throw new RefusedFile({ kind: 'noRows' });
  return { header: header.cells, rows, delimiter };
}

function requireText(text: string): void {
  // The container of .xlsx and .ods files is a ZIP archive.
  if (text.startsWith('PK\u0003\u0004')) throw new RefusedFile({ kind: 'spreadsheet' });
  if (text.includes('\0')) throw new RefusedFile({ kind: 'notText' });
}

/**
 * The separator with which the header has the most of the wanted columns. The columns are known, so that this is surer than what papaparse
 * guesses from the shape of the rows; it is asked where the header has none of them.
 */
function chooseDelimiter(text: string, { features }: DatasetSchema): Delimiter {
  const header = text.slice(0, text.indexOf('\n') + 1 || undefined);
  const found = DELIMITERS.map((delimiter) => {
    const names = cellsOf(Papa.parse<string[]>(header, { delimiter }).data[0] ?? []);
    return features.filter(({ name }) => names.includes(name)).length;
  });
  const most = Math.max(...found);
  if (most > 0) return DELIMITERS[found.indexOf(most)]!;
  const { meta } = Papa.parse(text, { preview: 10, delimitersToGuess: [...DELIMITERS] });
  return DELIMITERS.find((delimiter) => delimiter === meta.delimiter) ?? ',';
}

/** A quoted cell may hold line ends, so that a row's number is not its line. */
function numberRows(data: readonly (readonly string[])[], misquoted: ReadonlySet<number | undefined>): TableRow[] {
  const rows: TableRow[] = [];
  let line = 1;
  for (const [index, raw] of data.entries()) {
    const isBlank = raw.every((cell) => cell.trim() === '') && raw.length <= 1;
    if (!isBlank) rows.push({ line, cells: cellsOf(raw), misquoted: misquoted.has(index) });
    line += 1 + raw.reduce((ends, cell) => ends + countLineEnds(cell), 0);
  }
  return rows;
}

function cellsOf(raw: readonly string[]): string[] {
  return raw.map((cell) => cell.trim());
}

function countLineEnds(cell: string): number {
  return cell.includes('\n') ? cell.split('\n').length - 1 : 0;
}

function requireColumns(header: readonly string[], { features }: DatasetSchema): void {
  const names = features.map(({ name }) => name);
  const missing = names.filter((name) => !header.includes(name));
  if (missing.length > 0) throw new RefusedFile({ kind: 'columnsMissing', columns: missing });
  const repeated = names.filter((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (repeated.length > 0) throw new RefusedFile({ kind: 'columnsRepeated', columns: repeated });
}
