/** Sound documents for the tests of all who read or write model files. */
import { samplesOf } from '@iris/dataset';
import { loadIris } from '@iris/dataset/iris';
import type { ModelParameters } from '@iris/model';
import { checksum, type UnsealedDocument } from './checksum.ts';
import type { ModelDocument } from './document.ts';

const iris = loadIris();
const scaler = { mean: [5.8, 3, 3.8, 1.2], scale: [0.8, 0.4, 1.7, 0.7] };

/** Petal length below 2.45 is setosa, then petal width below 1.75 versicolor, else virginica. */
const rf: ModelParameters = {
  kind: 'rf',
  inputSize: 4,
  classCount: 3,
  roots: [0],
  featureIndexes: [2, -1, 3, -1, -1],
  thresholds: [2.45, 0, 1.75, 0, 0],
  leftChildren: [1, -1, 3, -1, -1],
  rightChildren: [2, -1, 4, -1, -1],
  leafClasses: [-1, 0, -1, 1, 2],
};

const svm: ModelParameters = {
  kind: 'svm',
  inputSize: 4,
  classCount: 3,
  scaler,
  gamma: 0.25,
  supportVectorCounts: [1, 1, 1],
  supportVectors: [-1, 1, -1, -1, 0, 0, 0, 0, 1, 0, 1, 1],
  dualCoefficients: [1, -1, -1, 1, 1, -1],
  intercepts: [0, 0, 0],
  probabilitySlopes: [-2, -2, -2],
  probabilityOffsets: [0, 0, 0],
};

const logreg: ModelParameters = {
  kind: 'logreg',
  inputSize: 4,
  classCount: 3,
  scaler,
  coefficients: [0, 0, -2, -2, 0, 0, 0, 0, 0, 0, 2, 2],
  intercepts: [0, 1, 0],
};

/** Parameters of each kind for the iris schema. */
export const PARAMETERS = { rf, svm, logreg } as const;

/** An iris document with members exchanged. */
export function irisDocument(change: Partial<ModelDocument> = {}): UnsealedDocument {
  const document: UnsealedDocument = {
    formatVersion: 2,
    model: 'rf',
    version: '0.1.0',
    dataset: iris.schema,
    reference: { samples: samplesOf(iris), labels: [...iris.labels] },
    parameters: rf,
    metrics: {
      method: 'holdout',
      folds: 1,
      accuracy: { mean: 0.9, standardError: null },
      logLoss: { mean: 0.2, standardError: null },
      brier: null,
      confusionMatrix: [
        [10, 0, 0],
        [0, 9, 1],
        [0, 2, 8],
      ],
    },
    training: { sampleCount: 150, seed: 42, engine: 'by hand', options: { trees: 1, criterion: 'gini' } },
  };
  return { ...document, ...change };
}

/** The text of a document, sealed whatever it holds: hostile documents have sound checksums too. */
export function sealedText(document: unknown): string {
  return JSON.stringify({ ...(document as UnsealedDocument), checksum: checksum(document as UnsealedDocument) });
}
