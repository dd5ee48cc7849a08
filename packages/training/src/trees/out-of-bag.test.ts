import { describe, expect, it } from 'vitest';
import { binColumns } from './bin.ts';
import type { GrownTree } from './classification-tree.ts';
import { createOutOfBagVotes, fitTemperature, type OutOfBagVotes } from './out-of-bag.ts';

const UNIT = 2 ** 16;

function votesOf(votes: readonly (readonly number[])[]): OutOfBagVotes {
  return {
    votes: Int32Array.from(votes.flat(), (vote) => vote * UNIT),
    rows: Int32Array.from(votes.keys()),
    add: () => undefined,
  };
}

function logLoss(
  votes: readonly (readonly number[])[],
  labels: readonly number[],
  prior: readonly number[],
  temperature: number,
): number {
  return votes.reduce((sum, row, index) => {
    const powers = row.map((vote, label) => (vote + prior[label]!) ** (1 / temperature));
    return sum - Math.log(powers[labels[index]!]! / powers.reduce((total, power) => total + power));
  }, 0);
}

const VOTES = Array.from({ length: 300 }, (_, row) => [1 + ((row * 7) % 30), (row * 3) % 11, row % 5]);
const LABELS = VOTES.map((row, index) => (index % 4 === 0 ? index % 3 : row.indexOf(Math.max(...row))));
const PRIOR = [0.5, 0.3, 0.2];

describe('the temperature', () => {
  it('has the least log-loss of all from 0.1 to 10', () => {
    const temperature = fitTemperature(votesOf(VOTES), Int32Array.from(LABELS), Float64Array.from(PRIOR), undefined);
    const least = logLoss(VOTES, LABELS, PRIOR, temperature);
    for (let other = 0.1; other <= 10; other *= 1.02)
      expect(logLoss(VOTES, LABELS, PRIOR, other)).toBeGreaterThanOrEqual(least - 1e-9);
  });

  it('is at its bound where votes are always right, or say nothing', () => {
    const right = VOTES.map((row) => row.indexOf(Math.max(...row)));
    expect(fitTemperature(votesOf(VOTES), Int32Array.from(right), Float64Array.from(PRIOR), undefined)).toBeLessThan(0.5);
    const wrong = VOTES.map((row) => row.indexOf(Math.min(...row)));
    expect(fitTemperature(votesOf(VOTES), Int32Array.from(wrong), Float64Array.from(PRIOR), undefined)).toBe(10);
  });

  it('is 1 where no row has a vote', () => {
    const none = votesOf([[0, 0, 0]]);
    expect(fitTemperature(none, Int32Array.of(1), Float64Array.from(PRIOR), undefined)).toBe(1);
  });

  it('counts a row as often as its class weighs', () => {
    const again = [...VOTES.keys()].filter((row) => LABELS[row] === 1);
    const doubled = [...VOTES, ...again.map((row) => VOTES[row]!)];
    const weighted = fitTemperature(votesOf(VOTES), Int32Array.from(LABELS), Float64Array.from(PRIOR), Float64Array.of(1, 2, 1));
    const labels = Int32Array.from([...LABELS, ...again.map(() => 1)]);
    expect(weighted).toBeCloseTo(fitTemperature(votesOf(doubled), labels, Float64Array.from(PRIOR), undefined), 6);
  });

  it('is a number also for a class without a row', () => {
    const prior = Float64Array.of(0.6, 0.4, 0);
    const votes = VOTES.map(([first, second]) => [first!, second!, 0]);
    const labels = Int32Array.from(LABELS, (label) => Math.min(label, 1));
    expect(fitTemperature(votesOf(votes), labels, prior, undefined)).toBeGreaterThan(0.09);
  });
});

describe('out-of-bag votes', () => {
  const binned = binColumns([Float64Array.of(0, 1, 2, 3)], 4);
  const stump: GrownTree = {
    columns: Uint16Array.of(1, 0, 0),
    values: Int32Array.of(1, 0, 2),
    missingLeft: Uint8Array.of(0, 0, 0),
    right: Int32Array.of(2, 0, 0),
    divided: { starts: [0, 2], classes: [0, 1], weights: [1, 3] },
  };

  it('are those of trees that a row has no weight in; a divided leaf divides its vote', () => {
    const outOfBag = createOutOfBagVotes(binned, 2);
    outOfBag.add(stump, Float64Array.of(0, 1, 0, 1));
    expect([...outOfBag.votes].map((vote) => vote / UNIT)).toEqual([1, 0, 0, 0, 0.25, 0.75, 0, 0]);
  });

  it('of a large table are taken of some rows, spread over all', () => {
    const column = new Float64Array(50_000);
    const { rows } = createOutOfBagVotes(binColumns([column], column.length), 2);
    expect(rows.length).toBe(5_000);
    expect([rows[0], rows[2_500]]).toEqual([0, 25_000]);
  });
});
