/** Starts the agent from the environment; ends it on SIGTERM or SIGINT. Exit codes: 0, 78 for a configuration that cannot work, 1 otherwise. */
import { SettingsError } from '@iris/settings';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { startAgent } from './start-agent.ts';

/** `EX_CONFIG` of sysexits(3). */
const EXIT_CONFIG = 78;

try {
  const config = readConfig(process.env);
  const logger = pino({ level: config.LOG_LEVEL });
  const starting = startAgent({ config, logger });
  // Before it has started too: as PID 1 of a container a process without a handler ignores SIGTERM.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // A second signal ends the process at once, as an operator who sends it twice expects.
      process.once(signal, () => process.exit(1));
      starting
        .then((agent) => agent.shutDown())
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
  const isConfiguration = error instanceof SettingsError || (error as { code?: string }).code === 'LISTEN_FAILED';
  process.stderr.write(`${isConfiguration ? (error as Error).message : (error as Error).stack}\n`);
  process.exitCode = isConfiguration ? EXIT_CONFIG : 1;
}
