/**
 * What each feature adds to each class's probability: exact Shapley values of the game in which a coalition of features is worth the mean
 * probability over the reference samples once these features have the explained sample's values.
 *
 * S. M. Lundberg and S.-I. Lee, A unified approach to interpreting model predictions, NIPS 2017; the value of a coalition is the
 * interventional one, as in `shap.explainers.Exact` with an independent masker.
 */
import { createEncoder, type DatasetSchema, type Encoder, type Sample } from '@iris/dataset';
import { type Model, type ModelParameters, parseModel } from '@iris/model';
import { ExplanationError } from './errors.ts';
import { chooseReferences } from './references.ts';
import { shapleyValues } from './shapley.ts';

/** Features of which all coalitions are still worth their cost: 4,096 of them. A categorical feature is one. */
export const MAX_FEATURES = 12;

/** What is explained: a model with the data it belongs to, as a model file holds them. */
export interface ExplainedModel {
  readonly schema: DatasetSchema;
  readonly parameters: ModelParameters;
  /** Samples of the training data; `chooseReferences` takes its choice. */
  readonly samples: readonly Sample[];
}

/** What led from the usual probabilities to those of one sample. */
export interface Explanation {
  /** Mean probability of each class over the reference samples, in class order. */
  readonly base: readonly number[];
  /** By feature in schema order, by class in class order; `base` and all of them sum to the sample's probabilities. */
  readonly contributions: readonly (readonly number[])[];
  /** How many samples it was compared with. */
  readonly referenceCount: number;
}

/** Explains one valid sample, given in schema order. */
export type Explainer = (sample: Sample) => Explanation;

/**
 * Prepares the explainer of a model. An explanation costs 2^features × references predictions.
 *
 * @throws ExplanationError when there are more than `MAX_FEATURES` features, or no samples.
 * @throws ModelError when the parameters are not sound.
 */
export function prepareExplainer({ schema, parameters, samples }: ExplainedModel): Explainer {
  const obstacle = findObstacle({ schema, samples });
  if (obstacle) throw obstacle;
  const references = chooseReferences(samples);
  const worthOf = createValuation(createEncoder(schema), parseModel(parameters), references);
  const { features, classes } = schema;

  return function explain(sample) {
    const values = new Float64Array(2 ** features.length * classes.length);
    for (let coalition = 0; coalition < 2 ** features.length; coalition++) {
      values.set(worthOf(sample, coalition), coalition * classes.length);
    }
    const shares = shapleyValues(features.length, values, classes.length);
    const rowOf = (matrix: Float64Array, row: number) => [...matrix.subarray(row * classes.length, (row + 1) * classes.length)];
    return {
      base: rowOf(values, 0),
      contributions: features.map((_, index) => rowOf(shares, index)),
      referenceCount: references.length,
    };
  };
}

/** Tells why a model's predictions cannot be explained; undefined when they can. */
export function findObstacle({ schema, samples }: Pick<ExplainedModel, 'schema' | 'samples'>): ExplanationError | undefined {
  const { length: count } = schema.features;
  if (count > MAX_FEATURES) {
    const message = `A prediction from ${count} features is not explained, only one from up to ${MAX_FEATURES}.`;
    return new ExplanationError('EXPLANATION_FEATURES', message);
  }
  if (samples.length > 0) return undefined;
  return new ExplanationError('EXPLANATION_REFERENCES', 'The model has no reference samples to compare with.');
}

/** Makes the function that gives the mean class probabilities once a coalition of features has the sample's values. */
function createValuation(encoder: Encoder, model: Model, references: readonly Sample[]) {
  const rows = new Float64Array(references.length * encoder.size);
  return function worthOf(sample: Sample, coalition: number): Float64Array {
    for (const [index, reference] of references.entries()) {
      encoder.encode(
        reference.map((value, feature) => (coalition & (1 << feature) ? sample[feature]! : value)),
        rows,
        index * encoder.size,
      );
    }
    return meanRow(model.predictBatch(rows, references.length).classProbabilities, model.classCount);
  };
}

function meanRow(matrix: Float64Array, width: number): Float64Array {
  const mean = new Float64Array(width);
  const count = matrix.length / width;
  for (let at = 0; at < matrix.length; at++) mean[at % width]! += matrix[at]!;
  return mean.map((sum) => sum / count);
}
