import { describe, expect, it } from 'vitest';
import { createEncoder, encodeSamples } from './encoder.ts';
import type { DatasetSchema } from './schema.ts';

const SCHEMA: DatasetSchema = {
  name: 'soil',
  description: 'Two columns.',
  target: 'kind',
  classes: ['clay', 'sand'],
  features: [
    { kind: 'categorical', name: 'colour', levels: ['red', 'brown', 'black'] },
    { kind: 'numeric', name: 'ph', unit: '1', observed: { min: 4, max: 9 }, plausible: { min: 0, max: 14 } },
  ],
};

describe('createEncoder', () => {
  const encoder = createEncoder(SCHEMA);

  it('gives a column to each number and each level', () => {
    expect(encoder.size).toBe(4);
    expect(encoder.columnNames).toEqual(['colour=red', 'colour=brown', 'colour=black', 'ph']);
  });

  it('writes levels one-hot and numbers as they are, at the offset', () => {
    const row = new Float64Array(6).fill(9);
    encoder.encode(['brown', 6.5], row, 1);
    expect([...row]).toEqual([9, 0, 1, 0, 6.5, 9]);
  });

  it('leaves nothing of the sample before in a row that is used again', () => {
    const row = new Float64Array(4);
    encoder.encode(['red', 1], row, 0);
    encoder.encode(['black', 2], row, 0);
    expect([...row]).toEqual([0, 0, 1, 2]);
  });

  it('encodes all samples row by row', () => {
    expect([
      ...encodeSamples(encoder, [
        ['red', 1],
        ['black', 2],
      ]),
    ]).toEqual([1, 0, 0, 1, 0, 0, 1, 2]);
    expect(encodeSamples(encoder, [])).toHaveLength(0);
  });
});
