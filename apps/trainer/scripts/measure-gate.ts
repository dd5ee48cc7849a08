/**
 * Measures how often the gate lets a candidate pass that is as good as the model in service, and one that is worse. Each trial is on other synthetic customers.
 *
 *     npm run measure-gate --workspace @iris/trainer -- [--model logreg] [--trials 40] [--evaluate full]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Dataset, selectRows } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import type { ModelKind } from '@iris/model';
import { Registry, type Verdict } from '@iris/registry';
import type { GivenOptions } from '@iris/training';
import type { TrainCommand } from '../src/command-line.ts';
import { submit } from '../src/gate/submit.ts';
import { oneOf } from '../src/options.ts';
import { METHODS } from '../src/retrain/command-line.ts';
import { train } from '../src/train.ts';

const ROWS = 2000;
const MORE_ROWS = 500;
const KEEP = 2;
const FIRST_SEED = 1000;
/** Options that make a worse model of each kind. */
const WORSE: Readonly<Record<ModelKind, GivenOptions>> = {
  rf: { nEstimators: 3 },
  gbt: { maxIter: 1 },
  svm: { c: 0.001 },
  logreg: { c: 0.001 },
};

/** The rows of the candidate among `ROWS + MORE_ROWS`, of which the model in service had the first `ROWS`; and whether it is worse. */
const SCENARIOS = {
  'the same rows, another seed': { from: 0, to: ROWS, worse: false },
  'a quarter more rows': { from: 0, to: ROWS + MORE_ROWS, worse: false },
  'a quarter of the rows exchanged': { from: MORE_ROWS, to: ROWS + MORE_ROWS, worse: false },
  'the same rows, worse options': { from: 0, to: ROWS, worse: true },
} as const;

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'logreg' },
    trials: { type: 'string', default: '40' },
    evaluate: { type: 'string', default: 'full' },
  },
});
const model = values.model as ModelKind;
const trials = Number(values.trials);
const method = oneOf('evaluate', values.evaluate, METHODS);

for (const [name, { from, to, worse }] of Object.entries(SCENARIOS)) {
  const failed = new Map<string, number>();
  let passed = 0;
  for (let trial = 0; trial < trials; trial++) {
    const verdict = await judgeOnce(trial, from, to, worse ? WORSE[model] : {});
    if (verdict.verdict === 'passed') passed++;
    for (const check of verdict.checks) if (!check.passed) failed.set(check.name, (failed.get(check.name) ?? 0) + 1);
  }
  const reasons = [...failed].map(([check, count]) => `${check}: ${count}`).join(', ');
  console.log(`${model}, ${name}: ${passed} of ${trials} passed${reasons && ` (${reasons})`}`);
}

async function judgeOnce(trial: number, from: number, to: number, options: GivenOptions): Promise<Verdict> {
  const all = generateChurn({ seed: FIRST_SEED + trial, sampleCount: ROWS + MORE_ROWS });
  const directory = await mkdtemp(join(tmpdir(), 'iris-measure-gate-'));
  try {
    const registry = new Registry({ directory, by: 'measure-gate' });
    await offer(registry, part(all, 0, ROWS), 1, {});
    return await offer(registry, part(all, from, to), trial + 2, options);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function offer(registry: Registry, dataset: Dataset, seed: number, hyperparameters: GivenOptions): Promise<Verdict> {
  const { directory } = registry;
  const command: TrainCommand = {
    source: { kind: 'named', name: 'churn' },
    model,
    engine: 'iris',
    version: '1.0.0',
    seed,
    evaluate: method,
    registry: { directory, keep: KEEP },
    requireTracking: false,
    hyperparameters,
  };
  const { document, ...measured } = await train(command, { base: dataset }, () => {});
  const target = {
    set: { base: dataset },
    method,
    seed,
    keep: KEEP,
    by: 'measure-gate',
    minAccuracy: undefined,
    minRecall: undefined,
  } as const;
  const silent = { onNews: () => undefined, onProgress: async () => undefined };
  return (await submit(registry, { ...measured, document: document!, ...target, ...silent })).verdict;
}

function part(dataset: Dataset, from: number, to: number): Dataset {
  return selectRows(
    dataset,
    Array.from({ length: to - from }, (_, index) => from + index),
  );
}
