/** Opens the prediction log that the configuration names. */
import { createPredictionWriter, type PredictionStore } from '@iris/prediction-log';
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

/**
 * Opens the log; does not wait for a database.
 *
 * @param target the dataset's, which names the column of the label.
 * @param lastResort takes rows that could be kept nowhere when the process ends, one line of JSON each.
 * @throws PredictionLogError when the target cannot be a column or the spool directory cannot be written.
 */
export async function openLog(
  config: ApiConfig,
  target: string,
  lastResort: (lines: readonly string[]) => void,
): Promise<PredictionLog | undefined> {
  const store = await openStore(config, target);
  if (!store) return undefined;
  const { SPOOL_DIR, SPOOL_LIMIT_MB } = config;
  const spool =
    SPOOL_DIR === undefined ? undefined : await openFileSpool({ directory: SPOOL_DIR, maxBytes: SPOOL_LIMIT_MB * MIB });
  const writer = createPredictionWriter({ store, clock: systemClock, random: Math.random, lastResort, ...(spool && { spool }) });
  return { store, writer };
}

async function openStore({ DATABASE_URL, PREDICTION_LOG }: ApiConfig, target: string): Promise<PredictionStore | undefined> {
  if (DATABASE_URL) return createPostgresStore({ connectionString: DATABASE_URL.reveal(), target });
  if (PREDICTION_LOG) return openJsonLinesStore({ directory: PREDICTION_LOG.slice('file:'.length) });
  return undefined;
}
