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

const ANSWERS_WITHOUT_A_MODEL = new Set(['/', '/version', '/health', '/metrics', '/v2/', '/v2/health/live']);
export const METRICS_PATH = '/metrics';
const IS_READINESS = /\/ready$/;
/** Routes that predict, explain, read the log, take feedback or show rows of the training. */
const IS_PROTECTED = /^\/(predict|explain|predictions|feedback|drift|invocations|samples)(\/|$)|\/infer$/;

/** Whether the path asks for the API's key, when one is set, and sheds load. */
export function isProtected(path: string): boolean {
  return IS_PROTECTED.test(path);
}

/** The codes, each once. */
export function errorCodesOf(path: string, operation: Operation, guards: Guards): readonly ErrorCode[] {
  const takes = (place: string) => operation.parameters?.some((parameter) => parameter.in === place) ?? false;
  const rules: readonly (readonly [applies: boolean, codes: readonly ErrorCode[]])[] = [
    [true, OF_EVERY_REQUEST],
    [operation.requestBody !== undefined, OF_A_BODY],
    [takes('query'), ['VALIDATION_FAILED']],
    [takes('path'), ['NOT_FOUND', 'URI_TOO_LONG']],
    [isProtected(path), ['OVERLOADED']],
    [isProtected(path) && guards.apiKey, ['UNAUTHORIZED']],
    [path === METRICS_PATH && guards.monitoringToken, ['UNAUTHORIZED']],
    [!ANSWERS_WITHOUT_A_MODEL.has(path), WITHOUT_A_MODEL],
    [IS_READINESS.test(path), ['DRAINING']],
    [operation.tags?.includes('prediction log') ?? false, ['LOG_NOT_CONFIGURED', 'LOG_UNAVAILABLE']],
    [path === '/explain', ['EXPLANATION_FEATURES', 'EXPLANATION_REFERENCES', 'EXPLANATION_TIMEOUT']],
    [path === '/drift', ['DRIFT_TIMEOUT']],
    [path === '/feedback', ['PREDICTION_NOT_FOUND', 'FEEDBACK_GIVEN', 'REQUEST_ID_AMBIGUOUS']],
  ];
  return [...new Set(rules.flatMap(([applies, codes]) => (applies ? codes : [])))];
}
