/** Judges tokens that an authorization server has signed: by its keys, for this server, for now, with the scope that is needed. */
import { createRemoteJWKSet, customFetch, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Logger } from 'pino';
import type { ServerConfig } from '../config.ts';
import type { TokenCheck } from './require-token.ts';
import { resourcesOf } from './resource-metadata.ts';

/** Of keys that only the issuer has: none that the public key could forge, and not `none`. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const CLOCK_TOLERANCE_S = 5;
const ANSWER_MS = 5000;
/** What has failed is asked of the issuer again after so long, however many tokens come. */
const PAUSE_MS = 5000;

type IssuerSettings = Pick<ServerConfig, 'OAUTH_AUDIENCE' | 'OAUTH_SCOPE'> & {
  readonly OAUTH_ISSUER: string;
  readonly PUBLIC_URL: string;
};

/** Makes the check; nothing is asked of the issuer before the first token comes. */
export function checkIssued(settings: IssuerSettings, logger: Logger, clock: () => number): TokenCheck {
  const { OAUTH_ISSUER, OAUTH_AUDIENCE, OAUTH_SCOPE, PUBLIC_URL } = settings;
  const findKey = keysOf(OAUTH_ISSUER, clock);
  const expected = {
    issuer: [OAUTH_ISSUER, OAUTH_ISSUER.endsWith('/') ? OAUTH_ISSUER.slice(0, -1) : `${OAUTH_ISSUER}/`],
    audience: OAUTH_AUDIENCE ?? resourcesOf(PUBLIC_URL),
    algorithms: ALGORITHMS,
    requiredClaims: ['exp'],
    clockTolerance: CLOCK_TOLERANCE_S,
  };
  let isAway = false;

  function tell(away: boolean, error?: unknown): void {
    if (away === isAway) return;
    isAway = away;
    if (away)
      logger.warn(
        { issuer: OAUTH_ISSUER, err: error },
        'the issuer of tokens cannot be asked: tokens of its making are refused with 503',
      );
    else logger.info({ issuer: OAUTH_ISSUER }, 'the issuer of tokens answers again');
  }

  return async function judge(token) {
    // What is no JWT is somebody's secret: the issuer need not be asked.
    if (token.split('.').length !== 3) return 'invalid';
    try {
      const { payload } = await jwtVerify(token, findKey, expected);
      tell(false);
      return hasScope(payload, OAUTH_SCOPE) ? 'valid' : 'insufficient scope';
    } catch (error) {
      if (isOfToken(error)) return 'invalid';
      tell(true, error);
      return 'unknown';
    }
  };
}

/** Whether the token is at fault, and not the way to the issuer. */
function isOfToken(error: unknown): boolean {
  const isOfIssuer = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid;
  // The class itself is thrown for an answer of the issuer that is none.
  return error instanceof errors.JOSEError && !isOfIssuer && error.code !== 'ERR_JOSE_GENERIC';
}

function hasScope({ scope, scp }: JWTPayload, needed: string | undefined): boolean {
  if (needed === undefined) return true;
  const given = [scope, scp].flatMap((value) =>
    typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [],
  );
  return given.includes(needed);
}

/** The issuer's keys, at the address that its metadata name, which is asked for with the first token; kept and renewed by jose. */
function keysOf(issuer: string, clock: () => number): JWTVerifyGetKey {
  const ask = pauseAfterFailure(askForKeys, clock);
  const discover = pauseAfterFailure(() => discoverKeys(issuer, ask), clock);
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async function findKey(header, token) {
    keys ??= discover().catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return (await keys)(header, token);
  };
}

/** The same work, which fails at once for a while when it has failed. */
function pauseAfterFailure<Inputs extends unknown[], Result>(
  work: (...inputs: Inputs) => Promise<Result>,
  clock: () => number,
): (...inputs: Inputs) => Promise<Result> {
  let failure: { readonly error: unknown; readonly at: number } | undefined;
  return async function workOrPause(...inputs) {
    if (failure && clock() - failure.at <= PAUSE_MS) throw failure.error;
    try {
      return await work(...inputs);
    } catch (error) {
      failure = { error, at: clock() };
      throw error;
    }
  };
}

async function askForKeys(address: string, options: RequestInit): Promise<Response> {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  return answer;
}

async function discoverKeys(issuer: string, ask: typeof askForKeys): Promise<JWTVerifyGetKey> {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/+$/, '');
  // OpenID Connect's place, and that of RFC 8414.
  const places = [`${origin}${path}/.well-known/openid-configuration`, `${origin}/.well-known/oauth-authorization-server${path}`];
  let reason: unknown;
  for (const place of places) {
    try {
      const address = await readKeysAddress(place, issuer);
      return createRemoteJWKSet(address, { timeoutDuration: ANSWER_MS, [customFetch]: ask });
    } catch (error) {
      reason = error;
    }
  }
  throw new Error(`the metadata of ${issuer} cannot be read`, { cause: reason });
}

async function readKeysAddress(place: string, issuer: string): Promise<URL> {
  const answer = await fetch(place, { redirect: 'error', signal: AbortSignal.timeout(ANSWER_MS) });
  const document = (await answer.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  // RFC 8414, 3.3: metadata of another issuer must not be used.
  const isHis = String(document.issuer).replace(/\/$/, '') === issuer.replace(/\/$/, '');
  if (!answer.ok || !isHis || typeof document.jwks_uri !== 'string')
    throw new Error(`${place} answers no metadata of this issuer`);
  return new URL(document.jwks_uri);
}
