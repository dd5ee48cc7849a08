import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapleyValues } from './shapley.ts';

/** The definition read aloud: the mean gain over all orders in which the players can join. */
function meanOverOrders(players: number, values: Float64Array): number[] {
  const orders = permutations([...Array(players).keys()]);
  const shares = Array<number>(players).fill(0);
  for (const order of orders) {
    let coalition = 0;
    for (const player of order) {
      const joined = coalition | (1 << player);
      shares[player]! += (values[joined]! - values[coalition]!) / orders.length;
      coalition = joined;
    }
  }
  return shares;
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

const game = fc.integer({ min: 1, max: 5 }).chain((players) =>
  fc.record({
    players: fc.constant(players),
    values: fc.float64Array({ minLength: 2 ** players, maxLength: 2 ** players, min: -10, max: 10, noNaN: true }),
  }),
);

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let at = 0; at < expected.length; at++) expect(actual[at]).toBeCloseTo(expected[at]!, 10);
}

describe('shapleyValues', () => {
  it('is the mean gain over all orders of joining', () => {
    fc.assert(
      fc.property(game, ({ players, values }) => expectClose(shapleyValues(players, values, 1), meanOverOrders(players, values))),
    );
  });

  it('is efficient: the shares sum to what all have together beyond what none has', () => {
    fc.assert(
      fc.property(game, ({ players, values }) => {
        const sum = shapleyValues(players, values, 1).reduce((total, share) => total + share, 0);
        expect(sum).toBeCloseTo(values.at(-1)! - values[0]!, 10);
      }),
    );
  });

  it('divides each outcome by itself', () => {
    fc.assert(
      fc.property(game, ({ players, values }) => {
        const doubled = Float64Array.from({ length: 2 * values.length }, (_, at) => values[at >> 1]! * (at % 2 === 0 ? 1 : -3));
        const alone = shapleyValues(players, values, 1);
        const both = shapleyValues(players, doubled, 2);
        expectClose(
          both.filter((_, at) => at % 2 === 0),
          alone,
        );
        expectClose(
          both.filter((_, at) => at % 2 === 1),
          alone.map((share) => -3 * share),
        );
      }),
    );
  });

  it('gives a glove game its known values: who has the only left glove gets two thirds', () => {
    // Players 0 and 1 hold right gloves, player 2 the left one; a pair is worth 1.
    const pair = Float64Array.from({ length: 8 }, (_, coalition) => (coalition & 4 && coalition & 3 ? 1 : 0));
    expectClose(shapleyValues(3, pair, 1), [1 / 6, 1 / 6, 4 / 6]);
  });

  it('keeps its digits with twelve players', () => {
    const size = Float64Array.from({ length: 2 ** 12 }, (_, coalition) => coalition.toString(2).replaceAll('0', '').length);
    expectClose(shapleyValues(12, size, 1), Array(12).fill(1));
  });
});
