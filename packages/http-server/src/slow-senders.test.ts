import { describe, expect, it } from 'vitest';
import { isSlow } from './slow-senders.ts';

describe('isSlow', () => {
  it('leaves every body eight seconds', () => {
    expect(isSlow(8000, 0)).toBe(false);
    expect(isSlow(8001, 0)).toBe(true);
  });

  it('leaves a body longer for each 64 KiB that has come', () => {
    expect(isSlow(9000, 65_536)).toBe(false);
    expect(isSlow(9001, 65_536)).toBe(true);
    expect(isSlow(60_000, 60 * 65_536)).toBe(false);
  });
});
