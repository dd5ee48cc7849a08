/** Explains predictions of any model: chooses the method, and names what it explains. */
import { createEncoder, type DatasetSchema, encodeSamples, type Sample } from '@iris/dataset';
import { type GradientBoostingParameters, type ModelParameters, parseModel } from '@iris/model';
import { parseKernelModel, parseLinearModel } from '@iris/model/scores';
import { parseTreeModel } from '@iris/model/trees';
import { byCoalitions } from './coalitions.ts';
import { ExplanationError } from './errors.ts';
import type { Explanation, Method, MethodSetting } from './explanation.ts';
import { mixKernels } from './kernel-mixture.ts';
import { byKernels } from './kernels.ts';
import { byWeights } from './linear.ts';
import { type Mixture, mixRows } from './mixture.ts';
import { byPermutations } from './permutations.ts';
import { chooseReferences } from './references.ts';
import { byTrees } from './trees.ts';
import { canTryCoalitions } from './work.ts';

/** What is explained: a model with the data it belongs to, as a model file holds them. */
export interface ExplainedModel {
  readonly schema: DatasetSchema;
  readonly parameters: ModelParameters | GradientBoostingParameters;
  /** Samples of the training data; `chooseReferences` takes its choice. */
  readonly samples: readonly Sample[];
}

/**
 * Explains one valid sample, given in schema order.
 *
 * @param asked `probability`: that, estimated where it cannot be told exactly; absent: what can be told exactly.
 */
export type Explainer = (sample: Sample, asked?: 'probability') => Explanation;

/**
 * Prepares the explainer of a model. It explains probabilities where that is exact and cheap, else what the algorithm adds up: `Explained`.
 *
 * @throws ExplanationError when there are no samples.
 * @throws ModelError when the parameters are not sound.
 */
export function prepareExplainer({ schema, parameters, samples }: ExplainedModel): Explainer {
  const obstacle = findObstacle({ samples });
  if (obstacle) throw obstacle;
  const encoder = createEncoder(schema);
  const chosen = chooseReferences(samples);
  const setting: MethodSetting = {
    classCount: schema.classes.length,
    featureCount: schema.features.length,
    columnFeatures: encoder.columnFeatures,
    references: encodeSamples(encoder, chosen),
    referenceCount: chosen.length,
  };
  const exact = chooseMethod(parameters, setting);
  let estimate: Method | undefined;
  const row = new Float64Array(encoder.size);

  function methodFor(asked: 'probability' | undefined): Method {
    if (asked === undefined || exact.explained === asked) return exact;
    estimate ??= byPermutations(createMixture(parameters, setting), setting);
    return estimate;
  }

  return function explain(sample, asked) {
    const { explained, attribute } = methodFor(asked);
    encoder.encode(sample, row, 0);
    const attribution = attribute(row);
    const base = Array.from(attribution.base);
    const contributions = toRows(attribution.contributions, setting.classCount);
    return {
      explained,
      base,
      contributions,
      ...(attribution.errors && { errors: toRows(attribution.errors, setting.classCount) }),
      total: base.map((share, label) => contributions.reduce((sum, shares) => sum + shares[label]!, share)),
      referenceCount: setting.referenceCount,
    };
  };
}

/** Tells why a model's predictions cannot be explained; undefined when they can. */
export function findObstacle({ samples }: Pick<ExplainedModel, 'samples'>): ExplanationError | undefined {
  if (samples.length > 0) return undefined;
  return new ExplanationError('EXPLANATION_REFERENCES', 'The model has no reference samples to compare with.');
}

function chooseMethod(parameters: ExplainedModel['parameters'], setting: MethodSetting): Method {
  const canTryAll = canTryCoalitions(parameters, setting);
  if (parameters.kind === 'rf' || parameters.kind === 'gbt') {
    const trees = parseTreeModel(parameters);
    // Where shares of votes are the probabilities, the trees give these at once.
    if (trees.areProbabilities || !canTryAll) return byTrees(trees, setting);
  }
  if (canTryAll) return byCoalitions(parseModel(parameters), setting);
  return parameters.kind === 'svm'
    ? byKernels(parseKernelModel(parameters), setting)
    : byWeights(parseLinearModel(parameters), setting);
}

function createMixture(parameters: ExplainedModel['parameters'], setting: MethodSetting): Mixture {
  return parameters.kind === 'svm' ? mixKernels(parseKernelModel(parameters), setting) : mixRows(parseModel(parameters), setting);
}

function toRows(matrix: ArrayLike<number>, width: number): number[][] {
  const values = Array.from(matrix);
  return Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width));
}
