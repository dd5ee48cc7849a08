/** Upper bounds of what a model may hold: they bound memory and the time of one prediction, whatever a document claims. */

/** Columns of an encoded sample. */
export const MAX_INPUT_SIZE = 10_000;
/** Classes; pairwise coupling costs the square of it. */
export const MAX_CLASS_COUNT = 1_000;
/** Trees of a forest. */
export const MAX_TREES = 10_000;
/** Trees of gradient boosting, over all rounds: with many classes a round has one for each. */
export const MAX_BOOSTED_TREES = 100_000;
/** Nodes of all trees together; a prediction visits each at most once. */
export const MAX_NODES = 5_000_000;
/** Support vectors of all classes together. */
export const MAX_SUPPORT_VECTORS = 200_000;
/** Numbers in any one array. */
export const MAX_ARRAY_LENGTH = 10_000_000;
/**
 * Magnitude of a parameter or feature; a scale lies between its reciprocal and it. Squared standardized distances times
 * gamma then stay below 1e260, so no finite row can turn a probability into NaN.
 */
export const MAX_MAGNITUDE = 1e50;
