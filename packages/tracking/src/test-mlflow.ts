/** A stand-in for MLflow in unit tests: what the REST API does for runs and models, kept in memory. The real one passes the same contract. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { artifactRoutes } from './test-mlflow-artifacts.ts';
import { registryRoutes } from './test-mlflow-registry.ts';
import { type FakeAnswer, FakeError, type FakeRequest, type FakeRoute } from './test-mlflow-route.ts';
import { runRoutes } from './test-mlflow-runs.ts';

/** What a fault makes of a request: no answer at all, one that is cut after the work is done, or a status with a text. */
export type Fault = 'silent' | 'cut' | { readonly status: number; readonly text: string } | undefined;

/** A running stand-in. */
export interface FakeMlflow {
  readonly url: string;
  /** `METHOD path` of each request, in order. */
  readonly requests: string[];
  /** Headers of each request, in order. */
  readonly headers: IncomingMessage['headers'][];
  /** Files by their path below the artifact store. */
  readonly artifacts: Map<string, Buffer>;
  /** Asked for each request. */
  fault: (request: FakeRequest) => Fault;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startFakeMlflow(): Promise<FakeMlflow> {
  const artifacts = new Map<string, Buffer>();
  const runs = runRoutes();
  const routes = [runs.route, artifactRoutes(artifacts), registryRoutes(artifacts)];
  const server = createServer((message, response) => {
    void readRequest(message).then((request) => answer(request, response));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const fake: FakeMlflow = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    headers: [],
    artifacts,
    fault: () => undefined,
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };

  function answer(request: FakeRequest, response: ServerResponse): void {
    fake.requests.push(`${request.method} ${request.path}`);
    fake.headers.push(request.headers);
    const fault = fake.fault(request);
    if (fault === 'silent') return;
    if (typeof fault === 'object') {
      response.writeHead(fault.status).end(fault.text);
      return;
    }
    const { status, body } = carryOut(request, routes);
    if (fault === 'cut') response.destroy();
    else response.writeHead(status).end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
  }

  return fake;
}

async function readRequest(message: IncomingMessage): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const { pathname, searchParams } = new URL(message.url!, 'http://fake');
  const bytes = Buffer.concat(chunks);
  const isJson = message.headers['content-type'] === 'application/json';
  return {
    method: message.method!,
    path: decodeURIComponent(pathname),
    query: searchParams,
    headers: message.headers,
    bytes,
    body: isJson ? JSON.parse(bytes.toString()) : undefined,
  };
}

function carryOut(request: FakeRequest, routes: readonly FakeRoute[]): { readonly status: number; readonly body: FakeAnswer } {
  try {
    for (const route of routes) {
      const body = route(request);
      if (body) return { status: 200, body };
    }
    return { status: 404, body: { error_code: 'ENDPOINT_NOT_FOUND', message: request.path } };
  } catch (error) {
    if (!(error instanceof FakeError)) throw error;
    return { status: error.status, body: { error_code: error.errorCode, message: error.message } };
  }
}
