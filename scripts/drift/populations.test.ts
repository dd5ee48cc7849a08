import { describe, expect, it } from 'vitest';
import { churnPopulation, irisPopulation, type Rows } from './populations.ts';

const ROWS = 4000;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const column = ({ samples }: Rows, index: number) => samples.map((sample) => Number(sample[index]));
const shareOf = <T>(values: readonly T[], wanted: T) => values.filter((value) => value === wanted).length / values.length;

describe.each([
  ['iris', irisPopulation(), 3, [0.2, 0.4, 0.8]],
  ['churn', churnPopulation(), 0, [5, 11, 21]],
] as const)('the population %s', (_name, population, moved, distances) => {
  it('gives the same rows for the same seed, and others for another', () => {
    expect(population.draw(20, 1)).toEqual(population.draw(20, 1));
    expect(population.draw(20, 1)).not.toEqual(population.draw(20, 2));
    expect(population.training(1).columns).not.toEqual(population.training(2).columns);
  });

  it.each([0, 1, 2])('moves one column alone, by what shift %i says', (place) => {
    const { name, draw } = population.shifts[place]!;
    const [still, shifted] = [population.draw(ROWS, 3), draw(ROWS, 3)];
    expect(name).toContain(` + ${distances[place]} (`);
    expect(mean(column(shifted, moved)) - mean(column(still, moved))).toBeCloseTo(distances[place]!, 9);
    expect(shifted.samples.map((sample) => sample.toSpliced(moved, 1))).toEqual(
      still.samples.map((sample) => sample.toSpliced(moved, 1)),
    );
  });
});

describe('a shift of the mix', () => {
  it('makes a half of a third, or of the 36 % who leave', () => {
    const setosa = irisPopulation().shifts.at(-1)!.draw(ROWS, 5);
    expect(shareOf(setosa.labels, 0)).toBeCloseTo(0.5, 1);
    const [premium, leaving] = churnPopulation().shifts.slice(-2);
    expect(
      shareOf(
        premium!.draw(ROWS, 5).samples.map((sample) => sample[3]),
        'premium',
      ),
    ).toBeCloseTo(0.5, 1);
    expect(shareOf(leaving!.draw(ROWS, 5).labels, 1)).toBeCloseTo(0.5, 1);
  });
});
