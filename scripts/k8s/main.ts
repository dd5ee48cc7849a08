/** `npm run k8s`: deploys the folders of `k8s/` and works with them, showing each kubectl command. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './commands.ts';
import { readOptions, USAGE } from './options.ts';
import { CliError, processTerminal } from './terminal.ts';

const ROOT = join(import.meta.dirname, '..', '..');

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === 'help') process.stdout.write(USAGE);
  else {
    // The commands name the folders as one does from here.
    process.chdir(ROOT);
    await runCommand(options, { root: ROOT, terminal: processTerminal(), isInstalled });
  }
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
