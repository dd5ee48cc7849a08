/** `kubectl` in one namespace. */
import { CliError, CommandFailed, type CommandOptions, commandLine, type Terminal } from './terminal.ts';

/** Runs kubectl. */
export interface Cluster {
  readonly terminal: Terminal;
  run(args: readonly string[], options?: CommandOptions): Promise<void>;
  read(args: readonly string[], options?: CommandOptions): Promise<string>;
  /** What kubectl gives as JSON; undefined if there is no such object. */
  json<T>(args: readonly string[]): Promise<T | undefined>;
  /** The command line as one would type it. */
  typed(args: readonly string[]): string;
}

/** A cluster as one namespace of it shows it; the context's own when undefined. */
export function clusterIn(terminal: Terminal, namespace: string | undefined): Cluster {
  const scoped = (args: readonly string[]) => (namespace === undefined ? args : [...args, '--namespace', namespace]);
  const read = (args: readonly string[], options?: CommandOptions) => terminal.read('kubectl', scoped(args), options);
  return {
    terminal,
    read,
    run: (args, options) => terminal.run('kubectl', scoped(args), options),
    typed: (args) => commandLine('kubectl', scoped(args)),
    json: async <T>(args: readonly string[]) => {
      const text = await read([...args, '--ignore-not-found', '--output', 'json']);
      return text.trim() === '' ? undefined : (JSON.parse(text) as T);
    },
  };
}

/**
 * Asks whether a cluster answers.
 *
 * @throws CliError that says what to do if none does.
 */
export async function requireCluster(terminal: Terminal): Promise<void> {
  try {
    await terminal.read('kubectl', ['get', '--raw', '/readyz']);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new CliError('No cluster answers. Start one with: npm run k8s -- setup; or point KUBECONFIG at yours.');
  }
}
