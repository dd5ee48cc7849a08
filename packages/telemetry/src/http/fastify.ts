/** What Fastify knows of a request and its span does not: the route. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Span, Telemetry } from '../telemetry.ts';

/**
 * Names the spans of an app's requests by their routes. Registered before the routes.
 *
 * The span is entered again once the body is there: its last part arrives in the context of the connection, not of the request.
 */
export function nameRoutes(app: FastifyInstance, telemetry: Telemetry): void {
  if (!telemetry.isOn) return;
  const spans = new WeakMap<FastifyRequest, Span>();
  app.addHook('onRequest', function nameSpan(request, _reply, done) {
    const span = telemetry.active();
    const { url: route } = request.routeOptions;
    if (span) spans.set(request, span);
    if (span && route !== undefined) span.updateName(`${request.method} ${route}`).setAttribute('http.route', route);
    done();
  });
  app.addHook('preValidation', function enterSpan(request, _reply, done) {
    telemetry.within(spans.get(request), done);
  });
}
