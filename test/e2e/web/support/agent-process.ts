/** A real agent before a real MCP server before a real API, and agents that fail as a test asks. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { announcedPort } from '../../support/api-process.ts';
import { startMcpProcess } from '../../support/mcp-process.ts';
import { startNode } from '../../support/processes.ts';

const AGENT_PROGRAM = 'apps/agent/src/main.ts';

/** Between two looks whether the agent is ready. */
const LOOK_MS = 25;

/** An agent, as far as its client sees it. */
export interface TestAgent {
  readonly url: string;
  terminate(): Promise<unknown>;
}

/** Starts an MCP server for the API and an agent before it, which answers by its rules; resolves when the agent is ready. */
export async function startAgent(apiUrl: string): Promise<TestAgent> {
  const mcp = await startMcpProcess({ API_URL: apiUrl });
  const settings = { PORT: '0', HOST: '127.0.0.1', DRAIN_MS: '0', MCP_SERVER_URL: `${mcp.url}/mcp` };
  const program = startNode([AGENT_PROGRAM], settings);
  const url = `http://127.0.0.1:${await announcedPort(program)}`;
  while (!(await fetch(`${url}/ready`)).ok) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  return {
    url,
    async terminate() {
      program.child.kill('SIGTERM');
      await program.ended;
      await mcp.terminate();
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
