/** Measures the model in service on the folds of a candidate. */
import { type Dataset, datasetOf } from '@iris/dataset';
import { type ModelDocument, readModelFile } from '@iris/model-file';
import {
  type GateEvidence,
  hashRows,
  type MeasuredCurrent,
  type PairedFold,
  type Registry,
  schemaDifferences,
} from '@iris/registry';
import { modelPath } from '@iris/registry/reader';
import {
  type EvaluationProgress,
  engineOf,
  estimatorOf,
  type FoldResult,
  predictFolds,
  type SplitMethod,
  type TrainingRows,
} from '@iris/training';
import { type FileFigures, figuresOf, fileFiguresOf, restrictFolds } from './figures.ts';

/** The candidate's side of a comparison. */
export interface CandidateMeasurement {
  readonly dataset: Dataset;
  readonly rows: TrainingRows;
  readonly folds: readonly FoldResult[];
  readonly file: FileFigures;
  readonly method: SplitMethod;
  /** Of the splits. */
  readonly seed: number;
}

/**
 * Measures it, or says why that cannot be done.
 *
 * @param name of the model in service: a version's, or a file's.
 */
export async function measureCurrent(
  registry: Registry,
  name: string,
  candidate: CandidateMeasurement,
  onProgress: (progress: EvaluationProgress) => Promise<void>,
): Promise<NonNullable<GateEvidence['current']>> {
  let document: ModelDocument;
  try {
    document = await readModelFile(modelPath(registry.directory, name));
  } catch (error) {
    return { name, measured: `${name} cannot be read: ${(error as Error).message}` };
  }
  const schema = document.dataset;
  if (schemaDifferences(schema, candidate.dataset.schema).length > 0) return { name, schema, measured: 'another schema' };
  const seen = await rowsSeen(registry, name, document, candidate.dataset);
  const basis = chooseBasis(seen, document);
  try {
    const folds = await predict(document, basis, seen, candidate, onProgress);
    return { name, schema, measured: compare(name, document, basis, folds, seen, candidate) };
  } catch (error) {
    return { name, schema, measured: `${name} cannot be fitted again: ${(error as Error).message}` };
  }
}

/** Whether the model was fitted on each row; of all rows where nobody knows, as of a file that came without their hashes. */
async function rowsSeen(registry: Registry, name: string, document: ModelDocument, dataset: Dataset): Promise<boolean[]> {
  const known = (await registry.rowHashes(name)) ?? hashesOfReference(document);
  return hashRows(dataset).map((hash) => known?.has(hash) ?? true);
}

/** A model of up to a thousand rows has all of them in its file. */
function hashesOfReference({ dataset: schema, reference, training }: ModelDocument): Set<string> | undefined {
  if (reference.samples.length < training.sampleCount) return undefined;
  return new Set(hashRows(datasetOf(schema, reference.samples, reference.labels)));
}

/**
 * A model that has seen rows knows their answers by heart: it is fitted again on the seen rows of each training part. Unless that would be a small part of
 * what it had learned from, and so a weaker model than the one in service: then its file is taken as it stands, on the rows that are new to it.
 */
export function chooseBasis(
  seen: readonly boolean[],
  { training }: Pick<ModelDocument, 'training'>,
): 'refitted' | 'as it stands' {
  const known = seen.filter(Boolean).length;
  return known >= training.sampleCount / 2 || known > seen.length / 2 ? 'refitted' : 'as it stands';
}

async function predict(
  { model, training, parameters }: ModelDocument,
  basis: 'refitted' | 'as it stands',
  seen: readonly boolean[],
  { rows, method, seed }: CandidateMeasurement,
  onProgress: (progress: EvaluationProgress) => Promise<void>,
): Promise<FoldResult[]> {
  const request = { rows, method, seed, onProgress };
  if (basis === 'as it stands') {
    const folds = await predictFolds(request, async () => parameters);
    return restrictFolds(folds, (row) => !seen[row]);
  }
  const engine = engineOf(training.engine);
  const fitAgain = estimatorOf(model, rows, training.options, training.seed, { engine });
  return predictFolds(request, (trainRows) => fitAgain(trainRows.filter((row) => seen[row])));
}

function compare(
  name: string,
  document: ModelDocument,
  basis: 'refitted' | 'as it stands',
  folds: readonly FoldResult[],
  seen: readonly boolean[],
  { rows, dataset: { schema }, folds: candidateFolds, file }: CandidateMeasurement,
): MeasuredCurrent {
  const theirs = basis === 'refitted' ? candidateFolds : restrictFolds(candidateFolds, (row) => !seen[row]);
  const candidate = figuresOf(file, theirs, schema);
  const figures = figuresOf(fileFiguresOf(document), folds, schema);
  return {
    figures: { ...figures, name, basis, candidateLogLoss: candidate.logLoss },
    candidate,
    folds: pairFolds(theirs, folds),
    classRows: countClasses(rows, folds, schema.classes),
  };
}

/** Where each row is judged once, all rows are one fold: what is compared then are rows, of which there are many more than folds. */
function pairFolds(candidate: readonly FoldResult[], current: readonly FoldResult[]): PairedFold[] {
  const pairs = candidate.map((fold, index) => pair(fold, current[index]!));
  const judged = candidate.flatMap(({ testRows }) => testRows);
  if (new Set(judged).size < judged.length) return pairs;
  const [{ trainRows } = { trainRows: 0 }] = pairs;
  return [{ trainRows, candidate: pairs.flatMap((each) => each.candidate), current: pairs.flatMap((each) => each.current) }];
}

function pair(candidate: FoldResult, current: FoldResult): PairedFold {
  return { trainRows: candidate.trainRows, candidate: candidate.scores.logLoss, current: current.scores.logLoss };
}

/** Rows of each class, each once however often it was judged. */
function countClasses(rows: TrainingRows, folds: readonly FoldResult[], classes: readonly string[]): Record<string, number> {
  const judged = [...new Set(folds.flatMap(({ testRows }) => testRows))];
  return Object.fromEntries(
    classes.map((name, classIndex) => [name, judged.filter((row) => rows.labels[row] === classIndex).length]),
  );
}
