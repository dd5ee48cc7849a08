/** Who asks: the address at the other end of the connection, which Next itself hands to no route. */

/** Header in which `src/serve.ts` notes it; what a caller writes there is overwritten. */
export const PEER_HEADER = 'x-iris-peer';

/**
 * The caller's address.
 *
 * @param trustProxy whether a proxy of ours stands before this server: the last entry of `X-Forwarded-For` is then its word.
 */
export function clientAddress(headers: Pick<Headers, 'get'>, trustProxy: boolean): string {
  const forwarded = trustProxy ? headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded || headers.get(PEER_HEADER) || 'unknown';
}
