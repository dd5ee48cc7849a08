/** Rounds of probes for tests. */
import type { FailureKind, TrafficRound } from '../../lib/api/traffic.ts';
import type { Tick } from './run.ts';

/** Counts by what answered: `0.1.0@a` is version 0.1.0 of instance a, anything without an `@` a kind of failure. */
export type Counts = Readonly<Record<string, number>>;

/** A round with these counts; the model is always `rf`. */
export function roundOf(counts: Counts): TrafficRound {
  const answered = Object.entries(counts).filter(([name]) => name.includes('@'));
  const failed = Object.entries(counts).filter(([name]) => !name.includes('@'));
  return {
    held: 0,
    answers: answered.map(([name, count]) => {
      const [version, instance] = name.split('@') as [string, string];
      return { version, model: 'rf', instance, count };
    }),
    failures: failed.map(([kind, count]) => ({ kind: kind as FailureKind, count })),
  };
}

/** Rounds one second apart. */
export function ticksOf(...rounds: readonly Counts[]): Tick[] {
  return rounds.map((counts, second) => ({ at: second * 1000, ...roundOf(counts) }));
}
