/**
 * One stream of the HTTP+SSE transport (protocol revision 2024-11-05): answers go out as events, messages come in by `POST`.
 *
 * The SDK's own is deprecated and frozen, and can say neither which calls are unanswered, which a drain has to know, nor hold back from a
 * client that reads slower than it asks.
 */
import type { ServerResponse } from 'node:http';
import {
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResponse,
  type JSONRPCMessage,
  type RequestId,
  type Transport,
} from '@modelcontextprotocol/server';
import type { Place } from './places.ts';

/** What waits for a client which does not read: beyond the first it is asked to read before it calls, beyond the second the stream is cut. */
const MANY_UNREAD_BYTES = 64 * 1024;
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;
/** Calls of one stream in flight. */
const MAX_UNANSWERED = 100;
/** How soon a client opens another stream when this one has ended. */
const RETRY_MS = 200;

export interface SseStreamOptions {
  readonly sessionId: string;
  /** Where messages are posted to: a path with a query. */
  readonly endpoint: string;
  /** When it should be ended, between two calls. */
  readonly endsAt: number;
  /** Whose it is. */
  readonly client: string;
  /** When it opened, in milliseconds. */
  readonly since: number;
}

/** A stream as the SDK's transport. */
export class SseStream implements Transport, Place {
  readonly sessionId: string;
  readonly endsAt: number;
  readonly client: string;
  readonly since: number;
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: NonNullable<Transport['onmessage']>;
  readonly #response: ServerResponse;
  readonly #endpoint: string;
  readonly #unanswered = new Set<RequestId>();
  #open = false;
  #isUsed = false;
  #onAnswered: (() => void) | undefined;

  constructor(response: ServerResponse, { sessionId, endpoint, endsAt, client, since }: SseStreamOptions) {
    this.#response = response;
    this.#endpoint = endpoint;
    this.sessionId = sessionId;
    this.endsAt = endsAt;
    this.client = client;
    this.since = since;
  }

  /** Whether its client has sent a message. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** Whether no call waits for an answer. */
  get isIdle(): boolean {
    return this.#unanswered.size === 0;
  }

  /** Calls that have not been answered. */
  get unanswered(): number {
    return this.#unanswered.size;
  }

  /** Whether its client has to wait, or to read, before it may call again. */
  get busy(): boolean {
    return this.#unanswered.size >= MAX_UNANSWERED || this.#response.writableLength > MANY_UNREAD_BYTES;
  }

  async start(): Promise<void> {
    this.#response.once('close', () => this.#end());
    this.#response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      // Proxies would otherwise collect events before they hand them on.
      'x-accel-buffering': 'no',
    });
    this.#open = true;
    this.#write(`retry: ${RETRY_MS}\nevent: endpoint\ndata: ${this.#endpoint}\n\n`);
  }

  /** Hands on a message of the client. */
  receive(message: JSONRPCMessage): void {
    this.#isUsed = true;
    if (isJSONRPCRequest(message)) this.#unanswered.add(message.id);
    // A call that was cancelled is not answered.
    else if (isJSONRPCNotification(message) && message.method === 'notifications/cancelled')
      this.#settle(message.params?.requestId as RequestId);
    this.onmessage?.(message);
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (!this.#open) return;
    this.#write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
    if (isJSONRPCResponse(message) && message.id !== undefined) this.#settle(message.id);
  }

  /** Keeps what stands between from taking the stream for dead. */
  keepAlive(): void {
    if (this.#open) this.#write(': keep-alive\n\n');
  }

  /** Ends the stream as soon as no call on it is unanswered. */
  finish(): void {
    this.#onAnswered = () => void this.close();
    if (this.#unanswered.size === 0) this.#onAnswered();
  }

  async close(): Promise<void> {
    if (this.#open) this.#response.end();
    this.#end();
  }

  #settle(id: RequestId): void {
    this.#unanswered.delete(id);
    if (this.#unanswered.size === 0) this.#onAnswered?.();
  }

  #write(event: string): void {
    this.#response.write(event);
    if (this.#response.writableLength > MAX_UNREAD_BYTES) this.#response.destroy();
  }

  #end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.onclose?.();
  }
}
