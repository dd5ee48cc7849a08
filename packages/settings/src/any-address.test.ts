import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { anyAddress } from './any-address.ts';

const server = createServer((_request, response) => response.end('here'));
afterEach(() => void server.close());

describe('anyAddress', () => {
  it.each([
    [{ lo: [{ family: 'IPv4' }, { family: 'IPv6' }], eth0: [{ family: 'IPv4' }] }, '::'],
    [{ eth0: [{ family: 'IPv6' }] }, '::'],
    [{ lo: [{ family: 'IPv4' }], eth0: undefined }, '0.0.0.0'],
    [{}, '0.0.0.0'],
  ])('of %j is %s', (interfaces, address) => {
    expect(anyAddress(interfaces)).toBe(address);
  });

  it('is reached by each family that this machine has', async () => {
    await once(server.listen(0, anyAddress()), 'listening');
    const { port } = server.address() as AddressInfo;
    const families = new Set(Object.values(networkInterfaces()).flatMap((addresses) => addresses!.map(({ family }) => family)));
    for (const family of families) {
      const answer = await fetch(`http://${family === 'IPv6' ? '[::1]' : '127.0.0.1'}:${port}`);
      expect(await answer.text()).toBe('here');
    }
  });
});
