/** Routes for those who run the server: readiness, liveness, metrics. They ask for no token, and for no name of the server. */
import { oncePerTurn } from '@iris/http-server';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics.ts';
import type { ModelWatch } from '../model-watch.ts';
import { HealthAnswer, InfoAnswer, MetricsAnswer } from './schema.ts';

/** Where the process is in its life. */
export interface Lifecycle {
  draining: boolean;
}

/** Answered however busy the server is: a busy pod is neither restarted nor unobserved. */
export const VITAL_PATHS = ['/', '/health', '/metrics'];

export interface ServiceParts {
  readonly models: Pick<ModelWatch, 'current'>;
  readonly lifecycle: Lifecycle;
  readonly metrics: Metrics;
}

/** Registers the routes. */
export function registerService(app: FastifyInstance, { models, lifecycle, metrics }: ServiceParts): void {
  app.get('/', { schema: { response: { 200: InfoAnswer, 503: InfoAnswer } } }, (_request, reply) => {
    const status = lifecycle.draining ? 'draining' : models.current() ? 'ready' : 'waiting for the model of the API';
    reply.code(status === 'ready' ? 200 : 503);
    return { name: 'iris-mcp-server', status, endpoints: { streamable_http: '/mcp', sse: '/sse' } };
  });
  app.get('/health', { schema: { response: { 200: HealthAnswer } } }, () => ({ status: 'ok' }));
  const text = oncePerTurn(() => metrics.registry.metrics());
  app.get('/metrics', { schema: { response: { 200: MetricsAnswer } } }, async (_request, reply) => {
    reply.type(metrics.registry.contentType);
    return text();
  });
}
