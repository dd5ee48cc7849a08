/**
 * Puts the lines of a CSV text (RFC 4180, the separator may be another) together to records, so that a bad record costs no other one.
 *
 * No library is used here: they give up a chunk, or all that follows, behind a record that they cannot read.
 */
import { MAX_LINE_CHARS } from './lines.ts';

/** What separates cells. */
export type Separator = ',' | ';' | '\t' | '|';

/** Why a record has no cells: quotes that cannot be understood, one that does not close, or a length that memory should not hold. */
export interface RecordFault {
  readonly kind: 'misquoted' | 'unclosed' | 'tooLong';
  /** The line on which the record was given up. */
  readonly lastLine: number;
}

/** Cells, or why there are none; `quoted` says which of them stand in quotes, and is absent where no line of the record has any. */
export type CsvRecord = { readonly line: number } & (
  | { readonly cells: readonly string[]; readonly quoted?: readonly boolean[]; readonly fault?: undefined }
  | { readonly cells?: undefined; readonly fault: RecordFault }
);

/** Reads lines of one text. */
export interface RecordReader {
  /** The record that the line completes, if it does; blank lines are passed over, but counted. */
  read(line: string): CsvRecord | undefined;
  /** What is left: a quote that is not closed. */
  end(): CsvRecord | undefined;
}

/**
 * Makes a reader.
 *
 * `line` is the number of a record's first line. A quoted cell may hold line ends; one that is never closed takes the lines behind it along,
 * until its record is too long. Blanks around cells are not part of them, but for those within quotes.
 *
 * @param firstLine number of the first line that will be read.
 */
export function createRecordReader(separator: Separator, firstLine = 1): RecordReader {
  const pattern = CELL_PATTERNS[separator];
  let number = firstLine - 1;
  let first = firstLine;
  let lines: string[] = [];
  let length = 0;
  let isOpen = false;

  function finish(record: CsvRecord | undefined): CsvRecord | undefined {
    [lines, length, isOpen] = [[], 0, false];
    return record;
  }

  return {
    read(given) {
      const line = withoutMark(given);
      number++;
      if (lines.length === 0) first = number;
      length += line.length + 1;
      if (length > MAX_LINE_CHARS) return finish({ line: first, fault: { kind: 'tooLong', lastLine: number } });
      if (!isOpen && !line.includes('"'))
        return finish(isBlank(line, separator) ? undefined : { line: first, cells: plainCells(line, separator) });
      isOpen = endsInQuotes(line, isOpen, separator);
      lines.push(line);
      return isOpen ? undefined : finish(quotedRecord(lines.join('\n'), first, number, pattern));
    },
    end: () => (isOpen ? { line: first, fault: { kind: 'unclosed', lastLine: number } } : undefined),
  };
}

// Linear in the text: no two parts can match the same characters in different ways.
const CELL_PATTERNS: Readonly<Record<Separator, RegExp>> = {
  ',': cellPattern(',', '[ \\t]*'),
  ';': cellPattern(';', '[ \\t]*'),
  '\t': cellPattern('\\t', ' *'),
  '|': cellPattern('\\|', '[ \\t]*'),
};

function cellPattern(separator: string, blanks: string): RegExp {
  return new RegExp(`${blanks}"((?:[^"]|"")*)"${blanks}(${separator}|$)|([^"${separator}]*)(${separator}|$)`, 'y');
}

// Files that were put together have marks in the middle.
function withoutMark(line: string): string {
  return line.charCodeAt(0) === 0xfeff ? line.slice(1) : line;
}

/** A line of tabs is a row of empty cells where tabs separate them. */
function isBlank(line: string, separator: Separator): boolean {
  return line.trim() === '' && !line.includes(separator);
}

function plainCells(line: string, separator: Separator): string[] {
  const cells = line.split(separator);
  for (let index = 0; index < cells.length; index++) cells[index] = cells[index]!.trim();
  return cells;
}

/** Whether a quoted cell goes on behind the line. Each line is looked at once, however many make a record. */
function endsInQuotes(line: string, quoted: boolean, separator: Separator): boolean {
  if (!line.includes('"')) return quoted;
  let isOpen = quoted;
  /** Where a quote opens a cell: at its start, and behind a closing quote, which it makes a quote that stands for itself. */
  let opens = true;
  for (const char of line) {
    if (char === '"') [isOpen, opens] = isOpen ? [false, true] : [opens, opens];
    else if (!isOpen) opens = char === separator || (opens && (char === ' ' || char === '\t'));
  }
  return isOpen;
}

function quotedRecord(text: string, line: number, lastLine: number, pattern: RegExp): CsvRecord {
  const cells: string[] = [];
  const quotes: boolean[] = [];
  for (pattern.lastIndex = 0; ; ) {
    const match = pattern.exec(text);
    if (!match) return { line, fault: { kind: 'misquoted', lastLine } };
    const [, quoted, endOfQuoted, plain = '', end] = match;
    cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    quotes.push(quoted !== undefined);
    if ((endOfQuoted ?? end) === '') return { line, cells, quoted: quotes };
  }
}
