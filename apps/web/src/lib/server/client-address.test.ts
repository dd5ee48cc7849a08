import { expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';

const headers = new Headers({ 'x-iris-peer': '10.0.0.1', 'x-forwarded-for': '192.0.2.66, 192.0.2.1' });

it('is the other end of the connection, whatever the caller writes', () => {
  expect(clientAddress(headers, false)).toBe('10.0.0.1');
});

it('is what a trusted proxy adds at the end', () => {
  expect(clientAddress(headers, true)).toBe('192.0.2.1');
  expect(clientAddress(new Headers({ 'x-iris-peer': '10.0.0.1' }), true)).toBe('10.0.0.1');
});
