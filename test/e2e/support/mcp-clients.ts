/** Two independent clients of the protocol, on every transport and in every revision that they speak. */
import { Client, SSEClientTransport, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport as FirstSse } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as FirstHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** What tests look at of a tool's result. */
export interface ToolAnswer {
  readonly content: readonly { readonly type: string; readonly text?: string }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly isError?: boolean;
}

/** A connected client, whichever it is. */
export interface McpClient {
  listTools(): Promise<{
    readonly tools: readonly { readonly name: string; readonly inputSchema: unknown; readonly outputSchema?: unknown }[];
  }>;
  callTool(name: string, args: Readonly<Record<string, unknown>>): Promise<ToolAnswer>;
  listResources(): Promise<{ readonly resources: readonly { readonly uri: string }[] }>;
  readResource(uri: string): Promise<{ readonly contents: readonly { readonly text?: string }[] }>;
  getPrompt(name: string, args: Readonly<Record<string, string>>): Promise<{ readonly messages: readonly unknown[] }>;
  close(): Promise<void>;
}

interface ConnectOptions {
  readonly headers?: Record<string, string>;
  /** Sends the client's requests; the platform's own unless given. */
  readonly fetch?: typeof globalThis.fetch;
}

const INFO = { name: 'test', version: '1' };

/** Connects the 1.x SDK, which speaks the revisions up to 2025-11-25. */
async function connectFirst(url: string, transport: 'http' | 'sse', { headers = {}, fetch }: ConnectOptions): Promise<McpClient> {
  const client = new FirstClient(INFO);
  const options = { requestInit: { headers }, ...(fetch && { fetch }) };
  const link = transport === 'http' ? new FirstHttp(new URL('/mcp', url), options) : new FirstSse(new URL('/sse', url), options);
  // Their class declares what their own interface does not allow under exactOptionalPropertyTypes.
  await client.connect(link as Parameters<typeof client.connect>[0]);
  return {
    listTools: () => client.listTools(),
    callTool: async (name, args) => (await client.callTool({ name, arguments: args })) as ToolAnswer,
    listResources: () => client.listResources(),
    readResource: async (uri) => (await client.readResource({ uri })) as { contents: { text?: string }[] },
    getPrompt: (name, args) => client.getPrompt({ name, arguments: args }),
    close: () => client.close(),
  };
}

/** Connects the v2 client; `modern` speaks 2026-07-28, without a handshake. */
async function connectSecond(
  url: string,
  transport: 'http' | 'sse' | 'modern',
  { headers = {}, fetch }: ConnectOptions,
): Promise<McpClient> {
  const client = new Client(INFO, transport === 'modern' ? { versionNegotiation: { mode: 'auto' } } : {});
  const options = { requestInit: { headers }, ...(fetch && { fetch }) };
  await client.connect(
    transport === 'sse'
      ? new SSEClientTransport(new URL('/sse', url), options)
      : new StreamableHTTPClientTransport(new URL('/mcp', url), options),
  );
  return {
    listTools: () => client.listTools(),
    callTool: async (name, args) => (await client.callTool({ name, arguments: args })) as ToolAnswer,
    listResources: () => client.listResources(),
    readResource: async (uri) => (await client.readResource({ uri })) as { contents: { text?: string }[] },
    getPrompt: (name, args) => client.getPrompt({ name, arguments: args }),
    close: () => client.close(),
  };
}

/** Connects to the server at a URL. */
export type Connect = (url: string, options?: ConnectOptions) => Promise<McpClient>;

/** All of them, with the name that a test shows. */
export const CLIENTS: readonly (readonly [name: string, connect: Connect])[] = [
  ['SDK 1.x over /mcp', (url, options = {}) => connectFirst(url, 'http', options)],
  ['SDK 1.x over /sse', (url, options = {}) => connectFirst(url, 'sse', options)],
  ['v2 client over /mcp, 2025', (url, options = {}) => connectSecond(url, 'http', options)],
  ['v2 client over /mcp, 2026', (url, options = {}) => connectSecond(url, 'modern', options)],
  ['v2 client over /sse', (url, options = {}) => connectSecond(url, 'sse', options)],
];
