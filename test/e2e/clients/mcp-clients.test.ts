/** Python's clients of the Model Context Protocol judge the MCP server. Runs when IRIS_PYTHON_CLIENTS=1: it needs Python and its packages. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { preparePython } from '../../../scripts/python-environment.ts';
import { type ApiProcess, startApiProcess } from '../support/api-process.ts';
import { type McpProcess, startMcpProcess } from '../support/mcp-process.ts';

const TOKEN = 'token-of-the-test';
const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const CLIENTS = ['mcp', 'fastmcp', 'pydantic-ai'];
const PATHS = ['/mcp', '/sse'];
/** The first run installs packages. */
const INSTALL_MS = 300_000;

interface Outcome {
  readonly client: string;
  readonly path: string;
  /** Trace of the failure; null when the check passed. */
  readonly error: string | null;
}

let api: ApiProcess;
let server: McpProcess;
let outcomes: Outcome[] = [];

beforeAll(async () => {
  const python = preparePython('mcp-requirements.txt');
  api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'iris-rf.json') });
  server = await startMcpProcess({ API_URL: api.url, MCP_TOKEN: TOKEN });
  const script = join(import.meta.dirname, 'mcp_check.py');
  const { stdout } = await promisify(execFile)(python, [script, server.url, TOKEN, JSON.stringify(SAMPLE), 'setosa']);
  outcomes = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}, INSTALL_MS);
afterAll(async () => {
  await server.terminate();
  await api.terminate();
});

describe.each(CLIENTS)('%s', (client) => {
  it.each(PATHS)('F3-5: connects to %s with a token, lists the tools, calls them, sees their errors', (path) => {
    expect(outcomes.filter((outcome) => outcome.client === client && outcome.path === path)).toEqual([
      { client, path, error: null },
    ]);
  });
});
