/** Keeps a connection to the MCP server: opens it, asks now and then whether it lives, and opens another when it does not. */
import type { FastifyBaseLogger } from 'fastify';
import { type McpSession, openSession, type SessionOptions, transportOf } from './mcp-session.ts';
import { type ToolDefinition, type ToolResult, type ToolServer, ToolServerError } from './tool-server.ts';

/** Between two looks whether the server lives and what its tools are. */
const CHECK_MS = 10_000;
/** Before the first new attempt, and the longest wait before one. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5000;
/** How long a call waits for a server that is being restarted. */
const PATIENCE_MS = 5000;

export interface ConnectionOptions extends SessionOptions {
  readonly logger: Pick<FastifyBaseLogger, 'info' | 'warn'>;
  /** Waits; rejects when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Uniform in [0, 1): agents that lost the same server do not all come back at once. */
  readonly random: () => number;
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
}

/** Begins to connect, and goes on until stopped; nothing is thrown when the server is away. */
export function keepConnected(options: ConnectionOptions): McpConnection {
  const { url, logger, sleep, random, checkMs = CHECK_MS } = options;
  const stopped = new AbortController();
  let live: Live | undefined;
  let arrival = Promise.withResolvers<void>();
  let opened = 0;

  async function open(): Promise<Live> {
    const session = await openSession(options);
    const tools = await session.listTools();
    opened++;
    const names = tools.map(({ name }) => name);
    logger.info(
      { url, transport: transportOf(url), server: session.server, tools: names },
      'connection to the MCP server confirmed',
    );
    return { session, tools };
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
    const reason = await current.session.lost;
    live = undefined;
    arrival = Promise.withResolvers<void>();
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
    if (!live) await Promise.race([arrival.promise, sleep(PATIENCE_MS, signal)]);
    if (!live) throw new ToolServerError('the MCP server cannot be reached');
    return live;
  }

  void run();
  return {
    tools: () => live?.tools,
    opened: () => opened,
    call: (name, input, signal) => callTwice(whenLive, name, input, signal),
    stop() {
      stopped.abort();
      live?.session.leave(new ToolServerError('the agent ends'));
    },
  };
}

/** A call that cannot have arrived, or may arrive twice, is sent again once: on the connection that replaces the dead one. */
async function callTwice(
  wait: (signal: AbortSignal) => Promise<Live>,
  name: string,
  input: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<ToolResult> {
  const { session, tools } = await wait(signal);
  const repeatable = tools.find((tool) => tool.name === name)?.repeatable === true;
  try {
    return await callOnce(session, name, input, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(repeatable || neverArrived(error))) throw new ToolServerError('the MCP server gave no answer', error);
  }
  const { session: next } = await wait(signal);
  try {
    return await callOnce(next, name, input, signal);
  } catch (error) {
    throw new ToolServerError('the MCP server gave no answer', error);
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
