/**
 * The one reader of CSV: whoever takes a file, program or page, reads it by these rules.
 *
 * Encoding, separator and decimal sign are found by rule; a row that cannot be read is a faulty row and costs no other one; memory is bounded
 * by one row and one chunk.
 */
import { type CellReader, type CellValue, createCellReader, createMissingCheck, type MissingCheck } from './cells.ts';
import type { TableColumn } from './columns.ts';
import { namelessFault, recordFault, type TableFault, widthFault } from './faults.ts';
import { createHeaderReader, type TableHeader } from './header.ts';
import { createLineSplitter } from './lines.ts';
import { createNumberReader, type DecimalSign, type NumberReader } from './numbers.ts';
import { type CsvRecord, createRecordReader, type RecordReader, type Separator } from './records.ts';
import { createTextSource } from './text-decoder.ts';

/** A row below the header. */
export interface TableRow {
  /** Number of its first line in the file, from 1. */
  readonly line: number;
  /** All cells, as many as the line has. */
  readonly cells: readonly string[];
  /**
   * In the order of the wanted columns: a number, a level, a day as `yyyy-mm-dd`, a text; the cell itself where it is not what it should be; null where the
   * value is missing and may be, undefined where it is missing otherwise.
   */
  readonly values: readonly CellValue[];
  /** The row's own first; empty when it can be used. */
  readonly faults: readonly TableFault[];
}

/** How a file is written. */
export interface TableFormat {
  readonly names: readonly string[];
  readonly separator: Separator;
  /** A point until a number says otherwise. */
  readonly decimalSign: DecimalSign;
  readonly encoding: string;
  /** Whether the file begins with a byte order mark. */
  readonly marked: boolean;
}

/** Reads one file. */
export interface TableReader {
  /**
   * The rows that the bytes complete.
   *
   * @throws TableError as soon as it is known that the file is no table with the wanted columns.
   */
  read(bytes: Uint8Array): TableRow[];
  /**
   * The rows of what is left.
   *
   * @throws TableError likewise.
   */
  end(): TableRow[];
  /** What has been found so far; undefined before the header is complete. */
  format(): TableFormat | undefined;
}

/**
 * Makes the reader of a file.
 *
 * @param columns wanted ones; others are passed over.
 * @param charset encoding that the sender declared.
 * @param missingTokens texts that stand for a missing value, besides an empty cell; a level of the same text comes first.
 * @throws RangeError when there is no such encoding.
 */
export function createTableReader(
  columns: readonly TableColumn[],
  { charset, missingTokens = [] }: { readonly charset?: string | undefined; readonly missingTokens?: readonly string[] } = {},
): TableReader {
  const isMissing = createMissingCheck(missingTokens);
  const source = createTextSource(charset);
  const splitter = createLineSplitter();
  const headerReader = createHeaderReader(columns);
  let body: TableBody | undefined;

  function begin(header: TableHeader | undefined): void {
    if (header) body = createBody(header, columns, isMissing);
  }

  function readLines(lines: readonly string[]): TableRow[] {
    const rows: TableRow[] = [];
    for (const line of lines) {
      if (body) body.read(line, rows);
      else begin(headerReader.read(line));
    }
    return rows;
  }

  return {
    read: (bytes) => readLines(splitter.split(source.decode(bytes))),
    end() {
      const lines = splitter.split(source.end());
      const last = splitter.end();
      const rows = readLines(last === undefined ? lines : [...lines, last]);
      if (!body) begin(headerReader.end());
      body!.end(rows);
      return rows;
    },
    format: () =>
      body && {
        names: body.header.names,
        separator: body.header.separator,
        decimalSign: body.numbers.decimalSign ?? '.',
        encoding: source.encoding,
        marked: source.marked,
      },
  };
}

interface TableBody {
  readonly header: TableHeader;
  readonly numbers: NumberReader;
  read(line: string, rows: TableRow[]): void;
  end(rows: TableRow[]): void;
}

function createBody(header: TableHeader, columns: readonly TableColumn[], isMissing: MissingCheck): TableBody {
  const records: RecordReader = createRecordReader(header.separator, header.nextLine);
  const numbers = createNumberReader(header.separator);
  const readers = columns.map((column, at) => (header.indexes[at]! < 0 ? absent : createCellReader(column, numbers, isMissing)));
  const readRow = createRowReader(header, readers);
  return {
    header,
    numbers,
    read(line, rows) {
      const record = records.read(line);
      if (record) rows.push(readRow(record));
    },
    end(rows) {
      const record = records.end();
      if (record) rows.push(readRow(record));
    },
  };
}

const NOTHING: readonly never[] = Object.freeze([]);

function createRowReader({ names, indexes }: TableHeader, readers: readonly CellReader[]) {
  const width = names.length;
  // The first may lack its name: data frames write their index there. Another one that nobody wants is as good as none.
  const isNameless = (name: string, index: number) => index > 0 && name.trim() === '' && !indexes.includes(index);
  const nameless = names.flatMap((name, index) => (isNameless(name, index) ? [index] : []));
  // One array for all rows: next to none has a fault.
  let faults: TableFault[] = [];
  const report = (fault: TableFault) => void faults.push(fault);

  function shapeFault(cells: readonly string[]): TableFault | undefined {
    const misshapen = widthFault(cells, width);
    if (misshapen) return misshapen;
    const misplaced = nameless.length > 0 ? nameless.find((index) => cells[index] !== '') : undefined;
    return misplaced === undefined ? undefined : namelessFault(misplaced + 1);
  }

  return function readRow({ line, cells, fault }: CsvRecord): TableRow {
    if (fault) return { line, cells: NOTHING, values: NOTHING, faults: [recordFault(line, fault)] };
    const misshapen = shapeFault(cells);
    if (misshapen) return { line, cells, values: NOTHING, faults: [misshapen] };
    const values = new Array<CellValue>(readers.length);
    for (let index = 0; index < readers.length; index++) values[index] = readers[index]!(cells[indexes[index]!]!, report);
    if (faults.length === 0) return { line, cells, values, faults: NOTHING };
    const found = faults;
    faults = [];
    return { line, cells, values, faults: found };
  };
}

const absent: CellReader = () => undefined;
