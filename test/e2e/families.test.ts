/** Without HOST, each service is reached by IPv4 and by IPv6, where the machine has both. */
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, inject, it } from 'vitest';
import { CLIENT_PROGRAM } from '../../scripts/client/build.ts';
import { freePort } from '../../scripts/free-port.ts';
import { announcedPort, startApiProcess } from './support/api-process.ts';
import { type RunningProcess, startNode } from './support/processes.ts';

const families = new Set(Object.values(networkInterfaces()).flatMap((addresses) => addresses!.map(({ family }) => family)));
const hosts = [...(families.has('IPv4') ? ['127.0.0.1'] : []), ...(families.has('IPv6') ? ['[::1]'] : [])];
/** An API and an MCP server that nobody asks anything. */
const NOWHERE = 'http://127.0.0.1:1';

let program: RunningProcess | undefined;
afterEach(async () => {
  program?.child.kill('SIGKILL');
  await program?.ended;
});

async function expectAnswers(port: number, path: string): Promise<void> {
  for (const host of hosts) {
    const answers = async () => (await fetch(`http://${host}:${port}${path}`)).status;
    await expect.poll(answers).toBe(200);
  }
}

it('the API', async () => {
  const api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'iris-rf.json'), HOST: '' });
  program = api;
  await expectAnswers(api.port, '/health');
});

it.each([
  ['the MCP server', 'apps/mcp-server/src/main.ts', { API_URL: NOWHERE }],
  ['the agent', 'apps/agent/src/main.ts', { MCP_SERVER_URL: `${NOWHERE}/mcp` }],
])('%s', async (_name, script, settings) => {
  program = startNode([script], { PORT: '0', ...settings });
  await expectAnswers(await announcedPort(program), '/health');
});

it('the web client', async () => {
  const port = await freePort();
  program = startNode([CLIENT_PROGRAM], { PORT: String(port), API_URL: NOWHERE });
  await expectAnswers(port, '/healthz');
});
