/** What each command of `npm run k8s` does. */
import { cleanAll, cleanStrategy } from './clean.ts';
import { clusterIn, requireCluster } from './cluster.ts';
import { deploy } from './deploy.ts';
import { forward } from './forward.ts';
import { logs, status } from './look.ts';
import type { Options } from './options.ts';
import { load, setup } from './setup.ts';
import { allImages, readStrategy, type Strategy } from './strategy.ts';
import { CliError, type Terminal } from './terminal.ts';
import { testService } from './test-service.ts';
import { setCanary, switchTo } from './traffic.ts';

/** What a command runs with. */
export interface Surroundings {
  /** Root of the repository. */
  readonly root: string;
  readonly terminal: Terminal;
  readonly isInstalled: (program: string) => boolean;
}

/** Runs a command. */
export async function runCommand(options: Options, { root, terminal, isInstalled }: Surroundings): Promise<void> {
  const [word] = options.words;
  if (options.command === 'setup') return setup(terminal, word, isInstalled);
  const strategy = takesStrategy(options) ? readStrategy(root, word ?? 'rolling') : undefined;
  const namespace = namespaceFor(strategy, options);
  await requireCluster(terminal);
  const cluster = clusterIn(terminal, namespace);
  switch (options.command) {
    case 'load':
      return load(cluster, options.words.length > 0 ? options.words : allImages(root), options.words);
    case 'deploy':
      return deploy(terminal, strategy!, namespace);
    case 'switch':
      return switchTo(cluster, word!);
    case 'canary':
      return setCanary(cluster, word!);
    case 'status':
      return status(cluster, namespace === undefined);
    case 'logs':
      return logs(terminal, strategy!, namespace, options.follow);
    case 'forward':
      return forward(terminal, strategy!, namespace);
    case 'test':
      return testService(terminal, strategy!, namespace);
    default:
      return strategy ? cleanStrategy(terminal, strategy, namespace, options.data) : cleanAll(terminal, namespace, options.data);
  }
}

function takesStrategy({ command, words }: Options): boolean {
  return ['deploy', 'logs', 'forward', 'test'].includes(command) || (command === 'clean' && words.length > 0);
}

function namespaceFor(strategy: Strategy | undefined, { namespace }: Options): string | undefined {
  if (strategy && strategy.namespaces.length > 0 && namespace !== undefined) {
    throw new CliError(`${strategy.name} has its own namespace (${strategy.namespaces.join(', ')}): leave --namespace out`);
  }
  return namespace;
}
