/** The same server over standard input and output. */
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
export function startStdio(config: ApiConfig, logger: Logger): () => void {
  const api = createApiClient(config);
  const models = watchModel({
    api,
    pollMs: config.MODEL_POLL_MS,
    onSchema: ({ name }) => logger.info({ dataset: name }, 'the tools are there'),
    onProblem: (error) => logger.warn({ api: config.API_URL, err: error }, 'the API does not tell its model'),
  });
  serveStdio(createServerFactory({ api, models, observeCall: () => () => undefined, logger }));
  return function letGo() {
    models.stop();
    api.close();
  };
}
