/** From untrusted parameters to a model that predicts. */
import { type Inputs, parseInputs, scoreExpanded } from './inputs.ts';
import { parseLogisticRegression } from './logistic-regression.ts';
import { type Algorithm, type BatchScorer, copyRow, createModel, type Model, type ModelShape } from './model.ts';
import { createParameterReader, type ParameterReader } from './parameter-reader.ts';
import type { ModelKind } from './parameters.ts';
import { kindError, parseShape } from './shape.ts';
import { parseDecisionFunction, parseSupportVector } from './support-vector.ts';
import { parseGradientBoosting } from './trees/gradient-boosting.ts';
import { parseRandomForest } from './trees/random-forest.ts';

const PARSERS: ReadonlyMap<unknown, (parameters: ParameterReader, shape: ModelShape) => BatchScorer> = new Map([
  ['gbt', parseGradientBoosting],
  ['logreg', parseLogisticRegression],
  ['rf', parseRandomForest],
  ['svm', parseSupportVector],
]);

/**
 * Proves parameters sound and builds their model.
 *
 * @param parameters a parsed JSON value, trusted in nothing; `ModelParameters` describes a sound one.
 * @throws ModelError with the code, member and index of the first thing that is wrong. Cost: linear in the size of the value.
 */
export function parseModel(parameters: unknown): Model {
  const reader = createParameterReader(parameters);
  const kind = reader.raw('kind');
  const parse = PARSERS.get(kind);
  if (!parse) throw kindError(kind, [...PARSERS.keys()].join(', '));
  const shape = parseShape(reader);
  return createModel(kind as ModelKind, shape, withInputs(reader, shape, parse));
}

/** The algorithm of expanded rows, made one of rows as the encoder writes them. */
function withInputs(
  reader: ParameterReader,
  shape: ModelShape,
  parse: (parameters: ParameterReader, shape: ModelShape) => BatchScorer,
): Algorithm {
  const { inputSize, classCount } = shape;
  const inputs = parseInputs(reader, inputSize);
  const scoreBatch = parse(reader, { inputSize: inputs?.width ?? inputSize, classCount });
  // Each node of binned trees has a way for missing values.
  if (!inputs) return { scoreBatch, mayBeMissing: reader.raw('trees') === undefined ? never : always };
  return { scoreBatch: scoreExpanded(inputs, inputSize, classCount, scoreBatch), mayBeMissing: inputs.mayBeMissing };
}

function never(): boolean {
  return false;
}

function always(): boolean {
  return true;
}

/**
 * Builds the decision function of a support vector classifier, for explanations and comparisons with libsvm.
 *
 * @param parameters those of an `svm` model.
 * @returns a function from a row of `inputSize` numbers to one value per pair (0,1), (0,2), …, (1,2), …; positive speaks for
 * the first of the pair.
 * @throws ModelError when the parameters are unsound, or `MODEL_KIND_UNKNOWN` when they are another algorithm's.
 */
export function parseSupportVectorDecisionFunction(parameters: unknown): (features: ArrayLike<number>) => number[] {
  const reader = createParameterReader(parameters);
  if (reader.raw('kind') !== 'svm') throw kindError(reader.raw('kind'), 'svm');
  const shape = parseShape(reader);
  const inputs: Inputs | undefined = parseInputs(reader, shape.inputSize);
  const decide = parseDecisionFunction(reader, { ...shape, inputSize: inputs?.width ?? shape.inputSize });
  const row = new Float64Array(shape.inputSize);
  const expanded = inputs ? new Float64Array(inputs.width) : row;
  const decisions = new Float64Array((shape.classCount * (shape.classCount - 1)) / 2);
  return function decisionFunction(features) {
    copyRow(features, row, inputs?.mayBeMissing ?? never);
    inputs?.expand(row, 0, expanded, 0);
    decide(expanded, 0, decisions);
    return [...decisions];
  };
}
