/** Carries out one `registry` command. */
import { formatVerdict, Registry } from '@iris/registry';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';
import { UsageError } from '../usage-error.ts';
import { whoAmI } from '../who.ts';
import { HELP, OPTION_NAMES, parseCommandLine, type RegistryCommand } from './command-line.ts';
import { formatFaults, formatHistory, formatVersions } from './format.ts';

const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** Where the command writes. */
export interface Output {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/**
 * Runs the command line.
 *
 * @param argv the arguments after the program's name.
 * @returns the exit code.
 */
export async function run(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  output: Output,
): Promise<number> {
  try {
    const taken = optionsTakenByNpm(OPTION_NAMES, environment);
    if (taken.length > 0) throw new UsageError(describeTaken(taken, 'npm run registry -- list --registry DIR'));
    const command = parseCommandLine(argv, environment);
    if (command) return await carryOut(command, output);
    output.stdout.write(HELP);
    return EXIT.ok;
  } catch (error) {
    output.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

async function carryOut(command: RegistryCommand, { stdout, stderr }: Output): Promise<number> {
  const { directory, by = whoAmI() } = command;
  const onWait = (holder: string) => stderr.write(`waiting for ${holder}, who is writing\n`);
  const registry = new Registry({ directory, by, onWait });
  switch (command.action) {
    case 'list':
      stdout.write(formatVersions(await registry.list(), await registry.current()));
      break;
    case 'show':
      stdout.write(await show(registry, command.version));
      break;
    case 'promote':
      stdout.write(await promote(registry, command));
      break;
    case 'rollback': {
      const { from, to } = await registry.update((writer) => writer.rollback(command.reason, command.version));
      stdout.write(`in service: ${to} (before: ${from ?? 'none'})\n`);
      break;
    }
    case 'prune': {
      const removed = await registry.update((writer) => writer.prune(command.keep, command.reason));
      stdout.write(removed.length > 0 ? `removed: ${removed.join(', ')}\n` : 'nothing to remove\n');
      break;
    }
    case 'verify':
      return await verify(registry, { stdout, stderr });
  }
  return EXIT.ok;
}

async function show(registry: Registry, version: string | undefined): Promise<string> {
  const name = version ?? (await registry.current());
  if (name === undefined) throw new UsageError('no model is in service: say which VERSION to show');
  const isVersion = (await registry.list()).some((each) => each.name === name);
  const verdict = isVersion || version !== undefined ? await registry.verdict(name) : undefined;
  const page = verdict ? formatVerdict(verdict) : `${name} has no verdict: it did not come through the gate\n`;
  return [page, formatHistory(await registry.history(), name)].filter((part) => part !== '').join('\n');
}

async function promote(
  registry: Registry,
  { version, reason, force }: Extract<RegistryCommand, { action: 'promote' }>,
): Promise<string> {
  const before = await registry.update((writer) => writer.promote(version, { reason, force }));
  return before === version ? `${version} is in service already\n` : `in service: ${version} (before: ${before ?? 'none'})\n`;
}

async function verify(registry: Registry, { stdout, stderr }: Output): Promise<number> {
  const faults = await registry.verify();
  if (faults.length > 0) {
    stderr.write(formatFaults(faults));
    return EXIT.failed;
  }
  const count = (await registry.list()).length;
  stdout.write(`all is well: ${count} version${count === 1 ? '' : 's'}\n`);
  return EXIT.ok;
}
