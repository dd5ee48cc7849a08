/** Sound candidates for this package's tests. */
import { loadIris } from '@iris/dataset/iris';
import type { UnsealedDocument } from '@iris/model-file';
import { hashRows } from './row-hashes.ts';
import type { ModelFigures, Verdict } from './verdict.ts';
import type { Candidate } from './version-folder.ts';

const iris = loadIris();

/** Petal length below 2.45 is setosa, then petal width below 1.75 versicolor, else virginica. */
export function testDocument(version = '0.1.0'): UnsealedDocument {
  return {
    formatVersion: 1,
    model: 'rf',
    version,
    dataset: iris.schema,
    reference: { samples: iris.samples, labels: iris.labels },
    parameters: {
      kind: 'rf',
      inputSize: 4,
      classCount: 3,
      roots: [0],
      featureIndexes: [2, -1, 3, -1, -1],
      thresholds: [2.45, 0, 1.75, 0, 0],
      leftChildren: [1, -1, 3, -1, -1],
      rightChildren: [2, -1, 4, -1, -1],
      leafClasses: [-1, 0, -1, 1, 2],
    },
    metrics: { method: 'none', folds: 0, accuracy: null, logLoss: null, brier: null, confusionMatrix: [] },
    training: { sampleCount: 150, seed: 0, engine: 'by hand', options: {} },
  };
}

/** Figures with members exchanged. */
export function testFigures(change: Partial<ModelFigures> = {}): ModelFigures {
  const recall = { setosa: 1, versicolor: 0.94, virginica: 0.92 };
  const figures = { accuracy: 0.95, logLoss: 0.1, recall, calibrationError: 0.03, latencyMs: 0.002, bytes: 20_000 };
  return { model: 'rf', version: '0.1.0', dataset: 'iris', ...figures, ...change };
}

/** A verdict that says what it is to. */
function testVerdict(verdict: Verdict['verdict'] = 'passed'): Verdict {
  return {
    formatVersion: 1,
    verdict,
    judgedAt: '2026-11-30T12:00:00.000Z',
    judgedBy: 'a test',
    evaluation: { method: 'holdout', folds: 1, seed: 42 },
    candidate: testFigures(),
    current: null,
    comparison: null,
    checks: [{ name: 'a condition', passed: verdict === 'passed', detail: 'of a test' }],
  };
}

/** A candidate that can be added. */
export function testCandidate(version = '0.1.0', verdict: Verdict['verdict'] = 'passed'): Candidate {
  return { document: testDocument(version), rowHashes: hashRows(iris), verdict: testVerdict(verdict) };
}
