import { generateChurn } from '@iris/dataset/churn';
import { describe, expect, it } from 'vitest';
import { hashRows } from './row-hashes.ts';

describe('hashRows', () => {
  const churn = generateChurn({ sampleCount: 500 });

  it('gives each row its own, whatever rows are beside it', () => {
    const hashes = hashRows(churn);
    expect(new Set(hashes).size).toBe(500);
    const { schema, samples, labels } = churn;
    expect(hashRows({ schema, samples: samples.slice(7), labels: labels.slice(7) })).toEqual(hashes.slice(7));
  });

  it('takes a row with another label for another row', () => {
    const { schema, samples, labels } = churn;
    const [before] = hashRows(churn);
    expect(hashRows({ schema, samples, labels: [1 - labels[0]!, ...labels.slice(1)] })[0]).not.toBe(before);
  });
});
