/** A comparison as text. */
import type { ComparedModel, Comparison, Estimate } from '@iris/model-file';

const COLUMNS: readonly (readonly [title: string, cell: (model: ComparedModel) => string])[] = [
  ['', ({ model }) => model],
  ['accuracy', ({ accuracy }) => withError(accuracy)],
  ['balanced', ({ balancedAccuracy }) => number(balancedAccuracy.mean)],
  ['AUC', ({ rocAuc }) => (rocAuc ? number(rocAuc.mean) : '–')],
  ['log-loss', ({ logLoss }) => withError(logLoss)],
  ['Brier', ({ brier }) => number(brier.mean)],
  ['calibration', ({ calibrationError }) => number(calibrationError)],
  ['seconds', ({ seconds }) => (seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0))],
];

/** A row for each algorithm, the best log-loss first, the baseline last; what was left out; which is chosen and why. */
export function formatComparison({ models, leftOut, reason }: Comparison): string {
  const rows = models.toSorted((a, b) => rank(a) - rank(b)).map((model) => COLUMNS.map(([, cell]) => cell(model)));
  const table = align([COLUMNS.map(([title]) => title), ...rows]);
  const others = leftOut.map(({ model, reason: why }) => `${model} is left out: ${why}\n`).join('');
  return `${table.map((line) => `  ${line}\n`).join('')}\n${others}${reason}\n`;
}

function rank({ model, logLoss }: ComparedModel): number {
  return model === 'majority' ? Number.POSITIVE_INFINITY : logLoss.mean;
}

function align(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  '),
  );
}

function withError({ mean, standardError }: Estimate): string {
  return standardError === null ? number(mean) : `${number(mean)} ± ${number(standardError)}`;
}

function number(value: number): string {
  return value.toFixed(4);
}
