/** Starts the agent from the environment; ends it on SIGTERM or SIGINT. Exit codes: 0, 78 for a configuration that cannot work, 1 otherwise. */
import { hostname } from 'node:os';
import { runServer } from '@iris/http-server';
import { NO_TELEMETRY, openTelemetry } from '@iris/telemetry';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { startAgent } from './start-agent.ts';

await runServer(process, async () => {
  const config = readConfig(process.env);
  let telemetry = NO_TELEMETRY;
  // A line that is written for a request names its trace.
  const logger = pino({ level: config.LOG_LEVEL, mixin: () => telemetry.logFields() });
  telemetry = await openTelemetry(config, { service: 'iris-agent', instance: hostname(), logger });
  return startAgent({ config, logger, telemetry });
});
