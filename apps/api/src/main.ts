/** Starts the API from the environment; ends it on SIGTERM or SIGINT. Exit codes: 0, 78 for a configuration that cannot work, 1 otherwise. */
import { hostname } from 'node:os';
import { runServer } from '@iris/http-server';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { readMachine } from './machine-folders.ts';
import { printLines } from './print-lines.ts';
import { startApi } from './start-api.ts';

await runServer(
  process,
  async () => {
    const config = readConfig(process.env);
    const logger = pino({ level: config.LOG_LEVEL });
    const machine = readMachine(process.env, process.platform, process.getuid?.());
    return startApi({ config, logger, instance: hostname(), machine, printLines });
  },
  /^(MODEL|DATASET|PREDICTION_LOG)_/,
);
