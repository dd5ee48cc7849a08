/** Requests as the bytes that are sent. */

/** A call of a tool, as an MCP client without a session sends it. */
export function toolCall(name: string, args: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
}

/** The head of a request; `fields` end with a line's end each. */
export function headOf(method: string, path: string, fields = ''): string {
  return `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${fields}\r\n`;
}

/** A `POST` of a known length. */
export function postOf(path: string, fields: string, body: string): Buffer {
  return Buffer.from(headOf('POST', path, `${fields}Content-Length: ${Buffer.byteLength(body)}\r\n`) + body);
}

/** A piece of a chunked body. */
export function chunkOf(data: string, extension = ''): string {
  return `${Buffer.byteLength(data).toString(16)}${extension}\r\n${data}\r\n`;
}
