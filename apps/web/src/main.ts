/** Starts the built client from the environment; ends it on SIGTERM or SIGINT. Exit codes: 0, 78 for a configuration that cannot work, 1 otherwise. */
import { hostname } from 'node:os';
import { runServer } from '@iris/http-server';
import { openTelemetry } from '@iris/telemetry';
import { readConfig } from './lib/server/config.ts';
import { shareTelemetry } from './lib/server/telemetry.ts';
import { loadPages } from './load-pages.ts';
import { serve } from './serve.ts';
import { warmUp } from './warm-up.ts';

await runServer(process, async () => {
  const config = readConfig(process.env);
  // Next reads its environment while it is loaded: NODE_ENV, and no word to its makers.
  Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const log = (level: string) => (fields: object, msg: string) => say(JSON.stringify({ level, ...fields, msg }));
  const logger = { info: log('info'), warn: log('warn') };
  const telemetry = await openTelemetry(config, { service: 'iris-web', instance: hostname(), logger });
  shareTelemetry(telemetry);
  const pages = await loadPages(config, process.env);
  await warmUp(pages);
  return serve(config, pages, telemetry, say);
});
