/** Who may use the MCP routes: looked at before a body is read. Probes and metrics are outside, so that a kubelet is not refused. */
import { clientOf, createTokenBuckets, exceededBound } from '@iris/http-server';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/fastify';
import type { FastifyInstance, onRequestAsyncHookHandler, preValidationAsyncHookHandler } from 'fastify';
import { namesOf, type ServerConfig } from '../config.ts';
import type { Metrics } from '../metrics.ts';
import { INVALID_REQUEST, REFUSED, sendJsonRpcError, TooComplexError } from './json-rpc.ts';
import { answerPages } from './pages.ts';
import { requireToken, type TokenCheck } from './require-token.ts';

type GuardSettings = Pick<ServerConfig, 'ALLOWED_HOSTS' | 'ALLOWED_ORIGINS' | 'OAUTH_ISSUER' | 'PUBLIC_URL' | 'RATE_LIMIT'>;

/** Installs the guards of a scope: Host and Origin against DNS rebinding, rate, token, shape. What they refuse an allowed page can read. */
export function guard(
  scope: FastifyInstance,
  settings: GuardSettings,
  tokenChecks: readonly TokenCheck[],
  metrics: Metrics,
  clock: () => number,
): void {
  const hosts = namesOf(settings.ALLOWED_HOSTS);
  const origins = namesOf(settings.ALLOWED_ORIGINS);
  if (!hosts.includes('*'))
    scope.addHook(
      'onRequest',
      counted(hostHeaderValidation(hosts), () => metrics.countRefused('host')),
    );
  if (!origins.includes('*'))
    scope.addHook(
      'onRequest',
      counted(originValidation(origins), () => metrics.countRefused('origin')),
    );
  answerPages(scope, origins);
  if (settings.RATE_LIMIT > 0) scope.addHook('onRequest', limitRate(settings.RATE_LIMIT, metrics, clock));
  if (tokenChecks.length > 0) scope.addHook('onRequest', requireToken(tokenChecks, settings, metrics));
  parseShallow(scope, metrics);
  scope.addHook('preValidation', refuseBatches(metrics));
}

type Guard = (...args: Parameters<ReturnType<typeof hostHeaderValidation>>) => Promise<unknown>;

function counted(check: Guard, count: () => void): onRequestAsyncHookHandler {
  return async function countRefusal(request, reply) {
    await check(request, reply);
    if (reply.sent) count();
  };
}

function limitRate(perSecond: number, metrics: Metrics, clock: () => number): onRequestAsyncHookHandler {
  const buckets = createTokenBuckets(perSecond, perSecond, clock);
  return async function checkRate(request, reply) {
    if (buckets.take(clientOf(request.ip)) === 0) return;
    metrics.countRefused('rate');
    reply.header('retry-after', 1);
    return sendJsonRpcError(reply, 429, REFUSED, 'Too many requests from this address; try again in a second.');
  };
}

/** One revision of the protocol had batches, and the SDK still reads them: a single request of a thousand calls. A batch of one is a message. */
function refuseBatches(metrics: Metrics): preValidationAsyncHookHandler {
  return async function checkShape({ body }, reply) {
    if (!Array.isArray(body) || body.length === 1) return;
    metrics.countRefused('malformed');
    return sendJsonRpcError(reply, 400, INVALID_REQUEST, 'Batches are not taken: send one message.');
  };
}

/** Parses JSON as Fastify does, what nests too deeply or is too wide excepted. */
function parseShallow(scope: FastifyInstance, metrics: Metrics): void {
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser<string>('application/json', { parseAs: 'string' }, function parseBody(request, body, done) {
    if (!exceededBound(body)) return parse(request, body, done);
    metrics.countRefused('malformed');
    done(new TooComplexError());
  });
}
