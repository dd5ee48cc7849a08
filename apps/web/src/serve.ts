/** Serves the client's pages over the HTTP server that the services share, and ends it without a failed request. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpServer, type Running } from '@iris/http-server';
import { type Telemetry, traceHandler } from '@iris/telemetry';
import { keepPages } from './kept-pages.ts';
import { MAX_UPLOADS } from './lib/server/api-client.ts';
import { PEER_HEADER } from './lib/server/client-address.ts';
import type { WebConfig } from './lib/server/config.ts';
import { BATCH_PATH } from './lib/server/forward-table.ts';
import type { Pages } from './load-pages.ts';
import { isRoute } from './routes.ts';

/** Answered however busy the server is: a busy pod is not restarted. */
const VITAL_PATHS = ['/healthz'];
/** Requests that wait for the API hold little, but a browser opens six connections. */
const MAX_CONNECTIONS = 500;
/** Pages that are made at a time: each takes 25 ms of one processor, so that more of them are not sooner ready; fewer wait idly for the API. */
const PAGES_AT_A_TIME = 6;
/** From so many on, pages are answered as they were made last: those that an attacker asks for would take the processor from those of others. */
const BUSY_PAGES = 2;
/** Chats and small bodies; uploads are read as streams. */
const BUFFER_LIMIT = 8 * 1024 * 1024;
const REQUESTS_PER_CONNECTION = 1000;
const CONNECTION_AGE_MS = 60_000;

/** Probes, and files that any browser asks for by the dozen. */
const UNTRACED = /^\/(_next\/static\/|healthz$)/;

/** What is made anew for each request: not an answer of the API handed on, nor a file. */
const MADE_PAGE = /^\/(?!api\/|_next\/static\/|healthz$)/;

/** Starts to serve and resolves when requests are answered; `announce` gets a line that says where. */
export async function serve(
  { PORT, HOST, DRAIN_MS, SHUTDOWN_MS }: WebConfig,
  pages: Pages,
  telemetry: Telemetry,
  announce: (line: string) => void,
): Promise<Running> {
  const kept = keepPages(() => performance.now());
  function answerRequest(request: IncomingMessage, response: ServerResponse): void {
    if (isMadePage(request)) kept.note(request, response);
    // Next hands the address to no route.
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? '';
    nameSpan(telemetry, request);
    pages.handle(request, response);
  }
  const answer = traceHandler(telemetry, answerRequest, (path) => !UNTRACED.test(path));
  const http = createHttpServer({
    handler: () => answer,
    requestsPerConnection: REQUESTS_PER_CONNECTION,
    connectionAgeMs: CONNECTION_AGE_MS,
    maxConnections: MAX_CONNECTIONS,
    vitalPaths: VITAL_PATHS,
    bufferLimit: BUFFER_LIMIT,
    isStreamed: isUpload,
    // Each has a connection to the API, and waits for none.
    maxStreams: MAX_UPLOADS,
    turns: { most: PAGES_AT_A_TIME, isTaken: isMadePage, shortCut: { from: BUSY_PAGES, answer: kept.answer } },
    clock: () => performance.now(),
    random: Math.random,
  });
  announce(`The web client listens on port ${await http.listen(PORT, HOST)}.`);
  let ending: Promise<void> | undefined;
  async function end(): Promise<void> {
    http.connections.drain();
    // The endpoints forget this pod while it goes on answering; each answer ends its connection.
    await sleep(DRAIN_MS);
    await http.close(SHUTDOWN_MS);
    await pages.close();
    await telemetry.shutDown();
  }
  return {
    shutDown() {
      ending ??= end();
      return ending;
    },
  };
}

function isMadePage({ url = '' }: IncomingMessage): boolean {
  return MADE_PAGE.test(url);
}

/** A batch of JSON is read whole, and counted as other bodies are. */
function isUpload({ url = '', method, headers }: IncomingMessage): boolean {
  return (
    method === 'POST' && url.startsWith(`/api${BATCH_PATH}`) && !/^\s*application\/json/i.test(headers['content-type'] ?? '')
  );
}

/** By its route: nothing else is of few values. */
function nameSpan(telemetry: Telemetry, { method = '', url = '' }: IncomingMessage): void {
  const path = url.split('?', 1)[0]!;
  if (isRoute(path)) telemetry.active()?.updateName(`${method} ${path}`).setAttribute('http.route', path);
}
