import { generateChurn } from '@iris/dataset/churn';
import { describe, expect, it } from 'vitest';
import { hashRows } from './row-hashes.ts';

describe('hashRows', () => {
  const churn = generateChurn({ sampleCount: 500 });

  it('gives each row its own, whatever rows are beside it', () => {
    const hashes = hashRows(churn);
    expect(new Set(hashes).size).toBe(500);
    const columns = churn.columns.map((column) => column.slice(7));
    expect(hashRows({ ...churn, columns, labels: churn.labels.slice(7) })).toEqual(hashes.slice(7));
  });

  it('takes a row with another label for another row', () => {
    const [before] = hashRows(churn);
    expect(hashRows({ ...churn, labels: churn.labels.with(0, 1 - churn.labels[0]!) })[0]).not.toBe(before);
  });
});
