/** Asks for a key in constant time: neither the number of matching characters nor the key's length can be measured. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '@iris/settings';
import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import type { ApiConfig } from '../config.ts';
import { ApiError } from '../errors.ts';
import { isProtected } from './operation-errors.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** How a secret is carried, and how a caller is told so (RFC 9110, `WWW-Authenticate`). */
export interface SecretCarrier {
  readonly read: (request: FastifyRequest) => unknown;
  /** Where a caller puts it, in words. */
  readonly place: string;
  readonly challenge: string;
}

/** The key of callers, in a field of its own. */
export const API_KEY_FIELD: SecretCarrier = {
  read: ({ headers }) => headers['x-api-key'],
  place: 'in the header X-API-Key',
  challenge: 'ApiKey realm="api", header="X-API-Key"',
};

/** A bearer token (RFC 6750). */
export const BEARER_TOKEN: SecretCarrier = {
  read: ({ headers }) => /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1],
  place: 'as Authorization: Bearer …',
  challenge: 'Bearer realm="metrics"',
};

/**
 * Makes a hook for routes of any path, as there are while no model is loaded: it asks for the key where the model's own routes will. Who
 * may not ask is not told either what is missing.
 */
export function requireKeyWhereProtected({ API_KEY }: Pick<ApiConfig, 'API_KEY'>): onRequestHookHandler {
  const checkKey = API_KEY && requireSecret(API_KEY, API_KEY_FIELD);
  return function checkPath(request, reply, done) {
    const [path = ''] = request.url.split('?', 1);
    if (checkKey && isProtected(path)) checkKey.call(this, request, reply, done);
    else done();
  };
}

/** Makes a hook that answers 401 unless the request carries the secret. */
export function requireSecret(secret: Secret, { read, place, challenge }: SecretCarrier): onRequestHookHandler {
  const expected = digest(secret.reveal());
  return function checkSecret(request, reply, done) {
    const given = read(request);
    if (typeof given === 'string' && timingSafeEqual(digest(given), expected)) return done();
    reply.header('www-authenticate', challenge);
    done(new ApiError('UNAUTHORIZED', `A valid key is needed for this path, ${place}.`));
  };
}
