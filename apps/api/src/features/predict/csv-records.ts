/**
 * Reads CSV (RFC 4180) record by record in constant memory, so that a bad record costs no other one.
 *
 * The stream of `csv-parse` is not used here: behind a record it cannot read it passes over the rest of the chunk, and tells of
 * skipped records beside the stream instead of in it.
 */
import { MAX_LINE_CHARS, splitLines } from './lines.ts';

/** Cells without surrounding blanks, or why there are none. */
export type CsvRecord = { readonly line: number } & (
  | { readonly cells: readonly string[]; readonly fault?: undefined }
  | { readonly cells?: undefined; readonly fault: string }
);

// Linear in the text: no two parts can match the same characters in different ways.
const CELL = /[ \t]*"((?:[^"]|"")*)"[ \t]*(,|$)|([^",]*)(,|$)/y;

/**
 * Yields the records that each chunk completes; `line` is the number of a record's first line, from 1. Blank lines are passed over.
 *
 * A quoted cell may hold line ends; one that is never closed takes the lines behind it along, until its record is too long.
 */
export async function* splitCsvRecords(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<CsvRecord[]> {
  const reader = createReader();
  for await (const lines of splitLines(chunks)) yield lines.flatMap((line) => reader.read(line) ?? []);
  const last = reader.end();
  if (last) yield [last];
}

/** Puts lines together to records. */
function createReader() {
  let number = 0;
  let first = 1;
  let lines: string[] = [];
  let length = 0;
  let isOpen = false;

  function finish(record: CsvRecord | undefined): CsvRecord | undefined {
    [lines, length, isOpen] = [[], 0, false];
    return record;
  }

  return {
    read(given: string): CsvRecord | undefined {
      const line = given.endsWith('\r') ? given.slice(0, -1) : given;
      number++;
      if (lines.length === 0) first = number;
      length += line.length + 1;
      if (length > MAX_LINE_CHARS) return finish({ line: first, fault: describeLength(first, number) });
      isOpen = endsInQuotes(line, isOpen);
      lines.push(line);
      if (isOpen) return undefined;
      const text = lines.join('\n');
      return finish(text.trim() === '' ? undefined : readRecord(text, first));
    },
    end: (): CsvRecord | undefined => (isOpen ? { line: first, fault: 'is not CSV: a quote is not closed' } : undefined),
  };
}

/** Whether a quoted cell goes on behind the line. Each line is looked at once, however many make a record. */
function endsInQuotes(line: string, quoted: boolean): boolean {
  if (!line.includes('"')) return quoted;
  let isOpen = quoted;
  /** Where a quote opens a cell: at its start, and behind a closing quote, which it makes a quote that stands for itself. */
  let opens = true;
  for (const char of line) {
    if (char === '"') [isOpen, opens] = isOpen ? [false, true] : [opens, opens];
    else if (!isOpen) opens = char === ',' || (opens && (char === ' ' || char === '\t'));
  }
  return isOpen;
}

function readRecord(text: string, line: number): CsvRecord {
  if (!text.includes('"')) return { line, cells: text.split(',').map((cell) => cell.trim()) };
  const cells: string[] = [];
  for (CELL.lastIndex = 0; ; ) {
    const match = CELL.exec(text);
    if (!match) return { line, fault: 'is not CSV' };
    const [, quoted, endOfQuoted, plain = '', end] = match;
    cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    if ((endOfQuoted ?? end) === '') return { line, cells };
  }
}

function describeLength(first: number, last: number): string {
  const fault = `is longer than ${MAX_LINE_CHARS} characters`;
  return first === last ? fault : `${fault} and goes on to line ${last}: is a quote not closed?`;
}
