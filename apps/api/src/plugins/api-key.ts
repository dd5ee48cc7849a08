/** Asks for a key in constant time: neither the number of matching characters nor the key's length can be measured. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '@iris/settings';
import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import { ApiError } from '../errors.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Makes a hook that answers 401 unless the request carries the secret.
 *
 * @param read takes the given secret from the request.
 */
export function requireSecret(secret: Secret, read: (request: FastifyRequest) => unknown): onRequestHookHandler {
  const expected = digest(secret.reveal());
  return function checkSecret(request, _reply, done) {
    const given = read(request);
    if (typeof given === 'string' && timingSafeEqual(digest(given), expected)) done();
    else done(new ApiError('UNAUTHORIZED', 'A valid key is needed for this path.'));
  };
}

/** Reads the key of callers. */
export function readApiKey({ headers }: FastifyRequest): unknown {
  return headers['x-api-key'];
}

/** Reads a bearer token (RFC 6750). */
export function readBearerToken({ headers }: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
}
