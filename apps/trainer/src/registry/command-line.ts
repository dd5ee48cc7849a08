/** From the words of `registry` and the environment to a checked command. */
import { readArguments } from '@iris/settings/arguments';
import { DEFAULT_KEEP, parseKeep } from '../keep.ts';
import { UsageError } from '../usage-error.ts';

const OPTIONS = {
  registry: { type: 'string' },
  reason: { type: 'string' },
  by: { type: 'string' },
  force: { type: 'boolean', default: false },
  keep: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;
export const OPTION_NAMES = Object.keys(OPTIONS);

export const HELP = `Looks at a registry of models, and changes which one is in service. The API follows within a second or two, without a restart.

  npm run registry -- list                         versions, their figures, and which one is in service
  npm run registry -- show [VERSION]               the gate's verdict and the history; of the one in service unless given
  npm run registry -- promote VERSION --reason …   puts a version into service
  npm run registry -- rollback [VERSION]           puts the one into service that was before, or the one that is named
  npm run registry -- verify                       checks every version against its checksums
  npm run registry -- prune [--keep N]             removes old versions, never the one in service nor the one before it

  node registry.js …                               the same in the API's image, as in kubectl exec deploy/churn-api -- node registry.js list

Options
  --registry DIR    the registry (default: REGISTRY_DIR)
  --reason TEXT     why, for the history; promote asks for it
  --by NAME         who, for the history (default: this user and machine)
  --force           promote: also a version that the gate refused or never judged
  --keep N          prune: how many of the newest stay (default ${DEFAULT_KEEP})
  --help            this text

Exit code 0: done, and verify found all well; 1: it could not be done, or verify found faults; 2: wrong command line.
`;

/** What to do, checked. */
export type RegistryCommand = { readonly directory: string; readonly by: string | undefined } & (
  | { readonly action: 'list' | 'verify' }
  | { readonly action: 'show'; readonly version: string | undefined }
  | { readonly action: 'promote'; readonly version: string; readonly reason: string; readonly force: boolean }
  | { readonly action: 'rollback'; readonly version: string | undefined; readonly reason: string }
  | { readonly action: 'prune'; readonly keep: number; readonly reason: string }
);

/** Options that say something to one action only. */
const OWN_OPTIONS: Readonly<Record<RegistryCommand['action'], readonly string[]>> = {
  list: [],
  show: [],
  promote: ['reason', 'by', 'force'],
  rollback: ['reason', 'by'],
  verify: [],
  prune: ['reason', 'by', 'keep'],
};
const WITH_VERSION = ['show', 'promote', 'rollback'];

/**
 * Parses the arguments after the program's name.
 *
 * @returns undefined when help is asked for.
 * @throws UsageError with one line that says what to write instead.
 */
export function parseCommandLine(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): RegistryCommand | undefined {
  const { values, positionals } = readWords(argv);
  if (values.help) return undefined;
  const [word, version, ...more] = positionals;
  const action = (Object.keys(OWN_OPTIONS) as RegistryCommand['action'][]).find((name) => name === word);
  if (action === undefined)
    throw usage(`${word === undefined ? 'say' : `"${word}" is none of`} ${Object.keys(OWN_OPTIONS).join(', ')}`);
  if (more.length > 0 || (version !== undefined && !WITH_VERSION.includes(action)))
    throw usage(`${action} takes no "${more[0] ?? version}"`);
  for (const name of ['reason', 'by', 'force', 'keep'] as const) {
    if (values[name] && !OWN_OPTIONS[action].includes(name)) throw usage(`--${name} says nothing to ${action}`);
  }
  const directory = values.registry || environment.REGISTRY_DIR;
  if (!directory) throw usage('say --registry DIR behind --, or set REGISTRY_DIR');
  return { directory, by: values.by, ...parseAction(action, version, values) };
}

type Values = ReturnType<typeof readWords>['values'];

function parseAction(action: RegistryCommand['action'], version: string | undefined, { reason, force, keep }: Values) {
  switch (action) {
    case 'promote':
      if (version === undefined) throw usage('promote needs a VERSION, such as v0002');
      if (!reason) throw usage('promote needs --reason: who reads the history wants to know why');
      return { action, version, reason, force };
    case 'rollback':
      return { action, version, reason: reason ?? 'rolled back by hand' };
    case 'prune':
      return { action, keep: keep === undefined ? DEFAULT_KEEP : parseKeep(keep), reason: reason ?? 'old' };
    case 'show':
      return { action, version };
    default:
      return { action };
  }
}

function readWords(argv: readonly string[]) {
  return readArguments({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: true }, usage);
}

function usage(message: string): UsageError {
  return new UsageError(`${message}; see --help`);
}
