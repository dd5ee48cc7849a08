/** A whole table in numbers, in one pass and bounded memory: what a schema can be inferred from. */
import { DatasetError } from '../errors.ts';
import { recordFault, type TableFault, widthFault } from '../table/faults.ts';
import { createOpenReader, type OpenFormat } from '../table/open-reader.ts';
import type { CsvRecord } from '../table/records.ts';
import { TableError } from '../table/table-error.ts';
import { type ColumnProfile, type ColumnTaker, createColumnTaker } from './column-profile.ts';
import { MAX_COUNTED } from './value-counts.ts';

/** Different values that are counted in all columns together, and in one at least. */
const MAX_COUNTED_TOGETHER = 4_000_000;
const MIN_COUNTED = 300;
/** Faulty rows beyond these are counted. */
const SHOWN_FAULTS = 20;

/** A table in numbers. */
export interface TableProfile {
  readonly format: OpenFormat;
  /** Rows that have as many cells as the header; the others are faulty, and part of nothing else here. */
  readonly rows: number;
  readonly faultyRows: number;
  /** What is wrong with the first of them. */
  readonly faults: readonly (TableFault & { readonly line: number })[];
  /** In the order of the file. */
  readonly columns: readonly ColumnProfile[];
  /** Texts that stand for a missing value because somebody said so. */
  readonly missingGiven: readonly string[];
}

/** What is known before. */
export interface ProfileOptions {
  /** Name of the column to predict: it helps to find the separator. */
  readonly target?: string | undefined;
  /** Texts that stand for a missing value, besides an empty cell and those that are known. */
  readonly missing?: readonly string[] | undefined;
}

/** Takes one file. */
export interface TableProfiler {
  /** @returns how many rows have been taken. @throws TableError as soon as it is known that the file is no table. */
  read(bytes: Uint8Array): number;
  /** @throws TableError likewise. */
  end(): TableProfile;
}

/** Makes a profiler; it takes time linear in the file. */
export function createTableProfiler(options: ProfileOptions = {}): TableProfiler {
  const { target, missing = [] } = options;
  const reader = createOpenReader(target === undefined ? [] : [target]);
  const faults: (TableFault & { line: number })[] = [];
  let columns: readonly ColumnTaker[] | undefined;
  let [rows, faultyRows] = [0, 0];

  function takeRecord(record: CsvRecord, takers: readonly ColumnTaker[]): void {
    const fault = record.fault ? recordFault(record.line, record.fault) : widthFault(record.cells, takers.length);
    if (fault || !record.cells) {
      faultyRows++;
      if (fault && faults.length < SHOWN_FAULTS) faults.push({ ...fault, line: record.line });
      return;
    }
    const { line, cells, quoted } = record;
    rows++;
    for (let index = 0; index < takers.length; index++) takers[index]!.add(cells[index]!, line, quoted?.[index] ?? false);
  }

  function take(records: readonly CsvRecord[]): number {
    if (records.length > 0) columns ??= takersOf(reader.format()!, options);
    for (const record of records) takeRecord(record, columns!);
    return rows;
  }

  return {
    read: (bytes) => take(reader.read(bytes)),
    end() {
      take(reader.end());
      const format = reader.format()!;
      columns ??= takersOf(format, options);
      return { format, rows, faultyRows, faults, columns: columns.map((column) => column.profile()), missingGiven: missing };
    },
  };
}

function takersOf({ header, names, separator }: OpenFormat, { target, missing }: ProfileOptions): ColumnTaker[] {
  const given = new Set(missing);
  // Levels are counted of every column, however many there are, and classes of the target.
  const shared = Math.max(MIN_COUNTED, Math.min(MAX_COUNTED, Math.floor(MAX_COUNTED_TOGETHER / names.length)));
  return names.map((name, position) => {
    const maxCounted = name === target ? MAX_COUNTED : shared;
    return createColumnTaker({ name, header: header[position]!, position }, separator, given, maxCounted);
  });
}

/**
 * Profiles a file that arrives in chunks.
 *
 * @throws DatasetError `DATASET_ROWS_INVALID` where it is no table.
 */
export async function profileTable(chunks: AsyncIterable<Uint8Array>, options: ProfileOptions = {}): Promise<TableProfile> {
  const profiler = createTableProfiler(options);
  try {
    for await (const chunk of chunks) profiler.read(chunk);
    return profiler.end();
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    throw new DatasetError('DATASET_ROWS_INVALID', [{ where: 'file', line: 1, detail: error.message }]);
  }
}
