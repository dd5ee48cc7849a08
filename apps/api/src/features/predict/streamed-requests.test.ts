import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isStreamed } from './streamed-requests.ts';

function requestOf(type: string, url = '/predict/batch?log=false'): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.headers['content-type'] = type;
  request.url = url;
  return request;
}

describe('isStreamed', () => {
  it.each(['application/x-ndjson', 'text/csv; charset=utf-8', 'TEXT/CSV'])('knows a stream: %s', (type) => {
    expect(isStreamed(requestOf(type))).toBe(true);
  });

  it('takes JSON, and CSV that another route holds, for what they are', () => {
    expect(isStreamed(requestOf('application/json'))).toBe(false);
    expect(isStreamed(requestOf('text/csv', '/invocations'))).toBe(false);
  });
});
