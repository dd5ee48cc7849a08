/** Asks for a bearer token (RFC 6750), and says where to get one (RFC 9728). */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '@iris/settings';
import type { FastifyReply, onRequestAsyncHookHandler } from 'fastify';
import type { ServerConfig } from '../config.ts';
import type { Metrics } from '../metrics.ts';
import { REFUSED, sendJsonRpcError } from './json-rpc.ts';
import { metadataUrl } from './resource-metadata.ts';

/** What comes of a token: taken, not one of these, without a scope that is needed, or not to be told now. */
type Verdict = 'valid' | 'invalid' | 'insufficient scope' | 'unknown';

/** Judges a token. */
export type TokenCheck = (token: string) => Promise<Verdict>;

const ANSWERS = {
  invalid: { status: 401, detail: 'A valid bearer token is needed.', error: 'invalid_token' },
  'insufficient scope': { status: 403, detail: 'The token has not the scope that is needed.', error: 'insufficient_scope' },
  unknown: { status: 503, detail: 'The issuer of tokens cannot be asked now; try again.', error: undefined },
} as const;
/** Of several verdicts the one that tells most. */
const ORDER: readonly Verdict[] = ['valid', 'insufficient scope', 'unknown', 'invalid'];

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Takes one secret token, compared in constant time. */
export function checkSecret(secret: Secret): TokenCheck {
  const expected = digest(secret.reveal());
  return async (token) => (timingSafeEqual(digest(token), expected) ? 'valid' : 'invalid');
}

/** Makes the hook: a token that one of the checks takes is let in. */
export function requireToken(
  checks: readonly TokenCheck[],
  settings: Pick<ServerConfig, 'OAUTH_ISSUER' | 'PUBLIC_URL'>,
  metrics: Metrics,
): onRequestAsyncHookHandler {
  async function judge(token: string | undefined): Promise<Verdict> {
    if (token === undefined) return 'invalid';
    const verdicts = new Set<Verdict>();
    for (const check of checks) {
      const verdict = await check(token);
      if (verdict === 'valid') return verdict;
      verdicts.add(verdict);
    }
    return ORDER.find((verdict) => verdicts.has(verdict)) ?? 'invalid';
  }

  return async function checkToken({ headers, url }, reply) {
    const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
    const verdict = await judge(token);
    if (verdict === 'valid') return;
    metrics.countRefused('token');
    const { status, detail, error } = ANSWERS[verdict];
    if (error === undefined) reply.header('retry-after', 1);
    else challenge(reply, [...(token === undefined ? [] : [`error="${error}"`]), ...resourceParameter(settings, url)]);
    return sendJsonRpcError(reply, status, REFUSED, detail);
  };
}

function challenge(reply: FastifyReply, parameters: readonly string[]): void {
  reply.header('www-authenticate', `Bearer ${['realm="mcp"', ...parameters].join(', ')}`);
}

function resourceParameter(
  { OAUTH_ISSUER, PUBLIC_URL }: Pick<ServerConfig, 'OAUTH_ISSUER' | 'PUBLIC_URL'>,
  url: string,
): string[] {
  if (OAUTH_ISSUER === undefined || PUBLIC_URL === undefined) return [];
  return [`resource_metadata="${metadataUrl(PUBLIC_URL, url.startsWith('/mcp') ? '/mcp' : '/sse')}"`];
}
