/** The protocol's own inspector judges the server from its command line: schemas, names, every tool. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from '../support/api-process.ts';
import { type McpProcess, startMcpProcess } from '../support/mcp-process.ts';

const require = createRequire(import.meta.url);
const manifest = require.resolve('@modelcontextprotocol/inspector/package.json');
const INSPECTOR = join(dirname(manifest), require(manifest).bin['mcp-inspector']);
const TOKEN = 'token-of-the-test';
const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const CALLS = {
  predict: { ...SAMPLE, request_id: 'inspected' },
  'predict-batch': { instances: [SAMPLE] },
  'explain-prediction': SAMPLE,
  'describe-model': {},
  'list-predictions': { limit: 1 },
  'prediction-stats': {},
  'record-feedback': { request_id: 'inspected', label: 'setosa' },
  'compare-versions': {},
  'check-drift': { last: '7d' },
} as const;

const directory = mkdtempSync(join(tmpdir(), 'iris-inspector-'));
let api: ApiProcess;
let server: McpProcess;
beforeAll(async () => {
  const log = `file:${join(directory, 'log')}`;
  api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'iris-rf.json'), PREDICTION_LOG: log });
  server = await startMcpProcess({ API_URL: api.url, MCP_TOKEN: TOKEN });
});
afterAll(async () => {
  await server.terminate();
  await api.terminate();
  rmSync(directory, { recursive: true });
});

/** The result of a method, as the inspector prints it. */
async function inspect<T>(transport: readonly string[], method: readonly string[]): Promise<T> {
  const target = ['--server-url', `${server.url}${transport[0] === 'sse' ? '/sse' : '/mcp'}`, '--transport', ...transport];
  const options = ['--header', `Authorization: Bearer ${TOKEN}`, '--format', 'json', '-q', '--method', ...method];
  // Its catalogue of servers is kept out of the home folder.
  const env = { ...process.env, MCP_CATALOG_PATH: join(directory, 'catalog.json') };
  const { stdout } = await promisify(execFile)(process.execPath, [INSPECTOR, '--cli', ...target, ...options], { env });
  return JSON.parse(stdout).result;
}

describe.each([[['http']], [['http', '--protocol-era', 'modern']], [['sse']]])('the inspector over %s', (transport) => {
  it('F3-5: lists all tools, and its lint finds nothing', async () => {
    const { tools } = await inspect<{ tools: { name: string }[] }>(transport, ['tools/list', '--strict']);
    expect(tools.map(({ name }) => name)).toEqual(Object.keys(CALLS));
  });

  it.each(Object.entries(CALLS))('F3-5: calls %s', async (name, args) => {
    const call = [
      'tools/call',
      '--tool-name',
      name,
      '--tool-args-json',
      JSON.stringify(args).replace('inspected', `inspected over ${transport.join(' ')}`),
    ];
    expect(await inspect(transport, call)).toMatchObject({ structuredContent: expect.any(Object) });
  });
});
