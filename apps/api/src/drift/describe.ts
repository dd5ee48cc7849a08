/** A measurement as text for people. */
import type { ColumnDrift } from '@iris/drift';
import { wilsonInterval } from '@iris/prediction-log';
import type { DriftMeasurement } from '../features/drift/measure.ts';
import type { ServedModel } from '../models/served-model.ts';

const HEADINGS = ['column', 'test', 'statistic', 'p', 'p adjusted', 'effect', '', 'missing', 'n', 'verdict'];

/** What was compared, a table with a row for each column, the verdict, and how good the predictions were. */
export function describeDrift(model: ServedModel, measurement: DriftMeasurement): string {
  const { query, report } = measurement;
  const span = `from ${query.from.toISOString()} to ${query.to.toISOString()}`;
  const reference = `${model.document.reference.samples.length} training rows of ${model.name} ${model.version}`;
  return `${[
    `${report.rows} predictions ${span}, against ${reference}`,
    '',
    ...table([HEADINGS, ...report.columns.map(cellsOf)]),
    '',
    sayVerdict(measurement),
    ...sayAccuracy(measurement),
  ].join('\n')}\n`;
}

function cellsOf(column: ColumnDrift): string[] {
  return [
    column.role === 'prediction' ? `${column.name} (predicted)` : column.name,
    column.test,
    number(column.statistic),
    number(column.pValue),
    number(column.pAdjusted),
    number(column.effect),
    column.effectName,
    `${number(100 * column.missingShare)} %`,
    String(column.nCurrent),
    column.verdict,
  ];
}

function sayVerdict({ report: { verdict, columns, rows, minRows, alpha, minEffect } }: DriftMeasurement): string {
  if (verdict === 'none') return 'No drift.';
  if (verdict === 'too few')
    return `Too few: ${minRows} values are needed on either side, there are ${rows} predictions. Wait, take a longer span (--last 7d), or lower --min-rows.`;
  const names = columns.filter((column) => column.verdict === 'drift').map(({ name }) => name);
  return `Drift: ${names.join(', ')} (adjusted p at most ${alpha} and effect at least ${minEffect}).`;
}

function sayAccuracy({ estimate, feedback }: DriftMeasurement): string[] {
  const lines: string[] = [];
  if (estimate.accuracy !== null) {
    lines.push(
      `Accuracy to expect, without labels: ${number(estimate.accuracy)} (from the probabilities of ${estimate.rows} predictions).`,
    );
  }
  if (feedback && feedback.judged > 0) {
    const { judged, correct } = feedback;
    const { low, high } = wilsonInterval(correct, judged);
    lines.push(`Accuracy by feedback on ${judged}: ${number(correct / judged)} (95 %: ${number(low)} to ${number(high)}).`);
  }
  return lines;
}

/** Three digits that count. */
function number(value: number | null): string {
  return value === null ? '-' : String(Number(value.toPrecision(3)));
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}
