/**
 * Measures what clients who send wrong feedback can do to the next model: whether it passes the gate, and how its accuracy on rows that nobody touched differs from
 * that of the model in service. Each trial is on other rows.
 *
 *     npm run simulate-poisoning -- [--dataset churn] [--model logreg] [--trials 10] [--evaluate full]
 */
import { parseArgs } from 'node:util';
import { DATASET_NAMES, MODEL_KINDS, oneOf } from '../src/options.ts';
import { DEFAULT_METHOD, METHODS } from '../src/retrain/command-line.ts';
import { SCENARIOS } from './poisoning/attacks.ts';
import { type Played, play, prepare } from './poisoning/simulate.ts';

const FIRST_SEED = 2000;

const { values } = parseArgs({
  options: {
    dataset: { type: 'string', default: 'churn' },
    model: { type: 'string', default: 'logreg' },
    trials: { type: 'string', default: '10' },
    evaluate: { type: 'string', default: DEFAULT_METHOD },
  },
});
const dataset = oneOf('dataset', values.dataset, DATASET_NAMES);
const model = oneOf('model', values.model, MODEL_KINDS);
const method = oneOf('evaluate', values.evaluate, METHODS);
const trials = Number(values.trials);

const played = new Map<string, Played[]>(SCENARIOS.map(({ name }) => [name, []]));
for (let trial = 0; trial < trials; trial++) {
  const rows = await prepare(dataset, model, FIRST_SEED + trial, method);
  for (const scenario of SCENARIOS) played.get(scenario.name)!.push(await play(rows, scenario));
  process.stderr.write(`${trial + 1} of ${trials} trials\n`);
}
console.log(`${dataset}, ${model}, ${trials} trials, judged by ${method}\n`);
console.log(
  '| feedback | rows taken | passed | accuracy on untouched rows: all candidates | those that passed | the worst that passed |',
);
console.log('|---|---|---|---|---|---|');
for (const [name, results] of played) console.log(`| ${name} | ${describe(results)} |`);

function describe(results: readonly Played[]): string {
  const passed = results.filter(({ verdict }) => verdict === 'passed');
  const taken = Math.round(mean(results.map((each) => each.taken)));
  const changes = [meanChange(results), meanChange(passed), signed(Math.min(...passed.map(({ change }) => change)))];
  return [taken, `${passed.length} of ${results.length}`, ...changes].join(' | ');
}

function meanChange(results: readonly Played[]): string {
  return signed(mean(results.map(({ change }) => change)));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** In percentage points. */
function signed(value: number): string {
  return Number.isFinite(value) ? `${value < 0 ? '−' : '+'}${Math.abs(100 * value).toFixed(2)}` : '';
}
