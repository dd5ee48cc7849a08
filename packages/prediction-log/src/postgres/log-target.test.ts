import { describe, expect, it } from 'vitest';
import { logTarget } from './log-target.ts';

describe('logTarget', () => {
  it.each(['species', 'espèce', 'with blanks', 'a"b', 'x'.repeat(63)])(
    'is the target where that can be a column: %j',
    (target) => {
      expect(logTarget(target)).toBe(target);
    },
  );

  it.each(['id', 'model', 'version', 'features', 'feedback', 'request_id'])(
    'is another name for %s, which the log has itself',
    (target) => {
      expect(logTarget(target)).toBe(`predicted_${target}`);
    },
  );

  it('is short and one for each of the targets that are too long', () => {
    const names = ['é'.repeat(500), '🌱'.repeat(100), `${'é'.repeat(499)}e`].map(logTarget);
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
  });
});
