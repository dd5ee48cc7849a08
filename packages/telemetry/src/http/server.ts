/** The span of a request that a server answers (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Attributes, failSpan, type Span, type Telemetry } from '../telemetry.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Methods by their name; any other word of a caller is `_OTHER`. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', 'QUERY']);

/**
 * Answers each request within a span that continues its caller's trace and ends when the answer has left, or its client.
 *
 * @param isTraced false for what would be noise: probes, scrapes, streams without end.
 */
export function traceHandler(telemetry: Telemetry, handle: Handler, isTraced: (path: string) => boolean): Handler {
  if (!telemetry.isOn) return handle;
  return function traced(request, response) {
    const path = (request.url ?? '').split('?', 1)[0]!;
    if (!isTraced(path)) return handle(request, response);
    const method = METHODS.has(request.method ?? '') ? request.method! : '_OTHER';
    const span = telemetry.startSpan(method === '_OTHER' ? 'HTTP' : method, {
      kind: 'server',
      from: request.headers as Record<string, string>,
      attributes: attributesOf(request, method, path),
    });
    response.once('close', () => endSpan(span, response));
    telemetry.within(span, () => handle(request, response));
  };
}

function attributesOf({ httpVersion, socket }: IncomingMessage, method: string, path: string): Attributes {
  return {
    'http.request.method': method,
    'url.path': path,
    'url.scheme': 'encrypted' in socket ? 'https' : 'http',
    'network.protocol.version': httpVersion,
    'server.port': socket.localPort ?? 0,
  };
}

function endSpan(span: Span | undefined, response: ServerResponse): void {
  if (response.headersSent) span?.setAttribute('http.response.status_code', response.statusCode);
  // A caller's fault is no error of the server's; nor is it one that the client has left.
  if (response.headersSent && response.statusCode >= 500) failSpan(span, String(response.statusCode));
  span?.end();
}
