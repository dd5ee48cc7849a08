/** An authorization server for tests: it signs what it is asked to, and lets everybody in (OAuth 2.1 with PKCE and dynamic registration). */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

const KEY_ID = 'key-1';

/** A running issuer. */
export interface TestIssuer {
  readonly url: string;
  /** Requests so far, by path. */
  readonly asked: readonly string[];
  /** Signs a token with the issuer's own key, or as `changes` say. */
  sign(claims: JWTPayload, changes?: { readonly algorithm?: string; readonly key?: CryptoKey | Uint8Array }): Promise<string>;
  /** Whether it answers nothing but 503 from now on. */
  setAway(away: boolean): void;
  close(): void;
}

/** Starts one on a free port; `path` is the part of its address behind the host. */
export async function startTestIssuer(path = ''): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const asked: string[] = [];
  let isAway = false;
  const challenges = new Map<string, { readonly challenge: string; readonly resource: string }>();
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

  const sign: TestIssuer['sign'] = (claims, { algorithm = 'ES256', key = privateKey } = {}) =>
    new SignJWT({ iss: url, sub: 'ada', exp: Math.floor(Date.now() / 1000) + 60, ...claims })
      .setProtectedHeader({ alg: algorithm, kid: KEY_ID })
      .sign(key);

  const metadata = metadataOf(url);

  function authorize(query: URLSearchParams): string {
    const code = crypto.randomUUID();
    challenges.set(code, { challenge: query.get('code_challenge') ?? '', resource: query.get('resource') ?? '' });
    const back = new URL(query.get('redirect_uri')!);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    return back.href;
  }

  async function token(form: URLSearchParams) {
    const { challenge, resource } = challenges.get(form.get('code') ?? '') ?? {};
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (challenge !== proof || resource !== form.get('resource')) return { error: 'invalid_grant' };
    return { access_token: await sign({ aud: resource!, scope: 'predict' }), token_type: 'Bearer', expires_in: 60 };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, url);
    const body = await text(request);
    asked.push(pathname);
    if (isAway) return void response.writeHead(503).end();
    const say = (value: object, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (pathname === `${path}/.well-known/openid-configuration`) return void say(metadata);
    if (pathname === `${path}/keys`) return void say({ keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'ES256' }] });
    if (pathname === `${path}/register`) return void say({ ...JSON.parse(body), client_id: 'client-1' }, 201);
    if (pathname === `${path}/authorize`) return void response.writeHead(302, { location: authorize(searchParams) }).end();
    if (pathname === `${path}/token`) {
      const granted = await token(new URLSearchParams(body));
      return void say(granted, 'error' in granted ? 400 : 200);
    }
    say({ error: 'not_found' }, 404);
  }

  return {
    url,
    asked,
    sign,
    setAway(away) {
      isAway = away;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function metadataOf(url: string) {
  return {
    issuer: url,
    jwks_uri: `${url}/keys`,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    registration_endpoint: `${url}/register`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
  };
}
