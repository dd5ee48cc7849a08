/** Messages of revision 2026-07-28, which has no handshake: each says by itself who sends it, and its headers what it is. */
const REVISION = '2026-07-28';

/** What a client says of itself with each request. */
export const META = {
  'io.modelcontextprotocol/protocolVersion': REVISION,
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** A client that only listens. */
export const LISTEN = {
  jsonrpc: '2.0',
  id: 1,
  method: 'subscriptions/listen',
  params: { notifications: { toolsListChanged: true }, _meta: META },
};

/** The headers of a request; `name` is the tool's that is called. */
export function modernHeaders(method: string, name?: string): Readonly<Record<string, string>> {
  return { 'mcp-protocol-version': REVISION, 'mcp-method': method, ...(name !== undefined && { 'mcp-name': name }) };
}
