/** Problems that the client has a text for. */

/** Codes of the messages `state.problems`. */
const EXPLAINED = [
  'API_UNREACHABLE',
  'API_TIMEOUT',
  'API_KEY_REFUSED',
  'API_ANSWER_INVALID',
  'CLIENT_UNREACHABLE',
  'OVERLOADED',
  'MODEL_NOT_LOADED',
  'DRAINING',
  'VALIDATION_FAILED',
  'EXPLANATION_TIMEOUT',
  'DRIFT_TIMEOUT',
  'LOG_NOT_CONFIGURED',
  'LOG_UNAVAILABLE',
  'PREDICTION_NOT_FOUND',
  'REQUEST_ID_AMBIGUOUS',
  'LOGIN_REQUIRED',
  'API_KEY_NEEDED',
  'REGISTRY_NOT_CONFIGURED',
  'REGISTRY_VERSION_UNKNOWN',
  'REGISTRY_VERSION_REFUSED',
  'REGISTRY_VERSION_DAMAGED',
  'REGISTRY_NO_EARLIER',
  'REGISTRY_CURRENT_CHANGED',
  'REGISTRY_UNREADABLE',
  'REGISTRY_UNWRITABLE',
  'REGISTRY_LOCKED',
  'REGISTRY_LOCK_LOST',
] as const;

/** The other codes of a registry are one case for a reader: no model is served yet. */
const NO_MODEL = /^(REGISTRY_|CURRENT_MODEL_|MODEL_UNREADABLE|MLFLOW_|MODEL_VERSION_)/;

export type ExplainedCode = (typeof EXPLAINED)[number] | 'OTHER';

/** The code under which a problem is explained. */
export function explainedCode(code: string): ExplainedCode {
  const known = EXPLAINED.find((each) => each === code);
  return known ?? (NO_MODEL.test(code) ? 'MODEL_NOT_LOADED' : 'OTHER');
}
