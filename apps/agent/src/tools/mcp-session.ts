/** One connection to an MCP server, from its opening until it is found to be dead: then it is left, never mended. */
import { createMCPClient } from '@ai-sdk/mcp';
import { jsonSchemaOf } from './json-schema.ts';
import { type ToolDefinition, type ToolResult, ToolServerError } from './tool-server.ts';

/** Longest wait for the server's answers about itself. */
const HANDSHAKE_MS = 5000;
/** Longest wait for a tool: the MCP server asks the API twice where a connection was reset, each time for its API_TIMEOUT_MS (15 s). */
const CALL_MS = 35_000;
/** More pages of tools than this are a server that repeats itself. */
const MAX_PAGES = 20;

export interface SessionOptions {
  readonly url: string;
  readonly token: string | undefined;
  /** Header fields that carry a trace on, at each request; none by default. */
  readonly propagation?: () => Record<string, string>;
  /** Told once, with the reason, when the connection is dead. */
  readonly onLost: (reason: unknown) => void;
}

/** An open connection. */
export interface McpSession {
  /** Name and version that the server gave. */
  readonly server: string;
  /** Lists the tools again: proves that the connection lives, and tells of tools that have changed. */
  listTools(): Promise<readonly ToolDefinition[]>;
  call(name: string, input: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<ToolResult>;
  /** Leaves the connection: calls on it end with the reason. */
  leave(reason: unknown): void;
}

/** Which of MCP's transports an address speaks: the older one has a stream of its own at `/sse`. */
export function transportOf(url: string): 'sse' | 'http' {
  return new URL(url).pathname.endsWith('/sse') ? 'sse' : 'http';
}

/**
 * Opens a connection.
 *
 * @throws whatever keeps it from being opened.
 */
export async function openSession({ url, token, propagation = () => ({}), onLost }: SessionOptions): Promise<McpSession> {
  const type = transportOf(url);
  // The client is never closed: closing one whose stream has broken leaves a rejection that nobody handles. Its requests are aborted.
  const end = new AbortController();
  let left = false;
  const leave = (reason: unknown) => {
    if (left) return;
    left = true;
    onLost(reason);
    // Calls over the stateless transport do not depend on each other: those in flight may still be answered.
    if (type === 'sse') end.abort(reason);
  };
  try {
    const client = await createMCPClient({
      clientName: 'iris-agent',
      transport: {
        type,
        url,
        ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
        fetch: (input, init) =>
          fetch(input, { ...init, headers: withFields(init?.headers, propagation()), signal: anyOf(init?.signal, end.signal) }),
      },
      // Of the stateless transport nothing is lost with one request.
      onUncaughtError: (error) => type === 'sse' && !isForeignMessage(error) && leave(error),
      initializationOptions: { timeout: HANDSHAKE_MS },
    });
    const { name, version } = client.serverInfo;
    const listPage = (cursor: string | undefined) =>
      client.listTools({
        ...(cursor !== undefined && { params: { cursor } }),
        options: { timeout: HANDSHAKE_MS, signal: end.signal },
      });
    return {
      server: `${name} ${version}`,
      listTools: () => listAll(listPage),
      call: (tool, input, signal) =>
        client
          .callTool({
            name: tool,
            arguments: input,
            options: { timeout: CALL_MS, signal: AbortSignal.any([signal, end.signal]) },
          })
          .then(toResult),
      leave,
    };
  } catch (error) {
    leave(error);
    throw error;
  }
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof createMCPClient>>['listTools']>>;

async function listAll(listPage: (cursor: string | undefined) => Promise<Page>): Promise<readonly ToolDefinition[]> {
  const found: ToolDefinition[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { tools, nextCursor } = await listPage(cursor);
    found.push(...tools.map(toDefinition));
    if (nextCursor === undefined) return found;
    cursor = nextCursor;
  }
  throw new ToolServerError('the list of tools has no end');
}

function toDefinition({ name, description = '', inputSchema, annotations }: Page['tools'][number]): ToolDefinition {
  const repeatable = annotations?.readOnlyHint === true || annotations?.idempotentHint === true;
  return { name, description, inputSchema: jsonSchemaOf(inputSchema), repeatable, writes: annotations?.readOnlyHint !== true };
}

function toResult(result: object): ToolResult {
  const { isError = false, structuredContent, content = [] } = result as Partial<ToolResult>;
  return { isError, ...(structuredContent !== undefined && { structuredContent }), content };
}

/** A message that belongs to no call, such as an answer that came after its call was given up: no reason to think that the stream broke. */
function isForeignMessage(error: unknown): boolean {
  return error instanceof Error && /Failed to parse message|unknown message ID/.test(error.message);
}

/** The client's library has no place for what belongs to one call. */
function withFields(given: RequestInit['headers'], fields: Record<string, string>): Headers {
  const headers = new Headers(given);
  for (const [name, value] of Object.entries(fields)) headers.set(name, value);
  return headers;
}

function anyOf(given: AbortSignal | null | undefined, own: AbortSignal): AbortSignal {
  return given ? AbortSignal.any([given, own]) : own;
}
