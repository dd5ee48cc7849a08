/** The real MCP server as a process, and what its clients need. */
import { announcedPort } from './api-process.ts';
import { type RunningProcess, startScript } from './processes.ts';

/** A listening MCP server that has read the API's model. */
export interface McpProcess extends RunningProcess {
  readonly port: number;
  readonly url: string;
  /** The body of `GET path` as text. */
  read(path: string): Promise<string>;
  /** Sends a JSON-RPC body, text or a value, to a path. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** SIGTERM; resolves with the exit code. */
  terminate(): Promise<number | NodeJS.Signals>;
}

/** No endpoints have to forget a test's process, and one machine is all of its clients. */
const TEST_ENVIRONMENT = {
  PORT: '0',
  HOST: '127.0.0.1',
  DRAIN_MS: '0',
  RATE_LIMIT: '0',
};

/**
 * Starts the server and resolves when it is ready.
 *
 * @param environment at least `API_URL`.
 */
export async function startMcpProcess(environment: Readonly<Record<string, string>>): Promise<McpProcess> {
  const program = startScript('mcp', [], { ...TEST_ENVIRONMENT, ...environment });
  const port = await announcedPort(program);
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url);
  return {
    ...program,
    port,
    url,
    read: async (path) => (await fetch(url + path)).text(),
    post: (path, body, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      }),
    terminate: () => {
      program.child.kill('SIGTERM');
      return program.ended;
    },
  };
}

/** Bounded by the patience of the test that waits. */
async function untilReady(url: string): Promise<void> {
  while (!(await fetch(url)).ok) await new Promise((resolve) => setTimeout(resolve, 20));
}
