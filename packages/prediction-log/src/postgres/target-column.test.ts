import { describe, expect, it } from 'vitest';
import { targetColumn } from './target-column.ts';

describe('targetColumn', () => {
  it.each([
    ['species', '"species"'],
    ['churned?', '"churned?"'],
    ['a"; DROP TABLE predictions; --', '"a""; DROP TABLE predictions; --"'],
    ['Größe in cm', '"Größe in cm"'],
  ])('quotes %s', (target, column) => {
    expect(targetColumn(target)).toBe(column);
  });

  it.each(['', 'version', 'id', 'record_id', 'x'.repeat(64), 'ß'.repeat(32), 'a\0b'])('refuses %j', (target) => {
    expect(() => targetColumn(target)).toThrow(expect.objectContaining({ code: 'PREDICTION_LOG_TARGET_INVALID' }));
  });
});
