/** `/sse` and `/messages`: the HTTP+SSE transport of 2024-11-05, which agents in the field still name, behind any number of replicas. */

import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { clientOf } from '@iris/http-server';
import { isJSONRPCRequest, type JSONRPCMessage, parseJSONRPCMessage, type Server } from '@modelcontextprotocol/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { INVALID_REQUEST, REFUSED, sendJsonRpcError } from '../http/json-rpc.ts';
import type { Metrics } from '../metrics.ts';
import type { ServerFactory } from '../server.ts';
import { HOP_HEADER, type PeerAddress, type Peers } from './peers.ts';
import { createGate } from './places.ts';
import { SseStream } from './sse-stream.ts';

/** A stream that is too old is ended between two calls; its endpoint is good for so much longer. */
const GRACE_MS = 60_000;
/** Ages are varied by 25 %, so that the streams of a server that came back do not all end together for ever. */
const AGE_VARIATION = 0.25;
/** A stream whose client has never sent a message ends after so long. */
const SILENT_MS = 30_000;
/** Calls of all streams in flight. */
const MAX_UNANSWERED = 1000;

export interface SseOptions {
  readonly factory: ServerFactory;
  /** Asked when a stream opens, because the port is known only when the server listens; undefined without other replicas. */
  readonly peers: () => Peers | undefined;
  readonly maxStreams: number;
  readonly keepAliveMs: number;
  readonly maxAgeMs: number;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Milliseconds since 1970: the replicas compare it. */
  readonly now: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** The transport, once its routes are registered. */
export interface Sse {
  /** Tells the clients of all streams that the tools have changed. */
  toolsChanged(): void;
  /** Ends each stream when no call on it is unanswered, and from now on new ones at once; resolves when none is left. */
  drain(): Promise<void>;
  /** Ends all streams. */
  close(): void;
}

/** Registers the routes. */
export function registerSse(scope: FastifyInstance, options: SseOptions): Sse {
  const streams = new Map<string, SseStream>();
  const servers = new Set<Server>();
  let draining = false;
  let drained = () => {};

  async function open(response: ServerResponse, client: string): Promise<void> {
    const sessionId = randomUUID();
    const since = options.now();
    const endsAt = since + Math.round(options.maxAgeMs * (1 - AGE_VARIATION * options.random()));
    const query = options.peers()?.claim(sessionId, endsAt + GRACE_MS) ?? `sessionId=${sessionId}`;
    const stream = new SseStream(response, { sessionId, endsAt, client, since, endpoint: `/messages?${query}` });
    const server = options.factory();
    servers.add(server);
    server.onclose = () => {
      servers.delete(server);
      streams.delete(sessionId);
      if (streams.size === 0) drained();
    };
    streams.set(sessionId, stream);
    await server.connect(stream);
    if (draining) stream.finish();
  }

  const ticking = setInterval(() => {
    const now = options.now();
    for (const stream of streams.values()) {
      stream.keepAlive();
      if (stream.endsAt < now || (!stream.isUsed && now - stream.since > SILENT_MS)) stream.finish();
    }
  }, options.keepAliveMs).unref();

  options.metrics.watchStreams(() => streams.size);
  const admits = createGate({ ...options, most: options.maxStreams, places: streams, end: (stream) => stream.finish() });
  scope.get('/sse', (request, reply) => {
    const client = clientOf(request.ip);
    if (!admits(client)) {
      return sendJsonRpcError(
        reply.header('retry-after', 1),
        503,
        REFUSED,
        'There are as many streams as can be; try again, or use /mcp.',
      );
    }
    reply.hijack();
    open(reply.raw, client).catch((error: unknown) => {
      options.logger.error({ err: error }, 'a stream could not be opened');
      reply.raw.destroy();
    });
    return reply;
  });
  scope.post('/messages', (request, reply) => receive(streams, options, request, reply));

  function close(): void {
    clearInterval(ticking);
    for (const stream of streams.values()) void stream.close();
  }

  return {
    close,
    toolsChanged() {
      // A stream that ends meanwhile has nobody to tell.
      for (const server of servers) server.sendToolListChanged().catch(() => undefined);
    },
    async drain() {
      draining = true;
      const { promise, resolve } = Promise.withResolvers<void>();
      drained = resolve;
      for (const stream of streams.values()) stream.finish();
      if (streams.size === 0) resolve();
      await promise;
      clearInterval(ticking);
    },
  };
}

async function receive(
  streams: ReadonlyMap<string, SseStream>,
  options: SseOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const query = request.query as Readonly<Record<string, unknown>>;
  const message = parseMessage(request.body);
  if (!message) return sendJsonRpcError(reply, 400, INVALID_REQUEST, 'This is not a message of the protocol.');
  const stream = streams.get(String(query.sessionId));
  if (stream) return deliver(streams, stream, message, reply);
  const peers = request.headers[HOP_HEADER] === undefined ? options.peers() : undefined;
  const owner = peers?.ownerOf(query, options.now());
  if (peers && owner !== undefined) return passOn(peers, owner, options, request, reply);
  return sendJsonRpcError(reply, 404, REFUSED, 'Session not found: open a new stream at /sse.');
}

function deliver(
  streams: ReadonlyMap<string, SseStream>,
  stream: SseStream,
  message: JSONRPCMessage,
  reply: FastifyReply,
): FastifyReply {
  // What is no call, such as a cancellation, holds nothing.
  const refusal = isJSONRPCRequest(message) ? refusalOf(streams, stream) : undefined;
  if (refusal) return sendJsonRpcError(reply.header('retry-after', 1), refusal.status, REFUSED, refusal.detail);
  stream.receive(message);
  return reply.code(202).type('text/plain').send('Accepted');
}

/** Why a stream may not call now: its client has too much to wait for or to read, or all of them together have. */
function refusalOf(streams: ReadonlyMap<string, SseStream>, { busy }: SseStream) {
  if (busy) return { status: 429, detail: 'Too many calls of this session are unanswered, or their answers unread.' };
  // Hundreds of streams are summed in microseconds; a call takes hundreds of them.
  let unanswered = 0;
  for (const stream of streams.values()) unanswered += stream.unanswered;
  if (unanswered < MAX_UNANSWERED) return undefined;
  return { status: 503, detail: 'The server has as many calls as it can serve; try again.' };
}

async function passOn(
  peers: Peers,
  owner: PeerAddress,
  { metrics, logger }: SseOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  try {
    const { status, body, retryAfter } = await peers.forward(owner, request.url, request.headers, request.body);
    metrics.countForwarded('answered');
    if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
    return reply
      .code(status)
      .type(status === 202 ? 'text/plain' : 'application/json')
      .send(body);
  } catch (error) {
    metrics.countForwarded('unreachable');
    logger.warn({ err: error, owner }, 'the owner of a session cannot be reached');
    // 404 says that the call has not begun, and its client makes it again. Not of an owner that is silent: it may have taken the message.
    if (isTimeout(error)) return sendJsonRpcError(reply, 502, REFUSED, 'The server of this session did not answer.');
    return sendJsonRpcError(reply, 404, REFUSED, 'Session not found, its server is gone: open a new stream at /sse.');
  }
}

function isTimeout(error: unknown): boolean {
  return ['TimeoutError', 'AbortError'].includes((error as Error).name);
}

function parseMessage(body: unknown): JSONRPCMessage | undefined {
  try {
    return parseJSONRPCMessage(body);
  } catch {
    return undefined;
  }
}
