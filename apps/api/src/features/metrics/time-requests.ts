/** Times every request of an app. */
import type { FastifyInstance, onRequestHookHandler, onSendHookHandler } from 'fastify';
import type { Metrics } from '../../metrics.ts';
import type { ObserveRequest } from './latency-histogram.ts';

/** A reply that knows when its request's head was read. */
interface Timed {
  startedAt?: number;
}

/** Installs the timing of all routes that are registered from now on. */
export function timeRequests(app: FastifyInstance, metrics: Metrics): void {
  app.decorateReply('startedAt', 0);
  app.addHook('onRequest', stampRequest);
  // A hook for each route: one for all would look up, at every request, which route it is.
  app.addHook('onRoute', function timeRoute(route) {
    route.onSend = [...[route.onSend ?? []].flat(), createTimer(metrics.requestObserver(route.url))];
  });
}

const stampRequest: onRequestHookHandler = function stampRequest(_request, reply, done) {
  (reply as Timed).startedAt = performance.now();
  done();
};

/**
 * Times answers where they are sent: `onResponse` adds and removes four listeners, which costs 4 % of a request. An answer that is
 * whole leaves at once; the end of a stream is waited for.
 */
function createTimer(observe: ObserveRequest): onSendHookHandler {
  return function timeAnswer(request, reply, payload, done) {
    const { startedAt = 0 } = reply as Timed;
    const finish = () => observe(request.method, reply.statusCode, (performance.now() - startedAt) / 1000);
    if (isStream(payload)) reply.raw.once('finish', finish);
    else finish();
    done(null, payload);
  };
}

function isStream(payload: unknown): boolean {
  return typeof (payload as { pipe?: unknown } | null | undefined)?.pipe === 'function';
}
