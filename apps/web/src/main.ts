/** Starts the built client from the environment; ends it on SIGTERM or SIGINT. Exit codes: 0, 78 for a configuration that cannot work, 1 otherwise. */
import { runServer } from '@iris/http-server';
import { readConfig } from './lib/server/config.ts';
import { loadPages } from './load-pages.ts';
import { serve } from './serve.ts';
import { warmUp } from './warm-up.ts';

await runServer(process, async () => {
  const config = readConfig(process.env);
  // Next reads its environment while it is loaded: NODE_ENV, and no word to its makers.
  Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
  const pages = await loadPages(config, process.env);
  await warmUp(pages);
  return serve(config, pages, (line) => process.stdout.write(`${line}\n`));
});
