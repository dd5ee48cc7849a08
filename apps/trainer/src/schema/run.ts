/** Carries out one `schema` command: profile the file, infer, show, write. */
import { access } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { replaceDurably, writeDurably } from '@iris/model-file/durable';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';
import { EXIT } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { HELP, OPTION_NAMES, parseCommandLine, type SchemaCommand } from './command-line.ts';
import { formatDecisions, formatSummary, formatWarnings } from './format.ts';
import { inferFromFile } from './infer-from-file.ts';

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
    if (taken.length > 0) throw new UsageError(describeTaken(taken, 'npm run schema -- rows.csv --target churn'));
    const command = parseCommandLine(argv);
    if (command) await carryOut(command, output);
    else output.stdout.write(HELP);
    return EXIT.ok;
  } catch (error) {
    output.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

async function carryOut(command: SchemaCommand, { stdout, stderr }: Output): Promise<void> {
  const { dataPath, outPath, force } = command;
  if (!force) await refuseOverwriting(outPath);
  const { profile, inference } = await inferFromFile(command, stderr);
  stdout.write(`${formatDecisions(profile, inference)}\n${formatSummary(profile, inference)}`);
  stderr.write(formatWarnings(dataPath, profile, inference));
  const text = `${JSON.stringify(inference.schema, undefined, 2)}\n`;
  await (force ? replaceDurably(outPath, text) : writeDurably(outPath, text));
  const name = basename(dataPath, extname(dataPath));
  stdout.write(
    `${outPath} is written: look at it, change what is wrong, and train with it:\n` +
      `npm run train -- --data ${dataPath} --schema ${outPath} --model auto --version 1.0.0 --out models/${name}.json\n`,
  );
}

/** Now, not after a minute of reading. */
async function refuseOverwriting(path: string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw new UsageError(`${path} is there already: say another file with --out, or overwrite it with --force`);
}
