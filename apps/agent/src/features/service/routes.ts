/** What the process says of itself: `/` in words, `/health` that it lives, `/ready` whether it can answer, `/metrics` in figures. */
import { oncePerTurn } from '@iris/http-server';
import type { FastifyInstance } from 'fastify';
import type { AppDependencies } from '../../dependencies.ts';
import { AgentError } from '../../errors.ts';
import { describeModel } from '../../providers/create-model.ts';
import { HealthAnswer, InfoAnswer, MetricsAnswer, ReadyAnswer } from './schema.ts';

/** Registers the routes. */
export function registerService(app: FastifyInstance, { config, server, lifecycle, metrics }: AppDependencies): void {
  const toolNames = () => server.tools()?.map(({ name }) => name) ?? [];

  app.get('/', { schema: { response: { 200: InfoAnswer } } }, () => ({
    name: 'iris-agent',
    model: describeModel(config),
    chat: 'POST /chat {"messages":[{"role":"user","parts":[{"type":"text","text":"…"}]}]}',
    tools: toolNames(),
  }));

  app.get('/health', { schema: { response: { 200: HealthAnswer } } }, () => ({
    status: 'healthy',
    connected: server.tools() !== undefined,
    model: describeModel(config),
  }));

  app.get('/ready', { schema: { response: { 200: ReadyAnswer } } }, () => {
    if (lifecycle.draining) throw new AgentError('DRAINING', 'This instance is shutting down.');
    if (server.tools() === undefined) throw new AgentError('TOOLS_UNAVAILABLE', 'The MCP server has not been reached yet.');
    return { status: 'ready', tools: toolNames() };
  });

  const text = oncePerTurn(() => metrics.registry.metrics());
  app.get('/metrics', { schema: { response: { 200: MetricsAnswer } } }, async (_request, reply) => {
    reply.type(metrics.registry.contentType);
    return text();
  });
}
