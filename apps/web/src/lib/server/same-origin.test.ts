import { describe, expect, it } from 'vitest';
import { refuseOtherSites, refuseOtherTypes } from './same-origin.ts';

const ask = (headers: Record<string, string>, trustProxy = false) =>
  refuseOtherSites(new Request('http://client.test/api/chat', { method: 'POST', headers }), { trustProxy })?.status;

describe('refuseOtherSites', () => {
  it.each([
    ['no browser', { host: 'iris.example' }],
    ['a page of ours', { host: 'iris.example', origin: 'http://iris.example' }],
    ['a page of ours behind TLS', { host: 'iris.example', origin: 'https://iris.example', 'sec-fetch-site': 'same-origin' }],
    ['a page of ours on a port', { host: '192.0.2.7:30801', origin: 'http://192.0.2.7:30801' }],
    ['a page of ours, the default port named', { host: 'Iris.Example:443', origin: 'https://iris.example' }],
    ['a page of ours at an address of IPv6', { host: '[2001:db8::1]:30801', origin: 'http://[2001:db8::1]:30801' }],
    ['the address bar', { host: 'iris.example', 'sec-fetch-site': 'none' }],
  ])('lets %s ask', (_who, headers) => {
    expect(ask(headers)).toBeUndefined();
  });

  it.each([
    ['another site', { host: 'iris.example', origin: 'http://evil.example' }],
    ['another port', { host: 'iris.example:30801', origin: 'http://iris.example:8080' }],
    ['a subdomain', { host: 'iris.example', origin: 'http://a.iris.example' }],
    ['a page without an origin, as in a sandbox', { host: 'iris.example', origin: 'null' }],
    ['what the browser calls another site', { host: 'iris.example', 'sec-fetch-site': 'cross-site' }],
    ['what the browser calls a sibling', { host: 'iris.example', origin: 'http://iris.example', 'sec-fetch-site': 'same-site' }],
    [
      'another site that names a forwarded host',
      { host: 'a.example', origin: 'http://b.example', 'x-forwarded-host': 'b.example' },
    ],
    ['an origin where no host is given', { origin: 'http://iris.example' }],
  ])('refuses %s', (_who, headers) => {
    expect(ask(headers)).toBe(403);
  });

  it('reads X-Forwarded-Host only of a proxy of ours', () => {
    const headers = { host: 'pod:8501', origin: 'https://iris.example', 'x-forwarded-host': 'iris.example, inner.example' };
    expect([ask(headers), ask(headers, true)]).toEqual([403, undefined]);
  });
});

describe('refuseOtherTypes', () => {
  const send = (type: string | undefined, method = 'POST') =>
    refuseOtherTypes(
      new Request('http://client.test/', { method, ...(type !== undefined && { headers: { 'content-type': type } }) }),
      ['application/json'],
    )?.status;

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])('takes %s', (type) => {
    expect(send(type)).toBeUndefined();
  });

  it.each([
    'text/plain',
    'text/plain; application/json',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    undefined,
  ])('refuses %s', (type) => {
    expect(send(type)).toBe(415);
  });

  it('asks no type of a request without a body', () => {
    expect(send(undefined, 'GET')).toBeUndefined();
  });
});
