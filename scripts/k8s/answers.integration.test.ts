import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { firstAnswer, nodeAddresses } from './answers.ts';
import { clusterIn } from './cluster.ts';
import { recordingTerminal } from './recording-terminal.ts';

async function portWithoutServer(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('firstAnswer', () => {
  it('finds the host that answers, whatever it answers', async () => {
    const server = createServer((_request, response) => response.writeHead(401).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await firstAnswer(['127.0.0.2', '127.0.0.1'], port)).toBe(`http://127.0.0.1:${port}`);
    server.close();
  });

  it('waits for a server that is about to listen', async () => {
    const port = await portWithoutServer();
    const answer = firstAnswer(['127.0.0.1'], port);
    const later = createServer((_request, response) => response.end()).listen(port, '127.0.0.1');
    expect(await answer).toBe(`http://127.0.0.1:${port}`);
    later.close();
  });

  it('gives up at the deadline', async () => {
    expect(await firstAnswer(['127.0.0.1'], await portWithoutServer(), 300)).toBeUndefined();
  });
});

describe('nodeAddresses', () => {
  it('has this machine first, then each node', async () => {
    const addresses = [
      { type: 'Hostname', address: 'node-1' },
      { type: 'InternalIP', address: '10.0.0.1' },
      { type: 'InternalIP', address: 'fd00::1' },
    ];
    const terminal = recordingTerminal({ 'kubectl get nodes': { items: [{ status: { addresses } }] } });
    expect(await nodeAddresses(clusterIn(terminal, undefined))).toEqual(['127.0.0.1', '10.0.0.1', '[fd00::1]']);
  });
});
