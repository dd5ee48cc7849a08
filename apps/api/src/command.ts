/** What the programs beside the server share: migrate, replay and drift. */
import type { ParseArgsConfig } from 'node:util';
import { PredictionLogError } from '@iris/prediction-log';
import { EXIT_CONFIG, SettingsError } from '@iris/settings';
import { readArguments as read } from '@iris/settings/arguments';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';

/** A command that cannot be carried out as given. */
export class UsageError extends Error {
  constructor(message: string) {
    super(`${message}; --help lists what there is`);
    this.name = 'UsageError';
  }
}

/** Where a command runs. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stderr: NodeJS.WritableStream;
}

/** A program. */
export interface Command {
  readonly optionNames: readonly string[];
  /** How its options are given through npm. */
  readonly example: string;
  readonly exitCodes: { readonly usage: number; readonly failed: number };
  /** Does the work and gives the exit code. */
  readonly carryOut: () => Promise<number>;
}

/** Runs a command, which says in one line why it failed; gives the exit code. */
export async function runCommand(
  { optionNames, example, exitCodes, carryOut }: Command,
  { environment, stderr }: Surroundings,
): Promise<number> {
  try {
    const taken = optionsTakenByNpm(optionNames, environment);
    if (taken.length > 0) throw new UsageError(describeTaken(taken, example));
    return await carryOut();
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : error}\n`);
    if (error instanceof UsageError) return exitCodes.usage;
    const isSetting = error instanceof SettingsError || (error instanceof PredictionLogError && !error.transient);
    return isSetting ? EXIT_CONFIG : exitCodes.failed;
  }
}

/** Reads the arguments after the program's name. @throws UsageError */
export function readArguments<const Config extends ParseArgsConfig>(config: Config) {
  return read(config, (sentence) => new UsageError(sentence));
}
