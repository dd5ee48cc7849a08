/** A real agent before a real MCP server before a real API, and agents that fail as a test asks. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '../../support/free-port.ts';
import { type RunningProcess, startNode } from '../../support/processes.ts';

/** Between two looks whether a program is ready. */
const LOOK_MS = 25;

/** An agent, as far as its client sees it. */
export interface TestAgent {
  readonly url: string;
  terminate(): Promise<unknown>;
}

/** Starts an MCP server for the API and an agent before it, which answers by its rules; resolves when the agent is ready. */
export async function startAgent(apiUrl: string, environment: Readonly<Record<string, string>> = {}): Promise<TestAgent> {
  const mcp = await startProgram('apps/mcp-server/src/main.ts', '/', { API_URL: apiUrl });
  const agent = await startProgram('apps/agent/src/main.ts', '/ready', { MCP_SERVER_URL: `${mcp.url}/mcp`, ...environment });
  return {
    url: agent.url,
    async terminate() {
      await end(agent.program);
      await end(mcp.program);
    },
  };
}

/** Starts a server that answers `POST /chat` so. */
export async function startStandIn(listener: RequestListener, port = 0): Promise<TestAgent> {
  const server = createServer(listener).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async terminate() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function startProgram(entry: string, readyPath: string, environment: Readonly<Record<string, string>>) {
  const port = await freePort();
  const settings = { PORT: String(port), HOST: '127.0.0.1', DRAIN_MS: '0', LOG_LEVEL: 'warn', ...environment };
  const program = startNode([entry], settings);
  const url = `http://127.0.0.1:${port}`;
  let over = false;
  void program.ended.then(() => {
    over = true;
  });
  while (!(await isReady(url + readyPath))) {
    if (over) throw new Error(`${entry} ended:\n${program.lines.join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return { program, url };
}

async function isReady(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function end({ child, ended }: RunningProcess): Promise<void> {
  child.kill('SIGTERM');
  await ended;
}
