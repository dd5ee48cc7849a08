/** What a checked file amounts to. */
import type { DecimalSign, Separator } from '@iris/dataset/table';
import type { CheckedRow, Fault } from './check-rows.ts';

/** How often one thing is wrong, and where first. */
export interface FaultCount extends Pick<Fault, 'column' | 'kind'> {
  readonly count: number;
  readonly firstLine: number;
}

export interface FileSummary {
  readonly rows: number;
  /** Rows without a fault. */
  readonly valid: number;
  /** The most frequent first. */
  readonly faults: readonly FaultCount[];
  /** Columns that are no feature: they are kept, and not looked at. */
  readonly otherColumns: readonly string[];
  readonly separator: Separator;
  readonly decimalSign: DecimalSign;
  readonly encoding: string;
}

/** Counts faults by column and kind. */
export function countFaults(rows: readonly CheckedRow[]): FaultCount[] {
  const counts = new Map<string, FaultCount>();
  for (const { line, faults } of rows) {
    for (const { column, kind } of faults) {
      const key = `${kind} ${column ?? ''}`;
      const { count, firstLine } = counts.get(key) ?? { count: 0, firstLine: line };
      counts.set(key, { column, kind, count: count + 1, firstLine });
    }
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
