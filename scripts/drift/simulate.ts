/** How often windows alarm: with no drift, and with a stated one. */
import { createDriftDetector, type DriftReport } from '@iris/drift';
import { driftReference } from '../../apps/api/src/features/drift/reference.ts';
import type { ServedModel } from '../../apps/api/src/models/served-model.ts';
import type { Population, Rows } from './populations.ts';
import { trainModel } from './train.ts';

/** Rows of a window. */
export const SIZES = [50, 100, 200, 500, 1000, 5000] as const;
/** Training sets that a simulation's windows are shared out to. */
export const TRAINING_SETS = 20;
export const NO_SHIFT = 'none';

/** Windows of one size and kind, counted. */
export interface Outcome {
  readonly shift: string;
  readonly size: number;
  readonly windows: number;
  /** With a verdict of drift. */
  readonly alarms: number;
  /** With any p-value of at most α before the correction. */
  readonly uncorrected: number;
  /** With any adjusted p-value of at most α, whatever the effect. */
  readonly significant: number;
  /** Share of alarms among the windows of the training set that has most. */
  readonly worstTrainingSet: number;
}

/**
 * Simulates windows of a population.
 *
 * @param windows of each size and shift, a multiple of the training sets
 */
export async function simulate(population: Population, windows: number, report: (text: string) => void): Promise<Outcome[]> {
  const models: ServedModel[] = [];
  for (let set = 0; set < TRAINING_SETS; set++) {
    models.push(await trainModel('logreg', population.training(1 + set)));
    report(`${population.name}: ${set + 1} of ${TRAINING_SETS} models trained`);
  }
  const outcomes: Outcome[] = [];
  for (const { name, draw } of [{ name: NO_SHIFT, draw: population.draw }, ...population.shifts]) {
    for (const size of SIZES) {
      outcomes.push(await countAlarms({ name, draw, size, perModel: windows / TRAINING_SETS }, models));
      report(`${population.name}: ${name}, ${size} rows`);
    }
  }
  return outcomes;
}

interface Windows {
  readonly name: string;
  readonly draw: Population['draw'];
  readonly size: number;
  readonly perModel: number;
}

async function countAlarms({ name, draw, size, perModel }: Windows, models: readonly ServedModel[]): Promise<Outcome> {
  let [uncorrected, significant] = [0, 0];
  const alarms = models.map(() => 0);
  for (const [set, model] of models.entries()) {
    const reference = driftReference(model);
    for (let window = 0; window < perModel; window++) {
      // Of no training set, and of no other window of this size.
      const { columns, alpha, verdict } = await compare(model, reference, draw(size, 1_000_000 + set * perModel + window));
      alarms[set]! += Number(verdict === 'drift');
      uncorrected += Number(columns.some(({ pValue }) => pValue! <= alpha));
      significant += Number(columns.some(({ pAdjusted }) => pAdjusted! <= alpha));
    }
  }
  return {
    shift: name,
    size,
    windows: models.length * perModel,
    alarms: alarms.reduce((sum, own) => sum + own, 0),
    uncorrected,
    significant,
    worstTrainingSet: Math.max(...alarms) / perModel,
  };
}

function compare(model: ServedModel, reference: ReturnType<typeof driftReference>, { samples }: Rows): Promise<DriftReport> {
  const detector = createDriftDetector(reference);
  const names = reference.features.map(({ name }) => name);
  for (const sample of samples) {
    const label = reference.classes[model.predict(sample).classIndex]!;
    detector.add(Object.fromEntries(names.map((name, index) => [name, sample[index]])), label);
  }
  return detector.report();
}
