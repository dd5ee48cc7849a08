/** Plays a scenario through the way of `retrain`: feedback in, a candidate before the gate, accuracy on rows that nobody touched. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEncoder, type Dataset, datasetOf, encodeSamples, samplesOf } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { type ModelKind, type ModelParameters, parseModel } from '@iris/model';
import { Registry, type Verdict } from '@iris/registry';
import type { SplitMethod } from '@iris/training';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { TrainCommand } from '../../src/command-line.ts';
import { submit } from '../../src/gate/submit.ts';
import { collectFeedback } from '../../src/retrain/collect-feedback.ts';
import { DEFAULT_METHOD, DEFAULT_SHARES } from '../../src/retrain/command-line.ts';
import { type TrainingOutcome, train } from '../../src/train.ts';
import type { TrainingSet } from '../../src/training-set.ts';
import type { Rows, Scenario, World } from './attacks.ts';
import { fillLog } from './fill-log.ts';

const NO_SHARES = { source: 1, all: 1 };
const SPAN = { from: new Date(0), to: new Date(Date.UTC(2100, 0)) };
const LIVE_ROWS = 2000;
const UNTOUCHED_ROWS = 20_000;
const IRIS_PARTS = { base: 80, live: 30 };

/** Rows for one trial. */
export interface Trial extends World {
  /** Nobody is told anything of these. */
  readonly untouched: Rows;
  readonly model: ModelKind;
  readonly seed: number;
  readonly method: SplitMethod;
  /** The model in service: of the trusted rows alone. */
  readonly current: TrainingOutcome;
}

/** What came of a scenario. */
export interface Played {
  readonly taken: number;
  readonly verdict: Verdict['verdict'];
  /** Accuracy on the untouched rows, candidate − current. */
  readonly change: number;
}

/** Prepares a trial: other rows for each seed, and the model in service. */
export async function prepare(
  dataset: 'churn' | 'iris',
  model: ModelKind,
  seed: number,
  method: SplitMethod = DEFAULT_METHOD,
): Promise<Trial> {
  const generator = xoroshiro128plus(seed);
  const random = () => uniformFloat64(generator);
  const rows = dataset === 'churn' ? churnRows(seed) : irisRows(random);
  const current = await train(commandOf(model, seed, method), { base: asDataset(rows.base) }, () => undefined);
  return { ...rows, random, model, seed, method, current };
}

/** Plays it. */
export async function play(trial: Trial, { feedback, withoutShares }: Scenario): Promise<Played> {
  const base = asDataset(trial.base);
  const log = await fillLog(trial, feedback(trial));
  const taken = await collectFeedback(log, base, SPAN, withoutShares ? NO_SHARES : DEFAULT_SHARES);
  const set = { base, feedback: taken };
  const candidate = await train(commandOf(trial.model, trial.seed, trial.method), set, () => undefined);
  const verdict = await judge(trial, set, candidate);
  const change =
    accuracyOf(candidate.document!.parameters, trial.untouched) - accuracyOf(trial.current.document!.parameters, trial.untouched);
  return { taken: taken.dataset.labels.length, verdict: verdict.verdict, change };
}

async function judge({ current, seed, method }: Trial, set: TrainingSet, candidate: TrainingOutcome): Promise<Verdict> {
  const directory = await mkdtemp(join(tmpdir(), 'iris-poisoning-'));
  try {
    const registry = new Registry({ directory, by: 'simulate-poisoning' });
    const common = {
      method,
      seed,
      keep: 10,
      by: 'simulate-poisoning',
      minAccuracy: undefined,
      minRecall: undefined,
    } as const;
    const silent = { onNews: () => undefined, onProgress: async () => undefined };
    await submit(registry, { ...current, document: current.document!, set: { base: set.base }, ...common, ...silent });
    const offered = { ...candidate, document: candidate.document!, set, isUnattended: true };
    return (await submit(registry, { ...offered, ...common, ...silent })).verdict;
  } finally {
    await rm(directory, { recursive: true });
  }
}

function commandOf(model: ModelKind, seed: number, evaluate: SplitMethod): TrainCommand {
  return {
    source: { kind: 'named', name: 'iris' },
    model,
    engine: 'iris',
    version: '1.0.0',
    seed,
    evaluate,
    registry: { directory: '', keep: 10 },
    requireTracking: false,
    hyperparameters: {},
  };
}

function accuracyOf(parameters: ModelParameters, { schema, samples, labels }: Rows): number {
  const rows = encodeSamples(createEncoder(schema), samples);
  const { classIndexes } = parseModel(parameters).predictBatch(rows, samples.length);
  return labels.filter((label, row) => label === classIndexes[row]).length / labels.length;
}

function churnRows(seed: number): Pick<Trial, 'base' | 'live' | 'untouched'> {
  return {
    base: asRows(generateChurn({ seed })),
    live: asRows(generateChurn({ seed: seed + 10_000, sampleCount: LIVE_ROWS })),
    untouched: asRows(generateChurn({ seed: seed + 20_000, sampleCount: UNTOUCHED_ROWS })),
  };
}

/** There are 150 flowers: 80 are trusted, 30 are what comes in live, 40 are untouched. */
function irisRows(random: () => number): Pick<Trial, 'base' | 'live' | 'untouched'> {
  const { schema, samples, labels } = asRows(loadIris());
  const order = samples.map((_, row) => ({ row, at: random() })).sort((a, b) => a.at - b.at);
  const part = (from: number, to?: number): Rows => {
    const rows = order.slice(from, to).map(({ row }) => row);
    return { schema, samples: rows.map((row) => samples[row]!), labels: rows.map((row) => labels[row]!) };
  };
  const { base, live } = IRIS_PARTS;
  return { base: part(0, base), live: part(base, base + live), untouched: part(base + live) };
}

function asRows(dataset: Dataset): Rows {
  return { schema: dataset.schema, samples: samplesOf(dataset), labels: [...dataset.labels] };
}

function asDataset({ schema, samples, labels }: Rows): Dataset {
  return datasetOf(schema, samples, labels);
}
