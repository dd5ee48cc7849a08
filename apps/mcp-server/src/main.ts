/** Starts the MCP server from the environment; ends it on SIGTERM or SIGINT. Exit codes: 0, 78 for a configuration that cannot work, 1 otherwise. */
import { runServer } from '@iris/http-server';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { startServer } from './start-server.ts';

await runServer(process, async () => {
  const config = readConfig(process.env);
  return startServer(config, pino({ level: config.LOG_LEVEL }));
});
