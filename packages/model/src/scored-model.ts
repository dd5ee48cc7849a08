/** What logistic regression and support vectors compute with, for who looks into them rather than predicts. */
import { type ExpandedRows, parseExpandedRows } from './expanded-rows.ts';
import type { ModelShape } from './model.ts';
import { ANY_NUMBER, createParameterReader, type ParameterReader } from './parameter-reader.ts';
import { parseScaler, type Scaler } from './scaler.ts';
import { kindError, parseShape } from './shape.ts';
import {
  createPlattScaling,
  type PlattScaling,
  parsePlattScaling,
  parseSupportVectors,
  type SupportVectors,
} from './support-vector.ts';

/** Scores of logistic regression. */
export interface LinearModel extends ExpandedRows {
  readonly scaler: Scaler;
  /** (number of classes) × columns, row-major. */
  readonly coefficients: Float64Array;
  /** One for each class. */
  readonly intercepts: Float64Array;
}

/** Decision values of a support vector classifier, and the log-odds that Platt scaling makes of them. */
export interface KernelModel extends ExpandedRows, SupportVectors, PlattScaling {
  readonly classCount: number;
  /** Couples the decision values of all pairs, which it overwrites, to class probabilities at `out[outOffset…]`. */
  readonly writeProbabilities: (pairs: Float64Array, out: Float64Array, outOffset: number) => void;
}

/**
 * Reads a logistic regression.
 *
 * @throws ModelError as `parseModel`, or `MODEL_KIND_UNKNOWN` when the model is of another kind.
 */
export function parseLinearModel(parameters: unknown): LinearModel {
  const { reader, shape, rows } = readExpanded(parameters, 'logreg');
  return {
    ...rows,
    scaler: parseScaler(reader, shape.inputSize),
    coefficients: reader.numbers('coefficients', shape.classCount * shape.inputSize, ANY_NUMBER),
    intercepts: reader.numbers('intercepts', shape.classCount, ANY_NUMBER),
  };
}

/**
 * Reads a support vector classifier.
 *
 * @throws ModelError as `parseModel`, or `MODEL_KIND_UNKNOWN` when the model is of another kind.
 */
export function parseKernelModel(parameters: unknown): KernelModel {
  const { reader, shape, rows } = readExpanded(parameters, 'svm');
  const scaling = parsePlattScaling(reader, shape.classCount);
  return {
    ...rows,
    ...parseSupportVectors(reader, shape),
    classCount: shape.classCount,
    ...scaling,
    writeProbabilities: createPlattScaling(scaling, shape.classCount),
  };
}

interface ExpandedReader {
  readonly reader: ParameterReader;
  /** Of expanded rows. */
  readonly shape: ModelShape;
  readonly rows: ExpandedRows;
}

function readExpanded(parameters: unknown, kind: 'logreg' | 'svm'): ExpandedReader {
  const reader = createParameterReader(parameters);
  if (reader.raw('kind') !== kind) throw kindError(reader.raw('kind'), kind);
  const { inputSize, classCount } = parseShape(reader);
  const rows = parseExpandedRows(reader, inputSize);
  return { reader, shape: { inputSize: rows.sources.length, classCount }, rows };
}
