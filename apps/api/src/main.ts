/** Starts the API from the environment; ends it on SIGTERM or SIGINT. Exit codes: 0, 78 for a configuration that cannot work, 1 otherwise. */
import { hostname } from 'node:os';
import { SettingsError } from '@iris/settings';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { startApi } from './start-api.ts';

/** `EX_CONFIG` of sysexits(3). */
const EXIT_CONFIG = 78;

try {
  const config = readConfig(process.env);
  const logger = pino({ level: config.LOG_LEVEL });
  const starting = startApi({ config, logger, instance: hostname(), writeLine: (line) => process.stdout.write(`${line}\n`) });
  // Before it has started too: as PID 1 of a container a process without a handler ignores SIGTERM.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // A second signal ends the process at once, as an operator who sends it twice expects.
      process.once(signal, () => process.exit(1));
      starting
        .then((api) => api.shutDown())
        .then(
          () => process.exit(0),
          (error: unknown) => {
            logger.error({ err: error }, 'the shutdown failed');
            process.exit(1);
          },
        );
    });
  }
  await starting;
} catch (error) {
  const isConfiguration =
    error instanceof SettingsError || /^(MODEL|DATASET|PREDICTION_LOG|LISTEN)_/.test((error as { code?: string }).code ?? '');
  process.stderr.write(`${isConfiguration ? (error as Error).message : (error as Error).stack}\n`);
  process.exitCode = isConfiguration ? EXIT_CONFIG : 1;
}
