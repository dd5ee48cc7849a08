/** Every error leaves as `application/problem+json` (RFC 9457), with a code; a fault of ours shows nothing of the inside. */
import { problemDocument, RETRY_AFTER_S } from '@iris/http-server';
import type { FastifyBaseLogger, FastifyError, FastifyInstance } from 'fastify';
import { AgentError, ERROR_STATUS, type ErrorCode } from '../errors.ts';

/** More faults than this help nobody. */
const MAX_FAULTS = 20;

const FASTIFY_CODES: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['MEDIA_TYPE_UNSUPPORTED', 'This route takes application/json.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['BODY_TOO_LARGE', 'The body is larger than BODY_LIMIT: begin a new conversation.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['JSON_MALFORMED', 'The body is empty.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['JSON_MALFORMED', 'The body is not JSON.'],
};

/** What may be shown of an error: a coded or client-side one as it is, anything else as `INTERNAL`. */
function showError(error: FastifyError | Error): AgentError {
  if (error instanceof AgentError) return error;
  const { code = '', statusCode = 500, validation } = error as Partial<FastifyError>;
  if (validation) {
    const faults = validation.slice(0, MAX_FAULTS);
    return new AgentError(
      'VALIDATION_FAILED',
      "The request's body is not valid.",
      faults.map(({ instancePath, message = 'is wrong' }) => ({ pointer: instancePath, detail: message })),
    );
  }
  const known = FASTIFY_CODES[code];
  if (known) return new AgentError(...known);
  if (error instanceof SyntaxError && statusCode === 400) return new AgentError('JSON_MALFORMED', 'The body is not JSON.');
  if (statusCode >= 400 && statusCode < 500) return new AgentError('BAD_REQUEST', 'The request cannot be read.');
  return new AgentError('INTERNAL', 'Something failed inside the server; it has been logged.');
}

/** Installs the error handler. */
export function installProblems(app: FastifyInstance, logger: FastifyBaseLogger): void {
  app.setErrorHandler(function handleError(error: FastifyError, request, reply) {
    const { code, message: detail, errors } = showError(error);
    const status = ERROR_STATUS[code];
    if (status === 500) logger.error({ err: error, code, route: request.routeOptions.url }, 'request failed');
    if (status === 503) reply.header('retry-after', RETRY_AFTER_S);
    const problem = { ...problemDocument(status, code, detail), ...(errors.length > 0 && { errors }) };
    return reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(problem);
  });
}
