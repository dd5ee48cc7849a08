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

const INFO = { name: 'test', version: '1' };

/** Connects the 1.x SDK, which speaks the revisions up to 2025-11-25. */
async function connectFirst(url: string, transport: 'http' | 'sse', headers: Record<string, string>): Promise<McpClient> {
  const client = new FirstClient(INFO);
  const requestInit = { headers };
  const link =
    transport === 'http'
      ? new FirstHttp(new URL('/mcp', url), { requestInit })
      : new FirstSse(new URL('/sse', url), { requestInit });
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
  headers: Record<string, string>,
): Promise<McpClient> {
  const client = new Client(INFO, transport === 'modern' ? { versionNegotiation: { mode: 'auto' } } : {});
  const requestInit = { headers };
  await client.connect(
    transport === 'sse'
      ? new SSEClientTransport(new URL('/sse', url), { requestInit })
      : new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit }),
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
export type Connect = (url: string, headers?: Record<string, string>) => Promise<McpClient>;

/** All of them, with the name that a test shows. */
export const CLIENTS: readonly (readonly [name: string, connect: Connect])[] = [
  ['SDK 1.x over /mcp', (url, headers = {}) => connectFirst(url, 'http', headers)],
  ['SDK 1.x over /sse', (url, headers = {}) => connectFirst(url, 'sse', headers)],
  ['v2 client over /mcp, 2025', (url, headers = {}) => connectSecond(url, 'http', headers)],
  ['v2 client over /mcp, 2026', (url, headers = {}) => connectSecond(url, 'modern', headers)],
  ['v2 client over /sse', (url, headers = {}) => connectSecond(url, 'sse', headers)],
];
