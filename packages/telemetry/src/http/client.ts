/** The span of a request to another service (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client). */
import { failSpan, type Telemetry } from '../telemetry.ts';

/** A request that is about to be sent. */
interface Outgoing {
  readonly method: string;
  readonly url: URL;
}

/**
 * Sends a request within a span, where it is part of a trace: what a program asks by itself, every few seconds, is none.
 *
 * @param send gets the header fields that carry the trace on; sends once and gives the answer.
 */
export function traceRequest<T extends { readonly status: number }>(
  telemetry: Telemetry,
  { method, url }: Outgoing,
  send: (headers: Record<string, string>) => Promise<T>,
): Promise<T> {
  if (!telemetry.active()) return send({});
  const attributes = {
    'http.request.method': method,
    // Without its query, which may hold what somebody typed.
    'url.full': url.origin + url.pathname,
    'server.address': url.hostname,
    'server.port': Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
  };
  return telemetry.trace(method, { kind: 'client', attributes }, async (span) => {
    const answer = await send(telemetry.propagation());
    span?.setAttribute('http.response.status_code', answer.status);
    if (answer.status >= 400) failSpan(span, String(answer.status));
    return answer;
  });
}
