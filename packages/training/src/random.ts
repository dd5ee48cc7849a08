/** Seeded random numbers (xoroshiro128+): the same seed gives the same sequence on every machine. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Greatest seed: what every library in use accepts. */
export const MAX_SEED = 0x7fff_ffff;

/** A stream of random integers. */
export interface Random {
  /** The next integer, uniform over 0 to `bound - 1`. */
  below(bound: number): number;
}

/** Starts a stream; `seed` is an integer. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return { below: (bound) => uniformInt(generator, 0, bound - 1) };
}

/** A shuffled copy (Fisher and Yates). */
export function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}
