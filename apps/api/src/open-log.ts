/** Opens the prediction log that the configuration names. */
import { createPredictionWriter } from '@iris/prediction-log';
import { openJsonLinesStore } from '@iris/prediction-log/json-lines';
import { createPostgresStore } from '@iris/prediction-log/postgres';
import { openFileSpool } from '@iris/prediction-log/spool';
import { systemClock } from '@iris/prediction-log/system-clock';
import type { ApiConfig } from './config.ts';
import type { PredictionLog } from './dependencies.ts';

const MIB = 1024 * 1024;

/** Whether predictions are kept. */
export function isLogConfigured({ DATABASE_URL, PREDICTION_LOG }: ApiConfig): boolean {
  return DATABASE_URL !== undefined || PREDICTION_LOG !== undefined;
}

/** Where the log turns to besides its store. */
export interface LogOutlets {
  /** Takes rows that could be kept nowhere when the process ends, one line of JSON each. */
  readonly lastResort: (lines: readonly string[]) => void;
  /** Takes a sentence about rows in the spool that cannot be read. */
  readonly onDamage: (detail: string) => void;
}

/** Opens the log for the dataset's target, which names the column of the label; undefined when none is configured. */
export type OpenLog = (target: string) => Promise<PredictionLog | undefined>;

/**
 * Makes the directories that the log needs ready; does not wait for a database.
 *
 * Apart from opening it, because the target is known only once there is a model, and a directory that cannot be written must be told at
 * the start. A spool that no log was opened for gives itself up: its lease runs out.
 *
 * @returns opens the log, and throws PredictionLogError when the target cannot be a column.
 * @throws PredictionLogError when a directory cannot be written.
 */
export async function prepareLog(config: ApiConfig, { lastResort, onDamage }: LogOutlets): Promise<OpenLog> {
  const openStore = await prepareStore(config);
  if (!openStore) return async () => undefined;
  const { SPOOL_DIR: directory, SPOOL_LIMIT_MB } = config;
  const spool =
    directory === undefined ? undefined : await openFileSpool({ directory, maxBytes: SPOOL_LIMIT_MB * MIB, onDamage });
  return async function openLog(target) {
    const store = openStore(target);
    const writer = createPredictionWriter({
      store,
      clock: systemClock,
      random: Math.random,
      lastResort,
      ...(spool && { spool }),
    });
    return { store, writer };
  };
}

async function prepareStore({ DATABASE_URL, PREDICTION_LOG }: ApiConfig) {
  if (DATABASE_URL) return (target: string) => createPostgresStore({ connectionString: DATABASE_URL.reveal(), target });
  if (!PREDICTION_LOG) return undefined;
  const store = await openJsonLinesStore({ directory: PREDICTION_LOG.slice('file:'.length) });
  return () => store;
}
