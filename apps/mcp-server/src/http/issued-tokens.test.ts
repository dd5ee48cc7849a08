import { generateKeyPair } from 'jose';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkIssued } from './issued-tokens.ts';
import type { TokenCheck } from './require-token.ts';
import { startTestIssuer, type TestIssuer } from './test-issuer.ts';

const PUBLIC_URL = 'https://mcp.example';
const logger = pino({ level: 'silent' });
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

let issuer: TestIssuer;
let judge: TokenCheck;
beforeAll(async () => {
  issuer = await startTestIssuer('/realms/ml');
  judge = checkWith({});
});
afterAll(() => issuer.close());
afterEach(() => vi.useRealTimers());

const checkWith = (settings: { OAUTH_AUDIENCE?: string; OAUTH_SCOPE?: string }, clock = () => 0) =>
  checkIssued(
    { OAUTH_AUDIENCE: undefined, OAUTH_SCOPE: undefined, OAUTH_ISSUER: issuer.url, PUBLIC_URL, ...settings },
    logger,
    clock,
  );

describe('a token', () => {
  it.each(['', '/', '/mcp', '/sse'])('of the issuer for this server, as https://mcp.example%s, is valid', async (path) => {
    expect(await judge(await issuer.sign({ aud: PUBLIC_URL + path }))).toBe('valid');
    expect(await judge(await issuer.sign({ aud: ['https://other.example', PUBLIC_URL + path] }))).toBe('valid');
  });

  it.each([
    ['for another server', { aud: 'https://other.example' }],
    ['for a server whose name begins alike', { aud: 'https://mcp.example.evil.example' }],
    ['for nobody', {}],
    ['of another issuer', { aud: PUBLIC_URL, iss: 'https://evil.example' }],
    ['that is over', { aud: PUBLIC_URL, exp: inSeconds(-60) }],
    ['that has no end', { aud: PUBLIC_URL, exp: undefined as unknown as number }],
    ['that is not yet valid', { aud: PUBLIC_URL, nbf: inSeconds(60) }],
  ])('%s is not', async (_name, claims) => {
    expect(await judge(await issuer.sign(claims))).toBe('invalid');
  });

  it('of another key, or signed by what everybody can read, is not', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    expect(await judge(await issuer.sign({ aud: PUBLIC_URL }, { key: privateKey }))).toBe('invalid');
    const secret = new TextEncoder().encode('k'.repeat(32));
    expect(await judge(await issuer.sign({ aud: PUBLIC_URL }, { algorithm: 'HS256', key: secret }))).toBe('invalid');
    const [header, payload] = [{ alg: 'none' }, { iss: issuer.url, aud: PUBLIC_URL, exp: inSeconds(60) }].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    expect(await judge(`${header}.${payload}.`)).toBe('invalid');
  });

  it.each(['', 'x', 'a.b.c', '..', `${'a'.repeat(10_000)}.b.c`])('that is none (%#) is not, and needs no key', async (token) => {
    const before = issuer.asked.length;
    expect(await checkWith({})(token)).toBe('invalid');
    expect(issuer.asked).toHaveLength(before);
  });

  it('changed after it was signed is not', async () => {
    const [header, , signature] = (await issuer.sign({ aud: PUBLIC_URL })).split('.');
    const payload = Buffer.from(JSON.stringify({ iss: issuer.url, aud: PUBLIC_URL, exp: inSeconds(9999) })).toString('base64url');
    expect(await judge(`${header}.${payload}.${signature}`)).toBe('invalid');
  });

  it('needs the scope that is set, in either form', async () => {
    const scoped = checkWith({ OAUTH_SCOPE: 'predict' });
    expect(await scoped(await issuer.sign({ aud: PUBLIC_URL, scope: 'read predict' }))).toBe('valid');
    expect(await scoped(await issuer.sign({ aud: PUBLIC_URL, scp: ['predict'] }))).toBe('valid');
    expect(await scoped(await issuer.sign({ aud: PUBLIC_URL, scope: 'predictions' }))).toBe('insufficient scope');
    expect(await scoped(await issuer.sign({ aud: PUBLIC_URL }))).toBe('insufficient scope');
  });

  it('is for the audience that is set, and no other', async () => {
    const named = checkWith({ OAUTH_AUDIENCE: 'iris-mcp' });
    expect(await named(await issuer.sign({ aud: 'iris-mcp' }))).toBe('valid');
    expect(await named(await issuer.sign({ aud: PUBLIC_URL }))).toBe('invalid');
  });
});

describe('the issuer', () => {
  it('is asked once for many tokens', async () => {
    const before = issuer.asked.length;
    const check = checkWith({});
    const token = await issuer.sign({ aud: PUBLIC_URL });
    expect(new Set(await Promise.all(Array.from({ length: 50 }, () => check(token))))).toEqual(new Set(['valid']));
    expect(issuer.asked.slice(before)).toEqual(['/realms/ml/.well-known/openid-configuration', '/realms/ml/keys']);
  });

  it('that is away leaves the verdict open, is not asked for each token, and is believed again when it is back', async () => {
    let now = 0;
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line).msg) });
    const settings = { OAUTH_AUDIENCE: undefined, OAUTH_SCOPE: undefined, OAUTH_ISSUER: issuer.url, PUBLIC_URL };
    const check = checkIssued(settings, log, () => now);
    const token = await issuer.sign({ aud: PUBLIC_URL });
    issuer.setAway(true);
    const before = issuer.asked.length;
    for (let turn = 0; turn < 3; turn++) expect(await check(token)).toBe('unknown');
    expect(issuer.asked.length - before).toBe(2);
    issuer.setAway(false);
    expect(await check(token)).toBe('unknown');
    now = 5001;
    expect(await check(token)).toBe('valid');
    expect(lines).toEqual([expect.stringContaining('cannot be asked'), expect.stringContaining('answers again')]);
  });

  it('that is away when its keys have grown old is not asked for each token either', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let now = 0;
    const check = checkWith({}, () => now);
    const token = await issuer.sign({ aud: PUBLIC_URL, exp: inSeconds(3600) });
    expect(await check(token)).toBe('valid');
    vi.setSystemTime(Date.now() + 11 * 60_000);
    issuer.setAway(true);
    const before = issuer.asked.length;
    for (let turn = 0; turn < 3; turn++) expect(await check(token)).toBe('unknown');
    expect(issuer.asked.slice(before)).toEqual(['/realms/ml/keys']);
    issuer.setAway(false);
    now = 5001;
    expect(await check(token)).toBe('valid');
  });

  it('whose metadata are of another is not believed', async () => {
    const settings = { OAUTH_AUDIENCE: undefined, OAUTH_SCOPE: undefined, OAUTH_ISSUER: `${issuer.url}/other`, PUBLIC_URL };
    expect(await checkIssued(settings, logger, () => 0)(await issuer.sign({ aud: PUBLIC_URL }))).toBe('unknown');
  });
});
