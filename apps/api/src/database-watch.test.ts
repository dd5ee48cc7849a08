import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { watchDatabase } from './database-watch.ts';

const MIB = 1024 * 1024;

/**
 * A watch whose clock is turned by hand; `sizes` are in MiB, and an error is a measurement that fails; a limit of 0 is none. `away` are the
 * failures, by their place among them, at which the log is away too.
 */
async function watch(sizes: readonly (number | Error)[], limitMib = 1000, away: readonly number[] = []) {
  let failures = 0;
  const said: string[] = [];
  const registry = new Registry();
  const due: (() => void)[] = [];
  const waits: number[] = [];
  const left = [...sizes];
  async function measure(): Promise<number> {
    const next = left.shift()!;
    if (next instanceof Error) throw next;
    return next * MIB;
  }
  const say = (level: string) => (facts: object, line: string) =>
    void said.push(`${level} ${(facts as { event: string }).event}: ${line}`);
  watchDatabase({
    measure,
    isLogReady: async () => !away.includes(failures++),
    limitBytes: limitMib === 0 ? undefined : limitMib * MIB,
    registry,
    logger: { info: say('info'), warn: say('warn') },
    clock: {
      now: () => 0,
      schedule(callback, ms) {
        waits.push(ms);
        due.push(callback);
        return () => undefined;
      },
    },
  });
  for (const _ of sizes) {
    await expect.poll(() => due.length).toBe(1);
    if (left.length > 0) due.shift()!();
  }
  return { said, waits, metrics: await registry.metrics() };
}

describe('watchDatabase', () => {
  it('shows the size and what it may be, measured each minute', async () => {
    const { said, waits, metrics } = await watch([10, 20]);
    expect(metrics).toContain(`prediction_log_database_bytes ${20 * MIB}\n`);
    expect(metrics).toContain(`prediction_log_database_limit_bytes ${1000 * MIB}\n`);
    expect(waits).toEqual([60_000, 60_000]);
    expect(said).toEqual([]);
  });

  it('warns once when four fifths are reached, and says when there is room again', async () => {
    const { said } = await watch([799, 800, 900, 1100, 760, 749, 10]);
    expect(said).toEqual([
      expect.stringMatching(
        /^warn prediction_log_database_filling: the database takes 800 MiB of the 1000 MiB .*before it is full/,
      ),
      expect.stringMatching(/^info prediction_log_database_roomy: .*it takes 749 MiB/),
    ]);
  });

  it('says once that the size is not known, and why, and when it is again', async () => {
    const { said, metrics } = await watch([10, new Error('away'), new Error('away'), 10, new Error('gone')]);
    expect(said).toEqual([
      'warn prediction_log_database_unmeasured: the size of the database is not known: away',
      'info prediction_log_database_measured: the size of the database is known again',
      'warn prediction_log_database_unmeasured: the size of the database is not known: gone',
    ]);
    expect(metrics).toContain('prediction_log_database_bytes Nan\n');
  });

  it('leaves it to the log to say that the database is away, and speaks where it alone cannot measure', async () => {
    const { said, metrics } = await watch([new Error('away'), new Error('away'), 10, new Error('no right')], 1000, [0, 1]);
    expect(said).toEqual(['warn prediction_log_database_unmeasured: the size of the database is not known: no right']);
    expect(metrics).toContain('prediction_log_database_bytes Nan\n');
  });

  it('only shows the size where nobody said what it may be', async () => {
    const { said, metrics } = await watch([1_000_000], 0);
    expect(said).toEqual([]);
    expect(metrics).not.toContain('limit_bytes');
  });
});
