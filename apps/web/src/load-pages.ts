/** Loads what Next has built, for a server that is not its own (https://nextjs.org/docs/app/guides/custom-server). */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { RequestHandler } from '@iris/http-server';
import type createNextServer from 'next';

/** The folder that Next has built, in which this program stands as `launch/main.js`. */
const BUILT = join(import.meta.dirname, '..');

/** The pages and routes of the client. */
export interface Pages {
  readonly handle: RequestHandler;
  close(): Promise<void>;
}

/**
 * Loads the pages and resolves when they can be answered.
 *
 * @param environment in which Next looks for the configuration that the pages were built with, as its own `server.js` does.
 */
export async function loadPages(
  address: { readonly PORT: number; readonly HOST: string },
  environment: NodeJS.ProcessEnv,
): Promise<Pages> {
  const { config } = JSON.parse(readFileSync(join(BUILT, '.next/required-server-files.json'), 'utf8'));
  environment.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
  // From the built folder, which has what the pages need of it, and nothing more.
  const createNext = createRequire(join(BUILT, 'package.json'))('next') as typeof createNextServer;
  const next = createNext({
    dir: BUILT,
    dev: false,
    quiet: true,
    hostname: address.HOST,
    port: address.PORT,
    // It would listen for upgrades of connections to WebSockets, of which there are none, and cut others that ask for HTTP/2.
    httpServer: new EventEmitter() as Server,
  });
  await next.prepare();
  const handle = next.getRequestHandler();
  return { handle: (request, response) => void handle(request, response), close: () => next.close() };
}
