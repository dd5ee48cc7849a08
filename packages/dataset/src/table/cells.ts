/** What the cells of a column are read as. */
import { dayOf, isoDay } from '../days.ts';
import { takesAnyText } from '../feature-value.ts';
import { normalized, type TableColumn } from './columns.ts';
import { type CellFaultKind, cellFault, type TableFault } from './faults.ts';
import type { NumberReader } from './numbers.ts';

/** A number, a level, a day, a text; null where it is missing and may be, undefined where it is missing otherwise. */
export type CellValue = number | string | null | undefined;

/** Gives a cell's value, and reports what is wrong with it. */
export type CellReader = (cell: string, report: (fault: TableFault) => void) => CellValue;

/** Whether a cell stands for a missing value. */
export type MissingCheck = (cell: string) => boolean;

/** Builds the check: an empty cell, or one of the tokens with or without blanks around it. */
export function createMissingCheck(tokens: readonly string[]): MissingCheck {
  if (tokens.length === 0) return (cell) => cell === '';
  const known = new Set(tokens);
  return (cell) => cell === '' || known.has(cell.trim());
}

/** Builds the reader of a column's cells. */
export function createCellReader(column: TableColumn, numbers: NumberReader, isMissing: MissingCheck): CellReader {
  const read = createPresentReader(column, numbers);
  const levels = new Set(column.levels?.map(normalized));
  return function readCell(cell, report) {
    if (!isMissing(cell) || levels.has(normalized(cell))) return read(cell, report);
    if (column.missing) return null;
    if (!column.optional) report(cellFault(column, 'missing', cell));
    return undefined;
  };
}

function createPresentReader(column: TableColumn, numbers: NumberReader): CellReader {
  switch (column.kind) {
    case 'text':
      return (cell) => cell;
    case 'numeric':
      return createNumberCellReader(column, numbers);
    case 'date':
      return createDateReader(column);
    case 'categorical':
      return createLevelReader(column);
  }
}

function createNumberCellReader(column: TableColumn, numbers: NumberReader): CellReader {
  return function readNumber(cell, report) {
    const value = numbers.read(cell);
    if (!Number.isNaN(value)) return value;
    report(cellFault(column, cell.includes('\0') ? 'notText' : numbers.faultOf(cell), cell));
    return cell;
  };
}

function createDateReader(column: TableColumn): CellReader {
  return function readDate(cell, report) {
    const own = dayOf(cell, column.format);
    const day = Number.isNaN(own) ? dayOf(cell) : own;
    if (!Number.isNaN(day)) return isoDay(day);
    report(cellFault(column, textFault(cell) ?? 'notADate', cell));
    return cell;
  };
}

function createLevelReader(column: TableColumn): CellReader {
  const { levels = [] } = column;
  const byText = new Map(levels.map((level) => [normalized(level), level]));
  const isOpen = takesAnyText(column);
  return function readLevel(cell, report) {
    const level = byText.get(cell) ?? byText.get(normalized(cell));
    if (level !== undefined) return level;
    const fault = textFault(cell);
    if (fault || !isOpen) report(cellFault(column, fault ?? 'unknownLevel', cell));
    return cell;
  };
}

function textFault(cell: string): CellFaultKind | undefined {
  if (cell.includes('\0')) return 'notText';
  return cell.includes('\uFFFD') ? 'undecoded' : undefined;
}
