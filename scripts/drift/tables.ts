/** Simulations as Markdown. */
import type { Comparison } from './estimate.ts';
import type { Population } from './populations.ts';
import { NO_SHIFT, type Outcome, SIZES, TRAINING_SETS } from './simulate.ts';

/** Both tables of a population. */
export function formatSimulation({ name, origin }: Population, outcomes: readonly Outcome[]): string {
  const windows = outcomes[0]!.windows.toLocaleString('en');
  const still = outcomes.filter(({ shift }) => shift === NO_SHIFT);
  const shifts = [...new Set(outcomes.map(({ shift }) => shift))].filter((shift) => shift !== NO_SHIFT);
  return `### ${name}

${windows} windows for each number in these tables; ${origin}.

With no drift, windows in which …

${table(
  [
    'rows',
    'any p ≤ 0.05',
    'any adjusted p ≤ 0.05',
    'there is an **alarm**',
    'windows between two alarms, mean',
    `alarms at the worst of ${TRAINING_SETS} training sets`,
  ],
  still.map((own) => [
    own.size.toLocaleString('en'),
    percent(own.uncorrected / own.windows),
    percent(own.significant / own.windows),
    `**${percent(own.alarms / own.windows)}**`,
    own.alarms === 0 ? `none in ${windows}` : String(Math.round(own.windows / own.alarms)),
    percent(own.worstTrainingSet),
  ]),
)}

With drift, windows with an alarm:

${table(
  ['shift', ...SIZES.map((size) => `${size.toLocaleString('en')} rows`)],
  shifts.map((shift) => [
    shift,
    ...outcomes.filter((own) => own.shift === shift).map((own) => percent(own.alarms / own.windows)),
  ]),
)}
`;
}

/** The table of accuracies. */
export function formatAccuracies(comparisons: readonly Comparison[]): string {
  return table(
    ['dataset', 'model', 'live rows', 'mean confidence', 'accuracy expected', 'actual', 'mean distance of both'],
    comparisons.map(({ dataset, model, live, confidence, expected, actual, apart }) => [
      dataset,
      model,
      live,
      ...[confidence, expected, actual, apart].map((share) => percent(share)),
    ]),
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
