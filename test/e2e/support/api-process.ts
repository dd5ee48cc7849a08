/** The real API as a process: started from its environment, found by the port it announces, ended by signals. */
import { once } from 'node:events';
import { type RunningProcess, startNode, startScript } from './processes.ts';

/** A listening API. */
export interface ApiProcess extends RunningProcess {
  readonly port: number;
  readonly url: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** The body of `GET path`, as the caller says that it is. */
  read<T>(path: string): Promise<T>;
  /** The body of the answer to `POST path`. */
  send<T>(path: string, body: unknown): Promise<T>;
  /** SIGTERM; resolves with the exit code. */
  terminate(): Promise<number | NodeJS.Signals>;
}

/** No endpoints have to forget a test's process. */
const TEST_ENVIRONMENT = {
  PORT: '0',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'info',
  DRAIN_MS: '0',
  // A busy machine must not make a test's server shed; overload.test.ts fills the body budget instead.
  MAX_EVENT_LOOP_DELAY_MS: '60000',
};

/**
 * Starts the API and resolves when it listens.
 *
 * @param bundle path of a bundled API to run instead of the sources.
 * @throws when it ends instead; the message holds what it printed.
 */
export async function startApiProcess(environment: Readonly<Record<string, string>>, bundle?: string): Promise<ApiProcess> {
  const settings = { ...TEST_ENVIRONMENT, ...environment };
  const program = bundle === undefined ? startScript('api', [], settings) : startNode([bundle], settings);
  const port = await announcedPort(program);
  const url = `http://127.0.0.1:${port}`;
  const get: ApiProcess['get'] = (path, headers = {}) => fetch(url + path, { headers });
  const post: ApiProcess['post'] = (path, body, headers = {}) =>
    fetch(url + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  return {
    ...program,
    port,
    url,
    get,
    post,
    read: async <T>(path: string) => (await (await get(path)).json()) as T,
    send: async <T>(path: string, body: unknown) => (await (await post(path, body)).json()) as T,
    terminate: () => {
      program.child.kill('SIGTERM');
      return program.ended;
    },
  };
}

/**
 * The port that a program of ours says it listens on.
 *
 * @throws when it ends instead; the message holds what it printed.
 */
export async function announcedPort({ child, lines, ended }: RunningProcess): Promise<number> {
  const over = ended.then((code) => {
    throw new Error(`it ended with ${code}:\n${lines.join('\n')}`);
  });
  for (;;) {
    const announcement = lines.map(parseLine).find(({ msg }) => msg === 'listening');
    if (announcement?.port !== undefined) return announcement.port;
    await Promise.race([once(child.stdout!, 'data'), over]);
  }
}

function parseLine(line: string): { readonly msg?: string; readonly port?: number } {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}
