/** Which database and which dataset's column the programs work on that look after the log: migrate, retain and erase. */
import { join } from 'node:path';
import { readModelFile } from '@iris/model-file';
import { logTarget } from '@iris/prediction-log/postgres';
import { readSettings, type SettingFault } from '@iris/settings';
import { logFaults, MODEL_FILE_NAME, SETTINGS } from './config.ts';

/** Checked, and nothing read yet. */
export interface LogDatabase {
  readonly databaseUrl: string;
  /** Given, else to be read from a model file. */
  readonly target: string | { readonly modelFile: string };
}

/**
 * Reads the settings.
 *
 * @param target that the command line names.
 * @param purpose of the database, for the message where none is set.
 * @throws SettingsError with every fault
 */
export function readLogDatabase(
  environment: Readonly<Record<string, string | undefined>>,
  target: string | undefined,
  purpose: string,
): LogDatabase {
  const { DATABASE_URL, MODEL_FILE, MODEL_DIR } = SETTINGS;
  const settings = readSettings({ DATABASE_URL, MODEL_FILE, MODEL_DIR }, environment, (read) => [
    ...(read.DATABASE_URL === undefined ? [missing('DATABASE_URL', purpose)] : []),
    ...logFaults(read.DATABASE_URL?.reveal(), undefined),
    ...((target ?? read.MODEL_FILE ?? read.MODEL_DIR) === undefined
      ? [missing('MODEL_FILE', 'or MODEL_DIR, or give --target: the column of the label')]
      : []),
  ]);
  const modelFile = settings.MODEL_FILE ?? join(settings.MODEL_DIR ?? '.', MODEL_FILE_NAME);
  return { databaseUrl: settings.DATABASE_URL!.reveal(), target: target ?? { modelFile } };
}

function missing(key: string, what: string): SettingFault {
  return { key, detail: `set it: ${what}` };
}

/** Where the package looks: reads the model file where no target was given. */
export async function openLogDatabase({ databaseUrl, target }: LogDatabase) {
  const name = typeof target === 'string' ? target : logTarget((await readModelFile(target.modelFile)).dataset.target);
  return { connectionString: databaseUrl, target: name };
}
