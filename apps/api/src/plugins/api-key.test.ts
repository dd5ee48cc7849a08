import { Secret } from '@iris/settings';
import Fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { API_KEY_FIELD, BEARER_TOKEN, requireSecret } from './api-key.ts';

const app = Fastify();
app.get('/key', { onRequest: requireSecret(new Secret('sésame'), API_KEY_FIELD) }, () => 'open');
app.get('/token', { onRequest: requireSecret(new Secret('t0ken'), BEARER_TOKEN) }, () => 'open');
afterAll(() => app.close());

const statusOf = async (url: string, headers: Record<string, string>) => (await app.inject({ url, headers })).statusCode;

describe('requireSecret', () => {
  it.each(['', 'sésam', 'sésamesésame', 'SÉSAME', ' '])('refuses %j', async (key) => {
    expect((await app.inject({ url: '/key', headers: { 'x-api-key': key } })).json()).toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('tells in the answer how the secret is to be sent', async () => {
    expect((await app.inject('/key')).headers['www-authenticate']).toBe('ApiKey realm="api", header="X-API-Key"');
    expect((await app.inject('/token')).headers['www-authenticate']).toBe('Bearer realm="metrics"');
  });

  it('refuses a request without it, and lets one with it in', async () => {
    expect((await app.inject('/key')).json()).toMatchObject({ code: 'UNAUTHORIZED' });
    expect(await statusOf('/key', { 'x-api-key': 'sésame' })).toBe(200);
  });

  it.each([
    ['Bearer t0ken', 200],
    ['bearer t0ken', 200],
    ['t0ken', 500],
    ['Basic t0ken', 500],
    ['Bearer', 500],
    ['Bearer t0ken x', 500],
  ])('reads a bearer token from %j', async (authorization, status) => {
    // Without the error handler of the app Fastify knows no status for the refusal.
    expect(await statusOf('/token', { authorization })).toBe(status);
  });
});
