/** Explains a prediction: what each feature adds to each class's probability. */
export { ExplanationError, type ExplanationErrorCode } from './errors.ts';
export { type ExplainedModel, type Explainer, findObstacle, prepareExplainer } from './explain.ts';
export type { Explained, Explanation } from './explanation.ts';
