/** Keep-alive clients that never retry: every reset, refusal or wrong status is a failed request, as a strict caller sees it. */
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** What the clients have seen. */
interface LoadResult {
  /** Requests answered 200. */
  answered: number;
  readonly failures: string[];
}

/** Clients in a loop. */
export interface Load {
  readonly result: LoadResult;
  /** Ends each client after its request in flight. */
  stop(): Promise<LoadResult>;
}

export interface LoadOptions {
  /** Chooses the server of a new connection, as a load balancer does; an established connection keeps its server. */
  readonly port: () => number;
  readonly clients: number;
  readonly path: string;
  /** What to `POST`; without it the path is fetched by `GET`. */
  readonly body?: () => unknown;
  /** Such as a key. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts clients that each send one request after the other on a connection of their own, until stopped. */
export function startLoad({ port: choosePort, clients, path, body, headers }: LoadOptions): Load {
  const result: LoadResult = { answered: 0, failures: [] };
  let stopped = false;

  async function loop(): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let port = choosePort();
    while (!stopped) {
      try {
        const answer = await send(agent, port, path, body && JSON.stringify(body()), headers);
        if (answer.status === 200) result.answered++;
        else result.failures.push(`${answer.status} ${answer.body}`);
        if (answer.closes) port = choosePort();
      } catch (error) {
        result.failures.push((error as Error).message);
        port = choosePort();
      }
    }
    agent.destroy();
  }

  const loops = Array.from({ length: clients }, loop);
  return {
    result,
    async stop() {
      stopped = true;
      await Promise.all(loops);
      return result;
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: string;
  /** Whether the server ends the connection with this answer. */
  readonly closes: boolean;
}

/** Sends one `POST` of a JSON body. @throws what the connection met. */
export function post(agent: Agent, port: number, path: string, body: string): Promise<Answer> {
  return send(agent, port, path, body);
}

async function send(
  agent: Agent,
  port: number,
  path: string,
  body: string | undefined,
  own: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const ofBody = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const headers = { ...own, ...ofBody };
  const outgoing = request({ port, path, agent, method: body === undefined ? 'GET' : 'POST', headers });
  outgoing.once('error', reject);
  outgoing.once('response', (response) => {
    const { statusCode = 0, headers: received } = response;
    text(response).then(
      (answer) => resolve({ status: statusCode, body: answer, closes: received.connection === 'close' }),
      reject,
    );
  });
  outgoing.end(body);
  return promise;
}
