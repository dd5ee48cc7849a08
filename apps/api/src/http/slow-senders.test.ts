import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isSlow } from './slow-senders.ts';

function requestOf(type: string, url = '/predict/batch?log=false'): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.headers['content-type'] = type;
  request.url = url;
  return request;
}

describe('isSlow', () => {
  const json = requestOf('application/json');

  it('leaves every body eight seconds', () => {
    expect(isSlow(json, 8000, 0)).toBe(false);
    expect(isSlow(json, 8001, 0)).toBe(true);
  });

  it('leaves a body longer for each 64 KiB that has come', () => {
    expect(isSlow(json, 9000, 65_536)).toBe(false);
    expect(isSlow(json, 9001, 65_536)).toBe(true);
    expect(isSlow(json, 60_000, 60 * 65_536)).toBe(false);
  });

  it('ends a CSV body that its route does not stream', () => {
    expect(isSlow(requestOf('text/csv', '/invocations'), 8001, 0)).toBe(true);
  });

  it.each(['application/x-ndjson', 'text/csv; charset=utf-8', 'TEXT/CSV'])('never ends a stream: %s', (type) => {
    expect(isSlow(requestOf(type), 3_600_000, 10)).toBe(false);
  });
});
