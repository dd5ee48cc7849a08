/** Errors of the MCP routes: JSON-RPC, whatever went wrong, and nothing of the inside. */
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from 'pino';

/** JSON-RPC's own codes, and the one that it leaves to servers. */
const PARSE_ERROR = -32_700;
export const INVALID_REQUEST = -32_600;
const INTERNAL_ERROR = -32_603;
export const REFUSED = -32_000;

/** Answers an error that belongs to no readable request. */
export function sendJsonRpcError(reply: FastifyReply, status: number, code: number, message: string): FastifyReply {
  return reply.code(status).type('application/json').send({ jsonrpc: '2.0', error: { code, message }, id: null });
}

/** A body that nests too deeply, or has an object too wide, to be parsed. */
export class TooComplexError extends Error {
  readonly code = 'JSON_TOO_COMPLEX';
  readonly statusCode = 400;
}

const KNOWN: Readonly<Record<string, readonly [code: number, message: string]>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: [PARSE_ERROR, 'Parse error: the body is not JSON, or names what no message may.'],
  JSON_TOO_COMPLEX: [INVALID_REQUEST, 'The message is nested too deeply, or has an object of too many names.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [PARSE_ERROR, 'Parse error: the body is empty.'],
  FST_ERR_CTP_BODY_TOO_LARGE: [REFUSED, 'The body is larger than this server takes.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [REFUSED, 'Unsupported Media Type: Content-Type must be application/json.'],
};

/** Installs the error handler of a scope. */
export function answerInJsonRpc(scope: FastifyInstance, logger: Logger): void {
  scope.setErrorHandler(function handleError(error: FastifyError, request, reply) {
    const { statusCode = 500 } = error;
    const known = KNOWN[error.code];
    if (known) return sendJsonRpcError(reply, statusCode, ...known);
    if (statusCode < 500) return sendJsonRpcError(reply, statusCode, INVALID_REQUEST, 'The request cannot be read.');
    logger.error({ err: error, route: request.routeOptions.url }, 'request failed');
    return sendJsonRpcError(reply, 500, INTERNAL_ERROR, 'Internal error.');
  });
}
