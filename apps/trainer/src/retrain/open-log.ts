/** The prediction log that feedback is read from. */
import { existsSync } from 'node:fs';
import type { PredictionStore } from '@iris/prediction-log';
import { openJsonLinesStore } from '@iris/prediction-log/json-lines';
import { checkAddress, checkConnection, createPostgresStore, logTarget } from '@iris/prediction-log/postgres';
import { readSettings, type SettingFault, secret, str } from '@iris/settings';

const SETTINGS = {
  DATABASE_URL: secret({ default: undefined, desc: 'PostgreSQL that keeps the predictions' }),
  PREDICTION_LOG: str({ default: undefined, desc: 'file:DIR keeps the predictions in files instead' }),
} as const;
const FILES = 'file:';

/** Where the log is. */
export type LogSettings = ReturnType<typeof readLogSettings>;

/** Reads the API's settings of the log. @throws SettingsError */
export function readLogSettings(environment: Readonly<Record<string, string | undefined>>) {
  return readSettings(SETTINGS, environment, ({ DATABASE_URL, PREDICTION_LOG }) => {
    if (DATABASE_URL && PREDICTION_LOG) return fault('PREDICTION_LOG', 'cannot be set together with DATABASE_URL');
    if (DATABASE_URL) return addressFault(DATABASE_URL.reveal());
    if (!PREDICTION_LOG) return fault('DATABASE_URL', 'set it, or PREDICTION_LOG: there is no log to read');
    return PREDICTION_LOG.length > FILES.length && PREDICTION_LOG.startsWith(FILES)
      ? []
      : fault('PREDICTION_LOG', 'must be file:DIR');
  });
}

/** Opens the log of a dataset's target. @throws PredictionLogError; Error where there is no folder of files, which would be one without a row. */
export async function openLog({ DATABASE_URL, PREDICTION_LOG }: LogSettings, target: string): Promise<PredictionStore> {
  if (!DATABASE_URL) {
    const directory = PREDICTION_LOG!.slice(FILES.length);
    if (!existsSync(directory)) throw new Error(`PREDICTION_LOG: there is no folder ${directory}`);
    return openJsonLinesStore({ directory });
  }
  const connectionString = DATABASE_URL.reveal();
  checkConnection(connectionString);
  return createPostgresStore({ connectionString, target: logTarget(target) });
}

function addressFault(address: string): SettingFault[] {
  try {
    checkAddress(address);
    return [];
  } catch (error) {
    return fault('DATABASE_URL', (error as Error).message.replace('DATABASE_URL ', ''));
  }
}

function fault(key: string, detail: string): SettingFault[] {
  return [{ key, detail }];
}
