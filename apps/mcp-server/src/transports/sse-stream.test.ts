import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { SseStream } from './sse-stream.ts';

const CALL = { jsonrpc: '2.0', id: 1, method: 'tools/call' } as const;
const ANSWER = { jsonrpc: '2.0', id: 1, result: {} } as const;

class Response extends EventEmitter {
  written = '';
  ended = false;
  destroyed = false;
  writableLength = 0;
  writeHead(): void {}
  write(text: string): void {
    this.written += text;
  }
  end(): void {
    this.ended = true;
  }
  destroy(): void {
    this.destroyed = true;
  }
}

async function open() {
  const response = new Response();
  const options = { sessionId: 's', endpoint: '/messages?sessionId=s', endsAt: 0, client: '192.0.2.1', since: 0 };
  const stream = new SseStream(response as unknown as ServerResponse, options);
  let closed = 0;
  stream.onclose = () => closed++;
  await stream.start();
  return { response, stream, closed: () => closed };
}

describe('SseStream', () => {
  it('announces where messages go, and how soon to come back', async () => {
    const { response } = await open();
    expect(response.written).toBe('retry: 200\nevent: endpoint\ndata: /messages?sessionId=s\n\n');
  });

  it('ends between two calls, never within one', async () => {
    const { response, stream, closed } = await open();
    stream.receive(CALL);
    stream.finish();
    expect(response.ended).toBe(false);
    await stream.send(ANSWER);
    expect(response.written).toContain('event: message\ndata: {"jsonrpc":"2.0","id":1,"result":{}}\n\n');
    expect(response.ended).toBe(true);
    expect(closed()).toBe(1);
  });

  it('ends at once when nothing is asked, or what was asked was cancelled', async () => {
    const idle = await open();
    idle.stream.finish();
    expect(idle.response.ended).toBe(true);

    const cancelled = await open();
    cancelled.stream.receive(CALL);
    cancelled.stream.receive({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
    expect(cancelled.stream.unanswered).toBe(0);
  });

  it('cuts a client that does not read', async () => {
    const { response, stream } = await open();
    response.writableLength = 5 * 1024 * 1024;
    await stream.send(ANSWER);
    expect(response.destroyed).toBe(true);
  });

  it('writes nothing once the client is gone', async () => {
    const { response, stream, closed } = await open();
    response.emit('close');
    const before = response.written;
    stream.keepAlive();
    await stream.send(ANSWER);
    await stream.close();
    expect(response.written).toBe(before);
    expect(closed()).toBe(1);
  });

  it('holds back a client that does not read what it has asked for', async () => {
    const { response, stream } = await open();
    expect(stream.busy).toBe(false);
    response.writableLength = 64 * 1024 + 1;
    expect(stream.busy).toBe(true);
  });
});
