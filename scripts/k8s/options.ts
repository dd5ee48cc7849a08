/** The command line of `npm run k8s`. */
import { parseArgs } from 'node:util';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';
import { CliError } from './terminal.ts';

/** What is asked for. */
export interface Options {
  readonly command: string;
  readonly words: readonly string[];
  /** Where folders without a namespace of their own go; undefined for the context's. */
  readonly namespace: string | undefined;
  readonly follow: boolean;
  readonly data: boolean;
}

/** Words after a command: at least, at most. */
const COMMANDS: Readonly<Record<string, readonly [number, number]>> = {
  setup: [0, 1],
  load: [0, Number.POSITIVE_INFINITY],
  deploy: [1, 1],
  switch: [1, 1],
  canary: [1, 1],
  status: [0, 0],
  logs: [0, 1],
  forward: [0, 1],
  test: [0, 1],
  clean: [0, 1],
};

/** What `help` prints: every command and option in a line or two. */
export const USAGE = `Usage: npm run k8s -- <command>

Each command prints the kubectl commands that it runs; nothing is remembered between two.

  setup [minikube|kind]   starts a cluster on this machine, with metrics (minikube: and an ingress)
  load [IMAGE…]           gives its nodes the images of npm run images: kind, minikube or containerd, by the current context
  deploy STRATEGY         makes missing Secrets, applies k8s/STRATEGY, waits until it is Ready and answers, and removes what another
                          strategy left that would share its traffic; client, volumes and Secrets stay
  switch blue|green       blue-green: moves all traffic by one patch
  canary PERCENT          canary: splits the pods there are, up before down; 0 takes the canary out
  status                  everything of this repository, in all namespaces
  logs [STRATEGY]         the last lines of all its pods, in each of its namespaces
  forward [STRATEGY]      leads local ports to it until Ctrl-C, and prints which
  test [STRATEGY]         asks it for its health, its version and a prediction
  clean [STRATEGY]        deletes it; or all there is, in our namespaces too unless -n names one. Volumes and Secrets stay, and so
                          does a namespace that holds any, or anything not ours: a line says so, and how to delete it

STRATEGY is a folder of k8s/; logs, forward and test take rolling if none is named.

  -n, --namespace NAME    where to, for folders without a namespace of their own; default is the context's
  -f, --follow            logs: go on
      --data              clean: volumes and Secrets too. Their data is gone
`;

/**
 * Parses the arguments.
 *
 * @throws CliError with one line for what cannot be meant.
 */
export function readOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options | 'help' {
  const taken = optionsTakenByNpm(['namespace', 'follow', 'data'], environment);
  if (taken.length > 0) throw new CliError(describeTaken(taken, 'npm run k8s -- clean database --data'));
  const { values, positionals } = parse(argv);
  const [command, ...words] = positionals;
  if (values.help || command === undefined || command === 'help') return 'help';
  const [least, most] = COMMANDS[command] ?? unknownCommand(command);
  if (words.length < least || words.length > most) throw new CliError(`${command} takes ${usageOf(command)}`);
  return { command, words, namespace: values.namespace, follow: values.follow, data: values.data };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        namespace: { type: 'string', short: 'n' },
        follow: { type: 'boolean', short: 'f', default: false },
        data: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new CliError((error as Error).message.split('\n')[0]!);
  }
}

function unknownCommand(command: string): never {
  throw new CliError(`There is no command ${JSON.stringify(command)}: it is one of ${Object.keys(COMMANDS).join(', ')}`);
}

function usageOf(command: string): string {
  return USAGE.match(new RegExp(`^ {2}${command} ?(\\S*)`, 'm'))?.[1] || 'no further word';
}
