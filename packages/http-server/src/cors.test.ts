import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { writeCorsHeaders } from './cors.ts';

const POLICY = {
  isAllowed: (origin: string) => origin === 'https://page.example',
  methods: ['GET', 'POST'],
  requestHeaders: ['content-type', 'x-key'],
  exposedHeaders: ['retry-after'],
};

function answer(method: string, headers: Readonly<Record<string, string>>) {
  const request = Object.assign(new IncomingMessage(new Socket()), { method, headers });
  const response = new ServerResponse(request);
  return { isQuestion: writeCorsHeaders(request, response, POLICY), headers: { ...response.getHeaders() } };
}

describe('writeCorsHeaders', () => {
  it('lets an allowed page read the answer and its headers', () => {
    expect(answer('POST', { origin: 'https://page.example' })).toEqual({
      isQuestion: false,
      headers: {
        vary: 'Origin',
        'access-control-allow-origin': 'https://page.example',
        'access-control-expose-headers': 'retry-after',
      },
    });
  });

  it('answers the browser of an allowed page that asks first', () => {
    const question = {
      origin: 'https://page.example',
      'access-control-request-method': 'POST',
      'access-control-request-private-network': 'true',
    };
    expect(answer('OPTIONS', question)).toEqual({
      isQuestion: true,
      headers: {
        vary: 'Origin',
        'access-control-allow-origin': 'https://page.example',
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'content-type, x-key',
        'access-control-max-age': 600,
        'access-control-allow-private-network': 'true',
      },
    });
  });

  it.each([
    'https://evil.example',
    'https://page.example.evil.example',
    'http://page.example',
    'https://page.example:8443',
    'null',
  ])('gives the page of %s nothing', (origin) => {
    expect(answer('OPTIONS', { origin, 'access-control-request-method': 'POST' })).toEqual({
      isQuestion: false,
      headers: { vary: 'Origin' },
    });
  });

  it('gives who is no page nothing', () => {
    expect(answer('POST', {})).toEqual({ isQuestion: false, headers: { vary: 'Origin' } });
  });
});
