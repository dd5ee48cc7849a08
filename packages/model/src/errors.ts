/** Errors of the model package: one class, a code, and the values that explain it. */

/**
 * - `MODEL_NOT_AN_OBJECT`: the parameters, or a nested member, are no JSON object.
 * - `MODEL_KIND_UNKNOWN`: `kind` names no algorithm of this package.
 * - `MODEL_ARRAY_LENGTH`: a member is no array, or one of another length than the sizes ask for.
 * - `MODEL_NUMBER`: a number is missing, not finite, not whole where it must be, or out of its bounds.
 * - `MODEL_COUNTS`: counts do not sum to the size they divide.
 * - `MODEL_BYTES`: a member is not the base64 of as many bytes as the sizes ask for.
 * - `MODEL_TREE`: the nodes are no set of trees (a child before its parent, a node reached twice, half a leaf, cuts that do not ascend).
 * - `MODEL_FEATURE_COUNT`: a row to predict has another number of columns than the model.
 * - `MODEL_FEATURE_VALUE`: a row to predict holds a value that is not finite or beyond `MAX_MAGNITUDE`.
 */
export type ModelErrorCode =
  | 'MODEL_NOT_AN_OBJECT'
  | 'MODEL_KIND_UNKNOWN'
  | 'MODEL_ARRAY_LENGTH'
  | 'MODEL_NUMBER'
  | 'MODEL_COUNTS'
  | 'MODEL_BYTES'
  | 'MODEL_TREE'
  | 'MODEL_FEATURE_COUNT'
  | 'MODEL_FEATURE_VALUE';

/** The values behind an error, such as `{ field: 'thresholds', index: 7, value: null }`. */
export type ModelErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** Parameters that cannot be used, or a row that does not fit the model. */
export class ModelError extends Error {
  readonly code: ModelErrorCode;
  readonly details: ModelErrorDetails;

  constructor(code: ModelErrorCode, message: string, details: ModelErrorDetails) {
    super(message);
    this.name = 'ModelError';
    this.code = code;
    this.details = details;
  }
}
