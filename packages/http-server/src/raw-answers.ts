/** Answers given before or without Fastify, in the same shape as its own: to broken, slow and shed requests. */
import { type ServerResponse, STATUS_CODES } from 'node:http';

/** Seconds that a shed client is asked to wait. */
export const RETRY_AFTER_S = 1;

/** An RFC 9457 document. */
export function problemDocument(status: number, code: string, detail: string) {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, detail };
}

/** Ends a response with a problem document and its connection with it: the rest of the request is not read. */
export function endWithProblem(response: ServerResponse, status: number, code: string, detail: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(problemDocument(status, code, detail));
  response.shouldKeepAlive = false;
  if (status === 503) response.setHeader('retry-after', RETRY_AFTER_S);
  response.writeHead(status, { 'content-type': 'application/problem+json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** The bytes of a whole answer that ends its connection. */
export function rawProblem(status: number, code: string, detail: string, headers: Readonly<Record<string, string>> = {}): string {
  const body = JSON.stringify(problemDocument(status, code, detail));
  const fields = {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
    ...headers,
  };
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
