import { describe, expect, it } from 'vitest';
import { isPrivateAddress } from './private-addresses.ts';

describe('isPrivateAddress', () => {
  it.each(['10.0.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '127.0.0.1', 'fd12::1', '::1'])('takes %s', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each([
    '172.32.0.1',
    '169.254.169.254',
    '8.8.8.8',
    '2001:db8::1',
    '::ffff:8.8.8.8',
    'localhost',
    '',
    '10.0.0.1.example',
    '0x7f.1',
  ])('refuses %j', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});
