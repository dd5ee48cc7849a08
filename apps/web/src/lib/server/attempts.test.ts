import { describe, expect, it } from 'vitest';
import { createAttempts } from './attempts.ts';

/** Attempts granted of so many. */
function granted(
  attempts: ReturnType<typeof createAttempts>,
  caller: Parameters<typeof attempts.take>[0],
  count: number,
): number {
  return Array.from({ length: count }, () => attempts.take(caller)).filter(Boolean).length;
}

describe('attempts', () => {
  it('of one address end after ten, and come back one by one', () => {
    let now = 0;
    const attempts = createAttempts(() => now);
    expect(granted(attempts, { address: '192.0.2.1' }, 1000)).toBe(10);
    now += 12_000;
    expect(granted(attempts, { address: '192.0.2.1' }, 1000)).toBe(2);
  });

  it('of others are not used up by one, however often it tries', () => {
    const attempts = createAttempts(() => 0);
    granted(attempts, { address: '192.0.2.1' }, 100_000);
    expect(attempts.take({ address: '192.0.2.2' })).toBe(true);
  });

  it('of thousands of addresses together are bounded; a browser that has known the password still has its own', () => {
    const attempts = createAttempts(() => 0);
    const each = Array.from({ length: 20_000 }, (_, n) => granted(attempts, { address: `10.0.${n >> 8}.${n & 255}` }, 1));
    expect(each.filter(Boolean)).toHaveLength(100);
    expect(attempts.take({ known: 'cookie' })).toBe(true);
  });

  it('of one network of IPv6 are one caller’s, and an address of IPv4 is the same in either form', () => {
    const attempts = createAttempts(() => 0);
    const hosts = Array.from({ length: 50 }, (_, n) => ({ address: `2001:db8:1:2::${n.toString(16)}` }));
    expect(hosts.filter((host) => attempts.take(host))).toHaveLength(10);
    expect(attempts.take({ address: '2001:db8:1:3::1' })).toBe(true);
    granted(attempts, { address: '::ffff:192.0.2.1' }, 10);
    expect(attempts.take({ address: '192.0.2.1' })).toBe(false);
  });

  it('begin anew once the password was right', () => {
    const attempts = createAttempts(() => 0);
    granted(attempts, { address: '192.0.2.1' }, 10);
    attempts.forget({ address: '192.0.2.1' });
    expect(granted(attempts, { address: '192.0.2.1' }, 20)).toBe(10);
  });
});
