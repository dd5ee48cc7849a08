import { Secret } from '@iris/settings';
import { describe, expect, it } from 'vitest';
import { feedbackSource, networkOf } from './feedback-source.ts';

describe('networkOf', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2'],
    ['2001:0DB8:1:2::', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s is of %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('feedbackSource', () => {
  it('gives one pseudonym to an address in all replicas, another to other addresses, and the address to nobody', () => {
    const [one, other] = [feedbackSource(new Secret('key')), feedbackSource(new Secret('key'))];
    expect(one('192.0.2.7')).toBe(other('::ffff:192.0.2.7'));
    expect(one('192.0.2.7')).not.toBe(one('192.0.2.8'));
    expect(one('192.0.2.7')).toMatch(/^[0-9a-f]{16}$/);
  });

  it('needs the key to be made again', () => {
    expect(feedbackSource(undefined)('192.0.2.7')).not.toBe(feedbackSource(new Secret('key'))('192.0.2.7'));
  });
});
