/** Starts the server through what only needs a moment: a lock of a process just killed, a free port that was taken meanwhile. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalPostgresError } from './errors.ts';
import { stopLeftOver } from './left-over.ts';
import { type Server, type ServerOptions, startServer } from './server.ts';

/** A postmaster killed by SIGKILL leaves children that hold the shared memory until they notice, a second at most when measured. */
const PATIENCE_MS = 8_000;
const RETRY_MS = 200;

/** A ready server and the port it has. */
export interface StartedServer {
  readonly server: Server;
  readonly port: number;
}

/**
 * Starts the server, on a free port when `port` is 0, once nothing of an earlier run is in the way.
 *
 * @throws {LocalPostgresError} as `startServer`, after a few seconds of trying when waiting could help.
 */
export async function startPatiently(options: ServerOptions): Promise<StartedServer> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const port = options.port === 0 ? await freePort() : options.port;
    try {
      await stopLeftOver(options.dataDirectory);
      return { server: await startServer({ ...options, port }), port };
    } catch (error) {
      if (!mayPass(error, options.port) || performance.now() > deadline) throw error;
      await sleep(RETRY_MS);
    }
  }
}

function mayPass(error: unknown, wantedPort: number): boolean {
  if (!(error instanceof LocalPostgresError)) return false;
  if (error.code === 'LOCAL_POSTGRES_PORT_TAKEN') return wantedPort === 0;
  return error.code === 'LOCAL_POSTGRES_START_FAILED' && /lock file|shared memory block/.test(error.message);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
