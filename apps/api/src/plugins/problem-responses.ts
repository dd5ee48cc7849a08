/** Adds to the OpenAPI document what each operation answers when it fails: the statuses with their codes, in the protocol's shape. */
import { STATUS_CODES } from 'node:http';
import { Type } from 'typebox';
import { ERROR_STATUS, type ErrorCode } from '../errors.ts';
import { errorCodesOf, type Guards, isProtected, METRICS_PATH, type Operation } from './operation-errors.ts';

const FieldFault = Type.Object({
  pointer: Type.String({ description: 'JSON pointer into the body or the parameters (RFC 6901).' }),
  detail: Type.String(),
});

/** Shapes of errors, as components of the document. */
export const ERROR_SCHEMAS = {
  Problem: Type.Object(
    {
      type: Type.String(),
      title: Type.String(),
      status: Type.Integer({ description: 'The status of the answer.' }),
      code: Type.Enum(Object.keys(ERROR_STATUS) as ErrorCode[]),
      detail: Type.String(),
      errors: Type.Optional(Type.Array(FieldFault, { description: 'What is not valid, and where.' })),
    },
    { description: 'RFC 9457 problem details.' },
  ),
  InferenceError: Type.Object({ error: Type.String() }, { description: 'An error of the Open Inference Protocol.' }),
  MlflowError: Type.Object(
    { error_code: Type.String(), message: Type.String() },
    { description: 'An error of MLflow’s protocol.' },
  ),
};

/** How a protocol answers errors. */
interface Shape {
  readonly mediaType: string;
  readonly schema: keyof typeof ERROR_SCHEMAS;
  readonly statusOf: (code: ErrorCode) => number;
}

const PROBLEM: Shape = { mediaType: 'application/problem+json', schema: 'Problem', statusOf: (code) => ERROR_STATUS[code] };
const INFERENCE: Shape = { ...PROBLEM, mediaType: 'application/json', schema: 'InferenceError' };
const MLFLOW: Shape = {
  mediaType: 'application/json',
  schema: 'MlflowError',
  statusOf: (code) => (code === 'VALIDATION_FAILED' ? 400 : ERROR_STATUS[code]),
};

/** Answered by the server itself, which knows no protocol but its own. */
const BEFORE_ROUTING: ReadonlySet<ErrorCode> = new Set(['REQUEST_MALFORMED', 'REQUEST_TIMEOUT', 'HEADERS_TOO_LARGE']);

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } };
const CHALLENGE = { 'WWW-Authenticate': { description: 'How the secret is to be sent.', schema: { type: 'string' } } };
const HEADERS: Readonly<Record<number, object>> = { 401: { headers: CHALLENGE }, 503: { headers: RETRY_AFTER } };

type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** Completes the operations in place. */
export function addProblemResponses(paths: Paths, guards: Guards): void {
  for (const [path, operations] of Object.entries(paths)) {
    for (const operation of Object.values(operations)) {
      const codes = errorCodesOf(path, operation, guards);
      Object.assign(operation.responses, describeErrors(codes, shapeOf(path)));
      if (guards.apiKey && isProtected(path)) operation.security = [{ apiKey: [] }];
      if (guards.monitoringToken && path === METRICS_PATH) operation.security = [{ monitoringToken: [] }];
    }
  }
}

function shapeOf(path: string): Shape {
  if (path.startsWith('/v2/')) return INFERENCE;
  return path === '/invocations' ? MLFLOW : PROBLEM;
}

function describeErrors(codes: readonly ErrorCode[], shape: Shape): Record<string, object> {
  const byStatus = Map.groupBy(codes, shape.statusOf);
  const responses = [...byStatus].map(([status, own]) => {
    const description = `${STATUS_CODES[status]}: ${own.map((code) => `\`${code}\``).join(', ')}`;
    const content = Object.assign({}, ...own.map((code) => describeContent(BEFORE_ROUTING.has(code) ? PROBLEM : shape)));
    return [status, { description, content, ...HEADERS[status] }];
  });
  return Object.fromEntries(responses);
}

function describeContent({ mediaType, schema }: Shape): object {
  return { [mediaType]: { schema: { $ref: `#/components/schemas/${schema}` } } };
}
