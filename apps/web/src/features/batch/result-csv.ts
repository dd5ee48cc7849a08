/** The scored file: every row as it came, with the answer behind it. */
import type { DecimalSign, Separator } from '@iris/dataset/table';
import { type Cell, writeCsv } from '../../lib/csv/write-csv.ts';
import type { RowAnswer } from './answers.ts';
import type { CheckedRow, Fault } from './check-rows.ts';

/** Rows of one part of the file, so that a large one is never one string. */
const ROWS_A_PART = 10_000;

export interface ScoredTable {
  readonly header: readonly string[];
  readonly separator: Separator;
  readonly rows: readonly CheckedRow[];
  /** By row; undefined where there is none. */
  readonly answers: readonly (RowAnswer | undefined)[];
  readonly classes: readonly string[];
  readonly decimalSign: DecimalSign;
  /** Whether the predictions were kept: then their ids are needed to tell what they were in fact. */
  readonly logged: boolean;
}

/** The file in parts. Separator and decimal sign are those of the file as it came: what could open that one opens this one. */
export function* resultParts(table: ScoredTable): Generator<string> {
  const { header, rows, answers, separator } = table;
  const added = addedColumns(table);
  yield writeCsv([[...header, ...uniqueNames(header, added)]], separator);
  for (let start = 0; start < rows.length; start += ROWS_A_PART) {
    const part = rows.slice(start, start + ROWS_A_PART);
    yield writeCsv(
      part.map((row, index) => [...ownCells(row, header), ...addedCells(table, row, answers[start + index])]),
      separator,
    );
  }
}

function addedColumns({ classes, logged }: ScoredTable): string[] {
  const probabilities = classes.map((name) => `probability_${name}`);
  return ['prediction', ...probabilities, 'model', 'version', ...(logged ? ['request_id'] : []), 'error'];
}

/** A file that was scored before has these columns already: the new ones get a number. */
function uniqueNames(header: readonly string[], added: readonly string[]): string[] {
  return added.map((name) => {
    let unique = name;
    for (let number = 2; header.includes(unique); number++) unique = `${name}_${number}`;
    return unique;
  });
}

/** As many cells as the header has. */
function ownCells({ cells }: CheckedRow, header: readonly string[]): string[] {
  return header.map((_, index) => cells[index] ?? '');
}

function addedCells({ classes, decimalSign, logged }: ScoredTable, row: CheckedRow, answer: RowAnswer | undefined): Cell[] {
  const blanks = ['', ...classes.map(() => ''), '', '', ...(logged ? [''] : [])];
  if (!answer) return [...blanks, row.faults.map(describeFault).join('; ')];
  if ('refused' in answer) return [...blanks, answer.refused];
  const { prediction, probabilities, model, version, request_id } = answer;
  const shares = classes.map((name) => writeNumber(probabilities[name] ?? 0, decimalSign));
  return [prediction, ...shares, model, version, ...(logged ? [request_id] : []), ''];
}

function describeFault({ column, detail }: Fault): string {
  return `${column ?? 'the row'} ${detail}`;
}

function writeNumber(value: number, sign: DecimalSign): Cell {
  return sign === ',' ? String(value).replace('.', ',') : value;
}
