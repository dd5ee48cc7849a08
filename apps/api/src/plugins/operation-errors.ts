/** Which errors an operation of the OpenAPI document can answer with: derived from where it is and what it takes. */
import type { ErrorCode } from '../errors.ts';

/** What is read of an operation. */
export interface Operation {
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly in: string }[];
  readonly requestBody?: unknown;
  readonly responses: Record<string, unknown>;
  security?: readonly object[];
}

/** Which secrets are asked for. */
export interface Guards {
  readonly apiKey: boolean;
  readonly monitoringToken: boolean;
}

/** Given before a request has reached its route, whichever that is. */
const OF_EVERY_REQUEST: readonly ErrorCode[] = ['REQUEST_MALFORMED', 'REQUEST_TIMEOUT', 'HEADERS_TOO_LARGE', 'INTERNAL'];
const OF_A_BODY: readonly ErrorCode[] = [
  'BAD_REQUEST',
  'JSON_MALFORMED',
  'BODY_TOO_LARGE',
  'MEDIA_TYPE_UNSUPPORTED',
  'VALIDATION_FAILED',
  'OVERLOADED',
];
const WITHOUT_A_MODEL: readonly ErrorCode[] = [
  'MODEL_NOT_LOADED',
  'REGISTRY_NOT_MOUNTED',
  'CURRENT_MODEL_MISSING',
  'CURRENT_MODEL_EMPTY',
  'CURRENT_MODEL_OUTSIDE',
  'MODEL_UNREADABLE',
  'MLFLOW_UNAVAILABLE',
  'MODEL_VERSION_MISSING',
];

const OF_THE_REGISTRY: readonly ErrorCode[] = ['REGISTRY_NOT_MOUNTED', 'REGISTRY_UNREADABLE'];
const OF_A_VERSION: readonly ErrorCode[] = ['REGISTRY_NOT_CONFIGURED', 'REGISTRY_VERSION_UNKNOWN'];
const OF_THE_CURRENT_VERSION: readonly ErrorCode[] = [
  'REGISTRY_NOT_CONFIGURED',
  'CURRENT_MODEL_MISSING',
  'CURRENT_MODEL_EMPTY',
  'CURRENT_MODEL_OUTSIDE',
];
const OF_A_CHANGE: readonly ErrorCode[] = [
  'REGISTRY_NOT_CONFIGURED',
  'REGISTRY_VERSION_UNKNOWN',
  'REGISTRY_VERSION_REFUSED',
  'REGISTRY_VERSION_DAMAGED',
  'REGISTRY_NO_EARLIER',
  'REGISTRY_CURRENT_CHANGED',
  'REGISTRY_UNWRITABLE',
  'REGISTRY_LOCKED',
  'REGISTRY_LOCK_LOST',
];

const ANSWERS_WITHOUT_A_MODEL = /^\/(version|health|metrics|models(\/.*)?|v2\/|v2\/health\/live)?$/;
const IS_OF_MODELS = /^\/models(\/|$)/;
export const METRICS_PATH = '/metrics';
const IS_READINESS = /\/ready$/;
/** Routes that predict, explain, read the log, take feedback, show rows of the training, or show and change the registry. */
const IS_PROTECTED = /^\/(predict|explain|predictions|feedback|drift|invocations|samples|models)(\/|$)|\/infer$/;

/** Whether the path asks for the API's key, when one is set, and sheds load. */
export function isProtected(path: string): boolean {
  return IS_PROTECTED.test(path);
}

/** The codes, each once. */
export function errorCodesOf(path: string, operation: Operation, guards: Guards): readonly ErrorCode[] {
  const takes = (place: string) => operation.parameters?.some((parameter) => parameter.in === place) ?? false;
  const isChange = IS_OF_MODELS.test(path) && operation.requestBody !== undefined;
  const rules: readonly (readonly [applies: boolean, codes: readonly ErrorCode[]])[] = [
    [true, OF_EVERY_REQUEST],
    [operation.requestBody !== undefined, OF_A_BODY],
    [takes('query'), ['VALIDATION_FAILED']],
    [takes('path'), ['NOT_FOUND', 'URI_TOO_LONG']],
    [isProtected(path), ['OVERLOADED']],
    [isProtected(path) && guards.apiKey, ['UNAUTHORIZED']],
    [path === METRICS_PATH && guards.monitoringToken, ['UNAUTHORIZED']],
    [!ANSWERS_WITHOUT_A_MODEL.test(path), WITHOUT_A_MODEL],
    [IS_READINESS.test(path), ['DRAINING']],
    [operation.tags?.includes('prediction log') ?? false, ['LOG_NOT_CONFIGURED', 'LOG_UNAVAILABLE']],
    [IS_OF_MODELS.test(path), OF_THE_REGISTRY],
    [IS_OF_MODELS.test(path) && takes('path'), OF_A_VERSION],
    [path === '/models/current' && !isChange, OF_THE_CURRENT_VERSION],
    [isChange, OF_A_CHANGE],
    [isChange && !guards.apiKey, ['API_KEY_NEEDED']],
    [path === '/explain', ['EXPLANATION_REFERENCES', 'EXPLANATION_TIMEOUT']],
    [/^\/predict(\/batch)?$/.test(path), ['PREDICTION_SET_UNAVAILABLE']],
    [path.startsWith('/drift'), ['DRIFT_TIMEOUT']],
    [path === '/feedback', ['PREDICTION_NOT_FOUND', 'FEEDBACK_GIVEN', 'REQUEST_ID_AMBIGUOUS']],
  ];
  return [...new Set(rules.flatMap(([applies, codes]) => (applies ? codes : [])))];
}
