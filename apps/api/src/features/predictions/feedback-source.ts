/** Who tells a feedback, as the log keeps it: enough to see how much comes from one place, and no address. */
import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Secret } from '@iris/settings';

const HEX_DIGITS = 16;
/** A provider gives a customer at least so many groups of an IPv6 address to choose from: RFC 6177. */
const NETWORK_GROUPS = 4;
const GROUPS = 8;

/**
 * Makes the function from a caller's address to its pseudonym, the same in all replicas. Callers behind one proxy have one.
 *
 * @param key of the hash, so that who reads the log cannot try all addresses; without one they can.
 */
export function feedbackSource(key: Secret | undefined): (address: string) => string {
  const secret = key?.reveal() ?? '';
  return function sourceOf(address) {
    return createHmac('sha256', secret).update(networkOf(address)).digest('hex').slice(0, HEX_DIGITS);
  };
}

/** An IPv4 address as it is, also where a socket of both families gives it as IPv6; of an IPv6 address the first 64 bits. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.toLowerCase().split('::');
  const before = head.split(':').filter((group) => group !== '');
  const after = tail.split(':').filter((group) => group !== '');
  const zeros = new Array<string>(Math.max(0, GROUPS - before.length - after.length)).fill('0');
  const groups = [...before, ...zeros, ...after].slice(0, NETWORK_GROUPS);
  return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
