/** A collector for tests: takes OTLP over HTTP in protobuf, as the OpenTelemetry Collector does, and reads it. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ExportedSpan, readSpans } from './test-otlp.ts';

export type { ExportedSpan } from './test-otlp.ts';

/** A collector that listens on loopback. */
export interface TestCollector {
  readonly url: string;
  /** All spans taken so far. */
  readonly spans: readonly ExportedSpan[];
  /** Header fields of the requests so far. */
  readonly requests: readonly IncomingHttpHeaders[];
  /** From now on answers so; undefined takes spans again. */
  answerWith(answer: ((response: ServerResponse) => void) | undefined): void;
  /** Forgets the spans taken so far. */
  clear(): void;
  stop(): Promise<void>;
}

/** Starts one. @param port a free one unless given. */
export async function startTestCollector(port = 0): Promise<TestCollector> {
  const spans: ExportedSpan[] = [];
  const requests: IncomingHttpHeaders[] = [];
  let refuse: ((response: ServerResponse) => void) | undefined;
  function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    if (refuse) refuse(response);
    else takeSpans(request, response, body);
  }
  function takeSpans({ url, headers }: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const isTraces = url === '/v1/traces' && headers['content-type'] === 'application/x-protobuf';
    if (isTraces) spans.push(...readSpans(body));
    response.writeHead(isTraces ? 200 : 404, { 'content-type': 'application/x-protobuf' }).end();
  }
  const server = createServer(function take(request, response) {
    requests.push(request.headers);
    buffer(request).then(
      (body) => answer(request, response, body),
      // Who leaves before the end has nothing taken.
      () => response.destroy(),
    );
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    requests,
    answerWith(answer) {
      refuse = answer;
    },
    clear() {
      spans.length = 0;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
