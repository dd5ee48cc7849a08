/** Signals that end a program. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * For the time of a tracked run alone: without handlers, signals end the process at once.
 *
 * @param listener is awaited before the process ends.
 * @returns what takes the handlers back.
 */
export function onInterrupt(program: NodeJS.Process, listener: () => Promise<void>): () => void {
  const handlers = SIGNALS.map((signal) => {
    const handler = () => void listener().finally(() => program.kill(program.pid, signal));
    program.once(signal, handler);
    return () => program.off(signal, handler);
  });
  return function forget() {
    for (const remove of handlers) remove();
  };
}
