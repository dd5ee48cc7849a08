import { describe, expect, it } from 'vitest';
import { BODY_RATE, isSlow, STREAM_RATE } from './slow-senders.ts';

describe('isSlow', () => {
  it('leaves every body eight seconds', () => {
    expect(isSlow(BODY_RATE, 8000, 0)).toBe(false);
    expect(isSlow(BODY_RATE, 8001, 0)).toBe(true);
  });

  it('leaves a body longer for each 64 KiB that has come', () => {
    expect(isSlow(BODY_RATE, 9000, 65_536)).toBe(false);
    expect(isSlow(BODY_RATE, 9001, 65_536)).toBe(true);
    expect(isSlow(BODY_RATE, 60_000, 60 * 65_536)).toBe(false);
  });

  it('asks of a stream, after a minute, a row of 32 bytes every two seconds; not one every twenty', () => {
    const afterMinutes = (minutes: number, bytesEachSecond: number) =>
      isSlow(STREAM_RATE, minutes * 60_000, minutes * 60 * bytesEachSecond);
    expect(afterMinutes(1, 0)).toBe(false);
    expect(afterMinutes(2, 16)).toBe(false);
    expect(afterMinutes(60, 16)).toBe(false);
    expect(afterMinutes(2, 32 / 20)).toBe(true);
  });
});
