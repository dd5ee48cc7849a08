import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExportedSpan, startTestCollector, type TestCollector } from '@iris/telemetry/test-collector';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { ROOT } from '../../repository.ts';
import { type ApiProcess, startApiProcess } from '../support/api-process.ts';
import { ask, type Server, startMcpServer, startReadyAgent } from './support/stack.ts';

let directory: string;
let collector: TestCollector;
let api: ApiProcess;
let mcp: Server;
let tracing: Readonly<Record<string, string>>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-tracing-'));
  collector = await startTestCollector();
  tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '10' };
  api = await startApiProcess({
    MODEL_FILE: join(inject('models'), 'iris-rf.json'),
    PREDICTION_LOG: `file:${directory}`,
    ...tracing,
  });
  mcp = await startMcpServer(api.url, tracing);
});
afterAll(async () => {
  await mcp.terminate();
  await api.terminate();
  await collector.stop();
  await rm(directory, { recursive: true });
});

async function connectStdio(): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const args = [join(ROOT, 'apps/mcp-server/src/stdio/main.ts')];
  const env = { API_URL: api.url, ...tracing };
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env, stderr: 'ignore' }));
  return client;
}

beforeEach(() => collector.clear());

/** Service, name and kind of the spans from the first of a trace to the last, each the child of the one before. */
function chainFrom(first: ExportedSpan): string[] {
  const next = collector.spans.find(({ traceId, parentSpanId }) => traceId === first.traceId && parentSpanId === first.spanId);
  const kind = ['', 'internal', 'server', 'client'][first.kind];
  return [`${first.service['service.name']}: ${first.name} (${kind})`, ...(next ? chainFrom(next) : [])];
}

const spanOf = (service: string, name: string): ExportedSpan | undefined =>
  collector.spans.find((span) => span.service['service.name'] === service && span.name === name);

describe.each([
  ['mcp', '/mcp'],
  ['sse', '/messages'],
])('a question to the agent, which calls tools over /%s', (path, route) => {
  it('is one trace through agent, MCP server and API, without what was asked', async () => {
    const agent = await startReadyAgent(`${mcp.url}/${path}`, tracing);
    const answer = await ask(agent, 'predict 5.125 3.5 1.4 0.2');
    expect(answer.calls).toMatchObject([{ tool: 'predict', state: 'output-available' }]);
    const chat = () => spanOf('iris-agent', 'POST /chat');
    await expect
      .poll(() => chat() && chainFrom(chat()!))
      .toEqual([
        'iris-agent: POST /chat (server)',
        'iris-agent: tools/call predict (client)',
        `iris-mcp-server: POST ${route} (server)`,
        'iris-mcp-server: tools/call predict (server)',
        'iris-mcp-server: POST (client)',
        'iris-api: POST /predict (server)',
      ]);
    expect(spanOf('iris-agent', 'tools/call predict')?.attributes).toMatchObject({
      'mcp.method.name': 'tools/call',
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'predict',
      'server.port': mcp.port,
    });
    const sent = JSON.stringify(collector.spans, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
    for (const word of ['5.125', 'setosa']) expect(sent).not.toContain(word);
    await agent.terminate();
  });
});

describe('the MCP server', () => {
  it('continues the trace that a message names in _meta, over its standard input too', async () => {
    const client = await connectStdio();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const sample = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
    await client.callTool({ name: 'predict', arguments: sample, _meta: { traceparent } });
    await client.close();
    const call = () => spanOf('iris-mcp-server', 'tools/call predict');
    await expect.poll(call).toMatchObject({ parentSpanId: 'b7ad6b7169203331', attributes: { 'network.transport': 'pipe' } });
    await expect
      .poll(() => chainFrom(call()!))
      .toEqual([
        'iris-mcp-server: tools/call predict (server)',
        'iris-mcp-server: POST (client)',
        'iris-api: POST /predict (server)',
      ]);
  });

  it('says of a tool that refuses that it failed, and takes hostile trace contexts for none', async () => {
    const client = await connectStdio();
    for (const traceparent of [{ a: 1 }, 'x'.repeat(100_000), ['00'], null, 7]) {
      await client.callTool({ name: 'predict', arguments: {}, _meta: { traceparent, tracestate: 'y'.repeat(100_000) } });
    }
    await client.close();
    await expect.poll(() => collector.spans.filter(({ name }) => name === 'tools/call predict').length).toBe(5);
    for (const span of collector.spans.filter(({ name }) => name === 'tools/call predict')) {
      expect(span).toMatchObject({ parentSpanId: '', status: 2, attributes: { 'error.type': 'tool_error' } });
    }
  });
});
