/** The same server over standard input and output. */

import type { Telemetry } from '@iris/telemetry';
import type { Server } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Logger } from 'pino';
import { createApiClient } from '../api/api-client.ts';
import type { ApiConfig } from '../config.ts';
import { watchModel } from '../model-watch.ts';
import { createServerFactory } from '../server.ts';

/**
 * Serves the process's standard input and output.
 *
 * @returns what to call when the input has ended: it lets go of the API.
 */
export function startStdio(config: ApiConfig, logger: Logger, telemetry: Telemetry): () => void {
  const api = createApiClient(config, telemetry);
  let server: Server | undefined;
  const models = watchModel({
    api,
    pollMs: config.MODEL_POLL_MS,
    onSchema({ name }) {
      logger.info({ dataset: name }, 'the tools are there');
      // Before a client has asked for anything there is nobody to tell.
      if (server?.transport) server.sendToolListChanged().catch(() => undefined);
    },
    onProblem: (error) => logger.warn({ api: config.API_URL, err: error }, 'the API does not tell its model'),
  });
  const factory = createServerFactory({ api, models, observeCall: () => () => undefined, telemetry, transport: 'pipe', logger });
  serveStdio(() => {
    server = factory();
    return server;
  });
  return function letGo() {
    models.stop();
    api.close();
    void telemetry.shutDown();
  };
}
