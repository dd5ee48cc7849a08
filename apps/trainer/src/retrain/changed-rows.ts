/** How much of what a model would be trained on is new to the models that there are. */
import { hashRows, type Registry } from '@iris/registry';
import { type TrainingSet, wholeOf } from '../training-set.ts';

/** The fewest changes against a model in question. */
export interface Changes {
  /** Rows that came or went; all of them where nobody knows what the models were trained on. */
  readonly rows: number;
  /** Against which version. */
  readonly version: string;
}

/** Compares the rows with those of the model in service, and with those of the newest version, which the gate may have refused. */
export async function countChanges(registry: Registry, current: string, set: TrainingSet): Promise<Changes> {
  const own = new Set(hashRows(wholeOf(set)));
  const newest = (await registry.list()).at(-1)?.name ?? current;
  const changes = await Promise.all(
    [...new Set([current, newest])].map(async (version) => {
      const known = (await registry.rowHashes(version)) ?? new Set();
      return { version, rows: differences(own, known) };
    }),
  );
  return changes.reduce((least, each) => (each.rows < least.rows ? each : least));
}

function differences(own: ReadonlySet<string>, known: ReadonlySet<unknown>): number {
  const common = [...own].filter((hash) => known.has(hash)).length;
  return own.size + known.size - 2 * common;
}
