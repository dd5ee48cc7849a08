/** Keeps a connection to the MCP server: opens it, asks now and then whether it lives, and opens another when it does not. */
import type { FastifyBaseLogger } from 'fastify';
import { type McpSession, openSession, type SessionOptions, transportOf } from './mcp-session.ts';
import { type ToolDefinition, type ToolResult, type ToolServer, ToolServerError } from './tool-server.ts';

/** Between two looks whether the server lives and what its tools are. */
const CHECK_MS = 10_000;
/** Before the first new attempt, and the longest wait before one. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2000;
/** How long a call waits for a server that is being restarted, and its tools are still offered. */
const PATIENCE_MS = 10_000;
/** How often a call is sent, at most. */
const MAX_ATTEMPTS = 5;

export interface ConnectionOptions extends Omit<SessionOptions, 'onLost'> {
  readonly logger: Pick<FastifyBaseLogger, 'info' | 'warn'>;
  /** Waits; rejects when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Uniform in [0, 1): agents that lost the same server do not all come back at once. */
  readonly random: () => number;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  readonly checkMs?: number;
}

/** A kept connection. */
export interface McpConnection extends ToolServer {
  /** Connections opened so far. */
  opened(): number;
  stop(): void;
}

interface Live {
  readonly session: McpSession;
  tools: readonly ToolDefinition[];
  /** Resolves with the reason when the connection is dead. */
  readonly lost: Promise<unknown>;
}

/** Begins to connect, and goes on until stopped; nothing is thrown when the server is away. */
export function keepConnected(options: ConnectionOptions): McpConnection {
  const { url, logger, sleep, random, clock, checkMs = CHECK_MS } = options;
  const stopped = new AbortController();
  let live: Live | undefined;
  let arrival = Promise.withResolvers<void>();
  let opened = 0;
  /** What the last connection offered, and when it was lost. */
  let last: { readonly tools: readonly ToolDefinition[]; readonly lostAt: number } | undefined;

  async function open(): Promise<Live> {
    const lost = Promise.withResolvers<unknown>();
    // At once, before anything awaited goes on: a call that is sent again must not find the dead connection.
    const onLost = (reason: unknown) => {
      if (live?.lost === lost.promise) {
        last = { tools: live.tools, lostAt: clock() };
        live = undefined;
        arrival = Promise.withResolvers();
      }
      lost.resolve(reason);
    };
    const session = await openSession({ ...options, onLost });
    const tools = await session.listTools();
    opened++;
    const names = tools.map(({ name }) => name);
    const facts = { url, transport: transportOf(url), server: session.server, tools: names };
    logger.info(facts, 'connection to the MCP server confirmed');
    return { session, tools, lost: lost.promise };
  }

  async function check(current: Live): Promise<void> {
    while (live === current) {
      await sleep(checkMs, stopped.signal);
      current.tools = await current.session.listTools();
    }
  }

  async function serve(current: Live): Promise<void> {
    live = current;
    arrival.resolve();
    check(current).catch((error: unknown) => current.session.leave(error));
    const reason = await current.lost;
    if (!stopped.signal.aborted) logger.warn({ url, reason: describe(reason) }, 'the MCP server is lost; connecting again');
  }

  async function run(): Promise<void> {
    for (let failures = 0; !stopped.signal.aborted; ) {
      try {
        await serve(await open());
        failures = 0;
      } catch (error) {
        failures++;
        logger.warn({ url, attempt: failures, reason: describe(error) }, 'the MCP server cannot be reached; trying again');
      }
      await sleep(backoff(failures, random()), stopped.signal).catch(() => undefined);
    }
  }

  async function whenLive(signal: AbortSignal): Promise<Live> {
    const enough = new AbortController();
    if (!live) await Promise.race([arrival.promise, sleep(PATIENCE_MS, AbortSignal.any([signal, enough.signal]))]);
    enough.abort();
    if (!live) throw new ToolServerError('the MCP server cannot be reached');
    return live;
  }

  void run();
  return {
    tools: () => live?.tools ?? (last && clock() - last.lostAt < PATIENCE_MS ? last.tools : undefined),
    opened: () => opened,
    call: (name, input, signal) => callPatiently(whenLive, name, input, signal),
    stop() {
      stopped.abort();
      live?.session.leave(new ToolServerError('the agent ends'));
    },
  };
}

/**
 * Calls; what cannot have arrived is sent again on the connection that replaces the dead one, and so is, once, what may arrive twice: a
 * server that is being exchanged can end several connections in a row.
 */
async function callPatiently(
  whenLive: (signal: AbortSignal) => Promise<Live>,
  name: string,
  input: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<ToolResult> {
  let mayRepeat = true;
  for (let attempt = 1; ; attempt++) {
    const { session, tools } = await whenLive(signal);
    try {
      return await callOnce(session, name, input, signal);
    } catch (error) {
      signal.throwIfAborted();
      const arrived = !neverArrived(error);
      const isRepeatable = tools.some((tool) => tool.name === name && tool.repeatable);
      if (attempt === MAX_ATTEMPTS || (arrived && !(mayRepeat && isRepeatable))) {
        throw new ToolServerError('the MCP server gave no answer', error);
      }
      if (arrived) mayRepeat = false;
    }
  }
}

async function callOnce(session: McpSession, name: string, input: Readonly<Record<string, unknown>>, signal: AbortSignal) {
  try {
    return await session.call(name, input, signal);
  } catch (error) {
    signal.throwIfAborted();
    const refusal = refusalOf(error);
    if (refusal) return refusal;
    session.leave(error);
    throw error;
  }
}

/** What the protocol itself refuses, such as a tool that is no longer there, is an answer; the connection lives. */
function refusalOf(error: unknown): ToolResult | undefined {
  const { code, message } = error as { readonly code?: unknown; readonly message?: string };
  if (typeof code !== 'number') return undefined;
  return { isError: true, content: [{ type: 'text', text: message ?? 'refused' }] };
}

/** Whether the server has certainly not begun the call: nobody listens, or it knows neither the session nor, draining, any new call. */
function neverArrived(error: unknown): boolean {
  const { statusCode, message = '', cause } = error as { statusCode?: number; message?: string; cause?: { code?: string } };
  return [404, 429, 503].includes(statusCode ?? 0) || cause?.code === 'ECONNREFUSED' || /Not connected/.test(message);
}

/** Doubles with each failure, between half of that and all of it. */
function backoff(failures: number, random: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.5 + random / 2);
}

function describe(error: unknown): string {
  const { message = String(error), cause } = error as { message?: string; cause?: { message?: string } };
  return cause?.message ? `${message}: ${cause.message}` : message;
}
