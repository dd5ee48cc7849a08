/** Every error leaves as `application/problem+json` (RFC 9457), with a code; a fault of ours shows nothing of the inside. */
import { problemDocument, RETRY_AFTER_S } from '@iris/http-server';
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, ERROR_STATUS, type ErrorCode, type FieldFault } from '../errors.ts';
import { isDeparture, logDeparture } from './departures.ts';
import { fieldFaults } from './validation-faults.ts';

/** An error as it is shown to the caller. */
export interface ShownError {
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors: readonly FieldFault[];
}

const NOT_JSON = 'The body is not JSON. Names and texts stand in double quotes; NaN and Infinity are no numbers of JSON.';

const FASTIFY_CODES: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'MEDIA_TYPE_UNSUPPORTED',
    'This route does not take this content type. JSON needs the header content-type: application/json.',
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: [
    'BODY_TOO_LARGE',
    'The body is larger than this route takes (BODY_LIMIT). Send many rows to /predict/batch as NDJSON or CSV.',
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['JSON_MALFORMED', 'The body is empty.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['JSON_MALFORMED', NOT_JSON],
  FST_ERR_MAX_PARAM_LENGTH: ['URI_TOO_LONG', 'A part of the path is too long.'],
};

/** What may be shown of an error: a coded or client-side one as it is, anything else as `INTERNAL`. */
export function showError(error: FastifyError | Error): ShownError {
  if (error instanceof ApiError) return shown(error.code, error.message, error.errors);
  const { code = '', statusCode = 500, validation, validationContext } = error as Partial<FastifyError>;
  if (validation)
    return shown('VALIDATION_FAILED', `The request's ${validationContext ?? 'body'} is not valid.`, fieldFaults(validation));
  const known = FASTIFY_CODES[code];
  if (known) return shown(...known);
  if (error instanceof SyntaxError && statusCode === 400) return shown('JSON_MALFORMED', NOT_JSON);
  if (statusCode >= 400 && statusCode < 500) return shown('BAD_REQUEST', 'The request cannot be read.');
  return shown('INTERNAL', 'Something failed inside the server; it has been logged.');
}

function shown(code: ErrorCode, detail: string, errors: readonly FieldFault[] = []): ShownError {
  return { status: ERROR_STATUS[code], code, detail, errors };
}

/** Logs a fault of ours with its trace; a caller's fault is not worth a line. */
function logFault(logger: FastifyBaseLogger, request: FastifyRequest, error: unknown, { status, code }: ShownError): void {
  if (status === 500) logger.error({ err: error, code, reqId: request.id, route: request.routeOptions.url }, 'request failed');
}

/** Answers an error. */
export type SendError = (reply: FastifyReply, error: ShownError) => FastifyReply;

/** Sends an error as a problem document. */
export function sendProblem(reply: FastifyReply, { status, code, detail, errors }: ShownError): FastifyReply {
  const problem = { ...problemDocument(status, code, detail), ...(errors.length > 0 && { errors }) };
  return sendError(reply, status, 'application/problem+json', problem);
}

/** Sends an error document with the header fields that its status asks for. */
export function sendError(reply: FastifyReply, status: number, contentType: string, document: object): FastifyReply {
  if (status === 503) reply.header('retry-after', RETRY_AFTER_S);
  // Serialized here: a route's own response schemas are for its answers.
  return reply.code(status).type(contentType).serializer(JSON.stringify).send(document);
}

/** Installs the error handler; a scope that speaks a protocol of its own gives that protocol's `send`. */
export function installProblems(app: FastifyInstance, logger: FastifyBaseLogger, send: SendError = sendProblem): void {
  app.setErrorHandler(function handleError(error: FastifyError, request, reply) {
    const shownError = showError(error);
    if (isDeparture(error, reply)) logDeparture(logger, reply);
    else logFault(logger, request, error, shownError);
    return send(reply, shownError);
  });
}
