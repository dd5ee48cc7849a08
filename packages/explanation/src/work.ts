/** Whether all coalitions of features can be tried: counted, not timed, so that a model is explained alike wherever it is served. */
import type { GradientBoostingParameters, ModelParameters } from '@iris/model';
import type { MethodSetting } from './explanation.ts';

/** Coalitions of more features would not fit the memory of a pod, with a thousand classes. */
const MAX_FEATURES = 12;
/** Steps of some nanoseconds each: a tenth of a second. */
const MAX_STEPS = 2e7;

/** Whether the coalitions are few enough, and so is the work for all of them together. */
export function canTryCoalitions(
  parameters: ModelParameters | GradientBoostingParameters,
  { featureCount, referenceCount }: Pick<MethodSetting, 'featureCount' | 'referenceCount'>,
): boolean {
  return featureCount <= MAX_FEATURES && 2 ** featureCount * referenceCount * stepsOf(parameters) <= MAX_STEPS;
}

/** Steps of a prediction. */
function stepsOf(parameters: ModelParameters | GradientBoostingParameters): number {
  switch (parameters.kind) {
    case 'logreg':
      return parameters.coefficients.length;
    case 'svm':
      return parameters.supportVectors.length + parameters.dualCoefficients.length;
    default:
      return 'trees' in parameters
        ? nodesOnPaths(parameters.trees.treeCount, parameters.trees.nodeCount)
        : nodesOnPaths(parameters.roots.length, parameters.featureIndexes.length);
  }
}

/** Nodes that a row visits in trees that are as deep as balanced ones of their size. */
function nodesOnPaths(treeCount: number, nodeCount: number): number {
  return treeCount * (1 + Math.log2(nodeCount / treeCount));
}
