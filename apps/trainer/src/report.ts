/** The figures of an evaluation as text. */
import type { DatasetSchema } from '@iris/dataset';
import type { Verdict } from '@iris/registry';
import { type Evaluation, greatestClass, recallByClass } from '@iris/training';
import type { TakenFeedback } from './training-set.ts';

const METHODS: Readonly<Record<Evaluation['method'], string>> = {
  'cross-validation': 'stratified 10-fold cross-validation, ± standard error over the folds',
  holdout: 'stratified hold-out of a quarter, ± standard error over its samples',
  none: 'not evaluated',
};

/**
 * Accuracy, log-loss and Brier score with standard errors, the confusion matrix with class names, the recall of each class, and what always
 * predicting the greatest class would reach.
 */
export function formatEvaluation(evaluation: Evaluation, schema: Pick<DatasetSchema, 'target' | 'classes'>): string {
  if (evaluation.method === 'none') return `${METHODS.none}\n`;
  return [
    `${evaluation.folds > 10 ? `${evaluation.folds / 10} × ` : ''}${METHODS[evaluation.method]}`,
    '',
    `  accuracy  ${formatEstimate(evaluation.accuracy)}`,
    `  log-loss  ${formatEstimate(evaluation.logLoss)}`,
    `  Brier     ${formatEstimate(evaluation.brier)}`,
    '',
    `confusion matrix: rows true ${schema.target}, columns predicted`,
    '',
    ...formatMatrix(evaluation.confusionMatrix, schema.classes),
    '',
    'recall: share of each class that is recognised',
    '',
    ...formatRecalls(evaluation.confusionMatrix, schema.classes),
    '',
    formatGreatest(evaluation.confusionMatrix, schema.classes),
    '',
  ].join('\n');
}

/** How many rows with feedback were taken, and why the others were left out. */
export function formatFeedback({ found, sources, leftOut, dataset }: TakenFeedback): string {
  const rows = [
    [`taken, from ${sources} source${sources === 1 ? '' : 's'}`, dataset.labels.length] as const,
    ...Object.entries(leftOut).map(([reason, count]) => [`left out: ${reason}`, count] as const),
  ];
  const names = padded(rows.map(([name]) => name));
  const lines = rows.map(([, count], index) => `  ${names[index]}  ${count}\n`);
  return `${found} rows with feedback in the log\n\n${lines.join('')}\n`;
}

/** A line for each condition of the gate, those that are not met marked. */
export function formatChecks({ verdict, checks }: Pick<Verdict, 'verdict' | 'checks'>): string {
  const lines = checks.map(({ passed, name, detail }) => `  ${passed ? 'met    ' : 'NOT MET'}  ${name}: ${detail}\n`);
  return `the gate: ${verdict}\n\n${lines.join('')}\n`;
}

/** `0.957 ± 0.005`. */
export function formatEstimate(estimate: Evaluation['accuracy']): string {
  if (!estimate) return 'not measured';
  const mean = estimate.mean.toFixed(4);
  return estimate.standardError === null ? mean : `${mean} ± ${estimate.standardError.toFixed(4)}`;
}

function formatMatrix(matrix: Evaluation['confusionMatrix'], classes: readonly string[]): string[] {
  const names = padded(classes);
  const widths = classes.map((name, column) => Math.max(name.length, ...matrix.map((row) => String(row[column]).length)));
  const cells = (values: readonly (string | number)[]) =>
    values.map((value, column) => String(value).padStart(widths[column]!)).join('  ');
  return [
    `  ${' '.repeat(names[0]!.length)}  ${cells(classes)}`,
    ...matrix.map((row, index) => `  ${names[index]}  ${cells(row)}`),
  ];
}

function formatRecalls(matrix: Evaluation['confusionMatrix'], classes: readonly string[]): string[] {
  const names = padded(classes);
  return recallByClass(matrix).map((recall, index) => `  ${names[index]}  ${recall.toFixed(4)}`);
}

function padded(names: readonly string[]): string[] {
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => name.padEnd(width));
}

function formatGreatest(matrix: Evaluation['confusionMatrix'], classes: readonly string[]): string {
  const { classIndex, share } = greatestClass(matrix);
  return `always predicting ${JSON.stringify(classes[classIndex])}, the greatest class, would reach accuracy ${share.toFixed(4)}`;
}
