/** The life of a process that serves: start it, end it on SIGTERM or SIGINT, leave with an exit code that tells why. */
import { EXIT_CONFIG, SettingsError } from '@iris/settings';

/** What a start gives. */
export interface Running {
  /** Drains and closes; the same promise however often it is called. */
  shutDown(): Promise<void>;
}

/**
 * Runs a server for the rest of the process. Exit codes: 0 after a signal, `EXIT_CONFIG` for a configuration that cannot work (wrong
 * settings, an address that cannot be listened on), 1 otherwise.
 *
 * @param own the process: `main.ts` passes its own, so that nobody else touches it.
 * @param start reads the configuration and resolves when the server listens; a throw is told on standard error and ends the process.
 * @param configurationCodes codes of further errors that are the configuration's fault; of such only the message is told.
 */
export async function runServer(own: NodeJS.Process, start: () => Promise<Running>, configurationCodes?: RegExp): Promise<void> {
  try {
    // Handlers come first: as PID 1 of a container a process without one ignores SIGTERM.
    const starting = Promise.resolve().then(start);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) own.once(signal, () => end(own, starting, signal));
    await starting;
  } catch (error) {
    const { code = '' } = error as { code?: string };
    const isConfiguration = error instanceof SettingsError || code === 'LISTEN_FAILED' || configurationCodes?.test(code) === true;
    own.stderr.write(`${isConfiguration ? (error as Error).message : textOf(error)}\n`);
    own.exitCode = isConfiguration ? EXIT_CONFIG : 1;
  }
}

function end(own: NodeJS.Process, starting: Promise<Running>, signal: NodeJS.Signals): void {
  // A second signal ends the process at once, as an operator who sends it twice expects.
  own.once(signal, () => own.exit(1));
  starting
    .then((running) => running.shutDown())
    .then(
      () => own.exit(0),
      (error: unknown) => {
        own.stderr.write(`The shutdown failed: ${textOf(error)}\n`);
        own.exit(1);
      },
    );
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
