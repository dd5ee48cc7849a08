/** The scored file: every row as it came, with the answer behind it. */
import { type Cell, writeCsv } from '../../lib/csv/write-csv.ts';
import type { RowAnswer } from './answers.ts';
import type { CheckedRow, DecimalSign, Fault } from './check-rows.ts';
import type { Table } from './table.ts';

/** Rows of one part of the file, so that a large one is never one string. */
const ROWS_A_PART = 10_000;

/** What is wrong, in the words that the API has for it. */
const FAULT_WORDS: Readonly<Record<Fault['kind'], string>> = {
  missing: 'is missing',
  notANumber: 'is not a number',
  decimalComma: 'has a decimal comma',
  implausible: 'is not plausible',
  unknownLevel: 'is no known level',
  extraCells: 'the row has more cells than the header',
  misquoted: 'the quotes of the row cannot be understood',
};

export interface ScoredTable extends Pick<Table, 'header' | 'delimiter'> {
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
  const { header, rows, answers, delimiter } = table;
  const added = addedColumns(table);
  yield writeCsv([[...header, ...uniqueNames(header, added)]], delimiter);
  for (let start = 0; start < rows.length; start += ROWS_A_PART) {
    const part = rows.slice(start, start + ROWS_A_PART);
    yield writeCsv(
      part.map((row, index) => [...ownCells(row, header), ...addedCells(table, row, answers[start + index])]),
      delimiter,
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

function describeFault({ column, kind }: Fault): string {
  return column === undefined ? FAULT_WORDS[kind] : `${column} ${FAULT_WORDS[kind]}`;
}

function writeNumber(value: number, sign: DecimalSign): Cell {
  return sign === ',' ? String(value).replace('.', ',') : value;
}
