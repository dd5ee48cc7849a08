/** Ends the server without a failed request: answers on, each answer ending its connection, until the endpoints have forgotten this process. */
import { subscribe } from 'node:diagnostics_channel';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What Node publishes of every request that any server of this process receives. */
interface RequestStart {
  readonly server: Server;
  readonly response: ServerResponse;
}

export interface DrainTimes {
  /** How long to go on answering, in ms. */
  readonly drainMs: number;
  /** After it: deadline for requests in flight, in ms. */
  readonly shutdownMs: number;
}

/**
 * Watches the servers of this process, whoever makes them: Next gives no access to its own.
 *
 * @returns what drains and closes them; calling it again has no further effect.
 */
export function watchServers(): (times: DrainTimes) => Promise<void> {
  const servers = new Set<Server>();
  const open = new Set<ServerResponse>();
  let ending: Promise<void> | undefined;
  subscribe('http.server.request.start', (message) => {
    const { server, response } = message as RequestStart;
    servers.add(server);
    open.add(response);
    response.once('close', () => open.delete(response));
    if (ending) endConnection(response);
  });
  return ({ drainMs, shutdownMs }) => {
    ending ??= drain();
    return ending;
    async function drain(): Promise<void> {
      for (const response of open) endConnection(response);
      await sleep(drainMs);
      await Promise.race([Promise.all([...servers].map(close)), sleep(shutdownMs)]);
    }
  };
}

/** The client opens another connection for its next request, and finds another process behind it. */
function endConnection(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

async function close(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}
