/** `/mcp`: Streamable HTTP without sessions. A request carries all it needs, so that any replica answers it, in each revision. */

import type { ServerResponse } from 'node:http';
import { clientOf } from '@iris/http-server';
import { type NodeIncomingMessageLike, toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { REFUSED, sendJsonRpcError } from '../http/json-rpc.ts';
import type { Metrics } from '../metrics.ts';
import type { ServerFactory } from '../server.ts';
import { acceptingFetch } from './accepting-fetch.ts';
import { createGate, type Place } from './places.ts';

export interface StreamableHttpOptions {
  readonly factory: ServerFactory;
  readonly keepAliveMs: number;
  /** Clients that only listen, at a time: each holds a connection. */
  readonly maxSubscriptions: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** The transport, once its route is registered. */
export interface StreamableHttp {
  /** Tells clients that listen that the tools have changed. */
  toolsChanged(): void;
  /** Resolves when no call is in flight; the streams of those that only listen are ended then. */
  close(): Promise<void>;
}

/** Registers the route. */
export function registerStreamableHttp(
  scope: FastifyInstance,
  { factory, keepAliveMs, maxSubscriptions, metrics, now, logger }: StreamableHttpOptions,
): StreamableHttp {
  const onerror = (error: Error) => logger.debug({ err: error }, 'mcp request refused');
  // Its own bound is beyond ours, which asks whose they are.
  const handler = createMcpHandler(factory, { keepAliveMs, maxSubscriptions: 2 * maxSubscriptions, onerror });
  const fetch = acceptingFetch(handler.fetch, (options) => listensOnly(options?.parsedBody));
  const answer = toNodeHandler({ ...handler, fetch }, { onerror });
  const idle = createIdleSignal();

  const listening = new Set<Listener>();
  const end = (listener: Listener) => {
    listening.delete(listener);
    listener.response.destroy();
  };
  const admits = createGate({ most: maxSubscriptions, places: listening, end, metrics, logger, now });

  scope.all('/mcp', (request, reply) => {
    const client = clientOf(request.ip);
    if (!listensOnly(request.body)) idle.begin(reply.raw);
    else if (admits(client)) listen(listening, client, reply.raw, now());
    else {
      return sendJsonRpcError(reply.header('retry-after', 1), 503, REFUSED, 'As many clients listen as can; try again.');
    }
    reply.hijack();
    answer(request.raw as NodeIncomingMessageLike, reply.raw, request.body).catch((error: unknown) => {
      logger.error({ err: error }, 'mcp request failed');
      reply.raw.destroy();
    });
    return reply;
  });

  return {
    toolsChanged: () => handler.notify.toolsChanged(),
    async close() {
      await idle.reached();
      await handler.close();
    },
  };
}

/** A client that only listens. */
interface Listener extends Place {
  readonly response: ServerResponse;
}

function listen(listening: Set<Listener>, client: string, response: ServerResponse, since: number): void {
  const listener = { client, response, since, isUsed: true, isIdle: true };
  listening.add(listener);
  response.once('close', () => listening.delete(listener));
}

/** A subscription ends when the server does; nothing waits for it. */
function listensOnly(body: unknown): boolean {
  return (body as { readonly method?: unknown } | undefined)?.method === 'subscriptions/listen';
}

/** Counts answers in flight. */
function createIdleSignal() {
  let inFlight = 0;
  let waiting: (() => void)[] = [];
  return {
    begin(response: { once(event: 'close', listener: () => void): unknown }): void {
      inFlight++;
      response.once('close', () => {
        inFlight--;
        if (inFlight > 0) return;
        for (const resolve of waiting) resolve();
        waiting = [];
      });
    },
    reached(): Promise<void> {
      return inFlight === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
    },
  };
}
