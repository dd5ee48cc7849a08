import { describe, expect, it } from 'vitest';
import { createEncoder, encodeSamples } from './encoder.ts';
import type { DatasetSchema, Sample } from './schema.ts';

const SCHEMA: DatasetSchema = {
  name: 'soil',
  description: 'Three columns.',
  target: 'kind',
  classes: ['clay', 'sand'],
  features: [
    { kind: 'categorical', name: 'colour', levels: ['red', 'brown', 'black'], missing: true },
    { kind: 'numeric', name: 'ph', unit: '1', observed: { min: 4, max: 9 }, plausible: { min: 0, max: 14 }, missing: true },
    { kind: 'date', name: 'taken', format: 'yyyy-mm-dd', observed: { min: '2026-01-01', max: '2026-12-31' }, missing: true },
  ],
};

const read = (row: Float64Array) => (column: number) => row[column]!;

describe('createEncoder', () => {
  const encoder = createEncoder(SCHEMA);

  it('gives a column to each number and category, and one to each part of a date', () => {
    expect(encoder.size).toBe(6);
    expect(encoder.columnNames).toEqual(['colour', 'ph', 'taken.year', 'taken.month', 'taken.weekday', 'taken.day']);
    expect(encoder.columnFeatures).toEqual([0, 1, 2, 2, 2, 2]);
    expect(encoder.levelCounts).toEqual([3, 0, 0, 0, 0, 0]);
  });

  it('writes a level as its index, a number as it is and a date as its parts, at the offset', () => {
    const row = new Float64Array(8).fill(9);
    encoder.encode(['brown', 6.5, '2026-05-01'], row, 1);
    // A Friday.
    expect([...row]).toEqual([9, 1, 6.5, 2026, 5, 4, 20_574, 9]);
  });

  it('writes NaN for what is missing or unknown, in all columns of the feature', () => {
    const row = new Float64Array(6).fill(9);
    encoder.encode([null, null, null], row, 0);
    expect([...row]).toEqual(new Array(6).fill(Number.NaN));
    encoder.encode(['purple', 1, '2026-05-01'], row, 0);
    expect(row[0]).toBeNaN();
  });

  it('counts an unknown text as the level that stands for all others, where there is one', () => {
    const features = SCHEMA.features.with(0, { kind: 'categorical', name: 'colour', levels: ['red', 'rest'], other: 'rest' });
    const row = new Float64Array(6);
    createEncoder({ features }).encode(['purple', 1, '2026-05-01'], row, 0);
    expect(row[0]).toBe(1);
  });

  it('reads back what it wrote', () => {
    const samples: Sample[] = [
      ['black', -0.5, '1969-12-31'],
      [null, null, null],
      ['red', 14, '2024-02-29'],
    ];
    const rows = encodeSamples(encoder, samples);
    const back = samples.map((_, index) => encoder.decode(read(rows.subarray(index * 6, index * 6 + 6))));
    expect(back).toEqual(samples);
    expect(encodeSamples(encoder, [])).toHaveLength(0);
  });
});
