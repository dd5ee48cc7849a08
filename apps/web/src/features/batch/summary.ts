/** What a checked file amounts to. */
import type { CheckedRow, DecimalSign, Fault } from './check-rows.ts';
import type { Encoding } from './decode-text.ts';
import type { Delimiter } from './table.ts';

/** How often one thing is wrong, and where first. */
export type FaultCount = Fault & { readonly count: number; readonly firstLine: number };

export interface FileSummary {
  readonly rows: number;
  /** Rows without a fault. */
  readonly valid: number;
  /** The most frequent first. */
  readonly faults: readonly FaultCount[];
  /** Columns that are no feature: they are kept, and not looked at. */
  readonly otherColumns: readonly string[];
  readonly delimiter: Delimiter;
  readonly decimalSign: DecimalSign;
  readonly encoding: Encoding;
}

/** Counts faults by column and kind. */
export function countFaults(rows: readonly CheckedRow[]): FaultCount[] {
  const counts = new Map<string, FaultCount>();
  for (const { line, faults } of rows) {
    for (const fault of faults) {
      const key = `${fault.kind} ${fault.column ?? ''}`;
      const { count, firstLine } = counts.get(key) ?? { count: 0, firstLine: line };
      counts.set(key, { ...fault, count: count + 1, firstLine });
    }
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
