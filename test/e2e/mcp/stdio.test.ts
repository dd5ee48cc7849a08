import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ROOT, readRepositoryFile } from '../../repository.ts';
import { type ApiProcess, startApiProcess } from '../support/api-process.ts';
import { TOOLS } from '../support/mcp-tools.ts';

const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const PROGRAM = join(ROOT, 'apps/mcp-server', JSON.parse(readRepositoryFile('apps/mcp-server/package.json')).bin['iris-mcp']);
const BUNDLE = join(ROOT, 'apps/mcp-server/dist/stdio.js');
const LIST = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })}\n`;

let api: ApiProcess;
beforeAll(async () => {
  api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'iris-rf.json') });
  execFileSync('npm', ['run', '--silent', 'build', '--workspace', '@iris/mcp-server'], { cwd: ROOT });
});
afterAll(() => api.terminate());

function start(program: string, settings: Readonly<Record<string, string>>) {
  return spawn(process.execPath, [program], { env: { ...settings }, stdio: 'pipe' });
}

describe.each([
  ['the sources', PROGRAM],
  ['the bundle', BUNDLE],
])('the stdio program, from %s', (_name, program) => {
  it('lists and calls tools as soon as it runs', async () => {
    const client = new FirstClient({ name: 'test', version: '1' });
    const env = { API_URL: api.url };
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [program], env, stderr: 'ignore' }));
    expect((await client.listTools()).tools).toHaveLength(TOOLS.length);
    const { structuredContent } = await client.callTool({ name: 'predict', arguments: SAMPLE });
    expect(structuredContent).toMatchObject({ prediction: 'setosa' });
    await client.close();
  });

  it('ends by itself with 0 when its input ends, and prints nothing but the protocol', async () => {
    const child = start(program, { API_URL: api.url, LOG_LEVEL: 'info' });
    const [output, log] = [text(child.stdout), text(child.stderr)];
    child.stdin.write('no message\n');
    await once(child.stderr, 'data');
    child.stdin.end();
    expect(await once(child, 'close')).toEqual([0, null]);
    for (const line of (await output).split('\n').filter(Boolean)) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
    expect(await log).toContain('the tools are there');
  });

  it('tells without an API that there are no tools yet, and why on the other output', async () => {
    const child = start(program, { API_URL: 'http://127.0.0.1:1', LOG_LEVEL: 'warn' });
    const log = text(child.stderr);
    child.stdin.write(LIST);
    const [answer] = (await once(child.stdout, 'data')) as [Buffer];
    expect(JSON.parse(String(answer))).toMatchObject({ error: { message: expect.stringContaining('MODEL_UNKNOWN') } });
    child.stdin.end();
    await once(child, 'close');
    expect(await log).toContain('API_UNREACHABLE');
  });

  it('tells a configuration that cannot work, exit code 78', async () => {
    const child = start(program, { API_URL: 'nowhere' });
    const log = text(child.stderr);
    expect(await once(child, 'close')).toEqual([78, null]);
    expect(await log).toBe('API_URL: must be http://HOST:PORT or https://HOST, without user, query or fragment\n');
  });
});
