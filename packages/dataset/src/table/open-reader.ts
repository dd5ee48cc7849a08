/** Reads a table whose columns nobody has said: the header is found by the shape of the rows below it. */
import { namesOf, normalized } from './columns.ts';
import { cellsOf, createHeaderReader, SEPARATORS, type TableHeader } from './header.ts';
import { createLineSplitter, MAX_LINE_CHARS } from './lines.ts';
import { type CsvRecord, createRecordReader, type RecordReader, type Separator } from './records.ts';
import { createTextSource } from './text-decoder.ts';

/** So many lines show what separates cells; fewer where they are long. */
const SHOWN_LINES = 100;

/** How an unknown table is written. */
export interface OpenFormat {
  /** As they stand in the header. */
  readonly header: readonly string[];
  /** One for each column, all different: see `namesOf`. */
  readonly names: readonly string[];
  readonly separator: Separator;
  readonly encoding: string;
}

/** Reads one file of unknown columns. */
export interface OpenReader {
  /** The records below the header that the bytes complete. @throws TableError when it is no table. */
  read(bytes: Uint8Array): CsvRecord[];
  /** The records of what is left. @throws TableError likewise. */
  end(): CsvRecord[];
  /** Undefined before the header is known. */
  format(): OpenFormat | undefined;
}

/**
 * Makes the reader of a file.
 *
 * @param wanted names of columns that the header has, such as the target's: where a separator gives them, it is the one.
 */
export function createOpenReader(wanted: readonly string[] = []): OpenReader {
  const source = createTextSource();
  const splitter = createLineSplitter();
  let held: string[] | undefined = [];
  let heldChars = 0;
  let header: TableHeader | undefined;
  let records: RecordReader | undefined;

  /** The first lines are held until they show the separator. */
  function take(lines: readonly string[], isEnd: boolean): CsvRecord[] {
    if (!held) return readBody(lines);
    held.push(...lines);
    for (const line of lines) heldChars += line.length;
    if (!isEnd && held.length < SHOWN_LINES && heldChars < MAX_LINE_CHARS) return [];
    const first = held;
    held = undefined;
    return readBody(first.slice(readHeader(first)));
  }

  /** How many lines the header takes, with those above it. */
  function readHeader(lines: readonly string[]): number {
    const reader = createHeaderReader([], (text) => separatorByShape(text, lines, wanted));
    const at = lines.findIndex((line) => {
      header = reader.read(line);
      return header !== undefined;
    });
    header ??= reader.end();
    records = createRecordReader(header.separator, header.nextLine);
    return at < 0 ? lines.length : at + 1;
  }

  function readBody(lines: readonly string[]): CsvRecord[] {
    const complete: CsvRecord[] = [];
    for (const line of lines) {
      const record = records!.read(line);
      if (record) complete.push(record);
    }
    return complete;
  }

  return {
    read: (bytes) => take(splitter.split(source.decode(bytes)), false),
    end() {
      const lines = splitter.split(source.end());
      const last = splitter.end();
      const complete = take(last === undefined ? lines : [...lines, last], true);
      const unclosed = records!.end();
      return unclosed ? [...complete, unclosed] : complete;
    },
    format: () =>
      header && {
        header: header.names,
        names: namesOf(header.names),
        separator: header.separator,
        encoding: source.encoding,
      },
  };
}

/** The separator with which the header has the wanted columns, then the one with which most rows are as wide as it, then the one with the most columns. */
function separatorByShape(header: string, lines: readonly string[], wanted: readonly string[]): Separator {
  const ranks = SEPARATORS.map((separator) => {
    const names = (cellsOf(header, separator) ?? []).map((name) => normalized(name.trim()));
    const found = wanted.filter((name) => names.includes(normalized(name))).length;
    // One column is what every other separator gives.
    const fitting = names.length > 1 ? fittingShare(lines, separator, names.length) : 0;
    return { separator, rank: [found, fitting, names.length] };
  });
  return ranks.reduce((best, other) => (isAbove(other.rank, best.rank) ? other : best)).separator;
}

function fittingShare(lines: readonly string[], separator: Separator, width: number): number {
  const reader = createRecordReader(separator);
  const records = lines.flatMap((line) => reader.read(line) ?? []);
  return records.filter(({ cells }) => cells?.length === width).length / Math.max(1, records.length);
}

function isAbove(rank: readonly number[], other: readonly number[]): boolean {
  const at = rank.findIndex((value, index) => value !== other[index]);
  return at >= 0 && rank[at]! > other[at]!;
}
