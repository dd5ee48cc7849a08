/**
 * Messages for streams of another replica. A stream belongs to one process, and a balancer that knows nothing of it hands the messages to
 * any: so the endpoint that a stream announces carries its owner's address, signed, and whoever gets a message passes it on.
 *
 * The signature covers address, session and an expiry: a caller can name no other address, nor take one from another session or a later
 * day. Only private addresses are followed, and a message only once.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { isPrivateAddress } from './private-addresses.ts';

/** Marks a message that has been passed on: it is not passed on again. */
export const HOP_HEADER = 'x-mcp-forwarded';
/** Longest wait for the owner: it only takes the message, the answer goes out on the stream; but a busy one may have to be waited for. */
const TIMEOUT_MS = 15_000;
const IDLE_MS = 2000;
/** Header fields that the owner has to see: it makes the same checks. */
const PASSED_ON = ['authorization', 'host', 'origin', 'mcp-protocol-version', 'traceparent', 'tracestate'];

/** Where a replica is reached: `10.0.0.3:8000` or `[fd00::3]:8000`. */
export type PeerAddress = string;

/** The other replicas, as far as a key lets one trust them. */
export interface Peers {
  /** The query of an endpoint on this replica. */
  claim(sessionId: string, expires: number): string;
  /** The owner that a query names; undefined when it is this replica, or is not to be believed. */
  ownerOf(query: Readonly<Record<string, unknown>>, now: number): PeerAddress | undefined;
  /** Passes a message on. */
  forward(owner: PeerAddress, path: string, headers: Readonly<Record<string, unknown>>, body: unknown): Promise<ForwardedAnswer>;
  close(): void;
}

interface ForwardedAnswer {
  readonly status: number;
  readonly body: string;
  /** The owner's `Retry-After`, where it refuses. */
  readonly retryAfter: string | undefined;
}

/**
 * Makes the peers of one replica.
 *
 * @param own address of this replica.
 * @param key shared by all.
 */
export function createPeers(own: PeerAddress, key: string): Peers {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  const sign = (owner: string, sessionId: string, expires: number): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([owner, sessionId, expires]))
      .digest('base64url');

  return {
    claim(sessionId, expires) {
      const claim = { owner: own, expires: String(expires), signature: sign(own, sessionId, expires) };
      return String(new URLSearchParams({ sessionId, ...claim }));
    },
    ownerOf({ sessionId, owner, expires, signature }, now) {
      if (typeof sessionId !== 'string' || typeof owner !== 'string' || typeof signature !== 'string') return undefined;
      const until = Number(expires);
      if (!(until > now) || !isEqual(sign(owner, sessionId, until), signature)) return undefined;
      return owner !== own && isPrivateAddress(hostOf(owner)) ? owner : undefined;
    },
    forward: (owner, path, headers, body) => forward(agent, owner, path, headers, body),
    close: () => agent.destroy(),
  };
}

/** The address of a replica. */
export function peerAddress(ip: string, port: number): PeerAddress {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

function hostOf(address: PeerAddress): string {
  return address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}

function isEqual(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function forward(
  agent: Agent,
  owner: PeerAddress,
  path: string,
  headers: Readonly<Record<string, unknown>>,
  body: unknown,
): Promise<ForwardedAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ForwardedAnswer>();
  const message = JSON.stringify(body);
  const own = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(message), [HOP_HEADER]: '1' };
  const passed = Object.fromEntries(
    PASSED_ON.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
  );
  const port = owner.slice(owner.lastIndexOf(':') + 1);
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const outgoing = request(
    { agent, host: hostOf(owner), port, path, method: 'POST', headers: { ...passed, ...own }, signal },
    (response) => {
      const { statusCode: status = 502, headers: fields } = response;
      text(response).then((answer) => resolve({ status, body: answer, retryAfter: fields['retry-after'] }), reject);
    },
  );
  outgoing.once('error', reject).end(message);
  return promise;
}
