/** The server side's connection to the API: a pool for requests, another for uploads, connections of their own for probes, time-outs, one retry. */
import { traceRequest } from '@iris/telemetry/client';
import { NO_TELEMETRY, type Telemetry } from '@iris/telemetry/telemetry';
import { Agent, Client, type Dispatcher, fetch, type HeadersInit, interceptors, type RequestInit, type Response } from 'undici';
import type { ProblemCode } from './problems.ts';

/** Longest wait for a connection. */
const CONNECT_MS = 3000;
/** Connections to one API; more requests than these wait their turn. */
const MAX_CONNECTIONS = 64;
/** Changes of the model at a time; the API makes one. */
const MAX_PATIENT = 8;
/** Longest wait for a change of the model: the API answers within 29 s, most of which it waits for other writers of the registry. */
const PATIENT_MS = 35_000;
/** Connections for uploads, each of which takes as long as its sender likes: the server reads no more of them at a time. */
export const MAX_UPLOADS = 64;

/** The API cannot be asked, or its answer is not one; the code is one of the client's own problems. */
export class ApiFailure extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode, options?: ErrorOptions) {
    super(code, options);
    this.name = 'ApiFailure';
    this.code = code;
  }
}

/** A request to the API. */
interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: RequestInit['body'];
  readonly signal?: AbortSignal;
}

export type Ask = (path: string, request?: ApiRequest) => Promise<Response>;

export interface ApiClient {
  /** Asks over the pool. A `GET` whose connection was reset is sent once more; other methods never are. */
  readonly ask: Ask;
  /** Asks for what the API may wait for others with; never sent again. */
  readonly askPatiently: Ask;
  /** Asks with a body that is sent on as it comes, over a pool that nobody else waits for. */
  readonly upload: Ask;
  /**
   * Lets `questions` ask over one connection that is opened for it and closed after it: all its answers come from one instance, chosen anew
   * by the balancer before the API. A pool's connections would stay with the instances of yesterday.
   */
  readonly onFreshConnection: <T>(questions: (ask: Ask) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

export interface ApiClientOptions {
  /** Base address; a path in it is kept as a prefix. */
  readonly url: string;
  /** Sent as `X-API-Key`. */
  readonly key: string | undefined;
  /** Longest silence of the API, before its answer and within. */
  readonly timeoutMs: number;
  /** False opens a connection for each request: a kept one may be closed just as a `POST` is sent, which nobody could send again. */
  readonly keepAlive?: boolean;
  readonly telemetry?: Telemetry;
}

/** Makes a client; it opens nothing before the first request. */
export function createApiClient({
  url,
  key,
  timeoutMs,
  keepAlive = true,
  telemetry = NO_TELEMETRY,
}: ApiClientOptions): ApiClient {
  const base = url.endsWith('/') ? url : `${url}/`;
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connect: { timeout: Math.min(CONNECT_MS, timeoutMs) } };
  const pool = new Agent({ ...limits, connections: MAX_CONNECTIONS, ...(!keepAlive && { pipelining: 0 }) });
  const retrying = pool.compose(retryOnceAfterReset());
  const uploads = new Agent({ ...limits, connections: MAX_UPLOADS });
  const patient = new Agent({
    ...limits,
    headersTimeout: Math.max(PATIENT_MS, timeoutMs),
    connections: MAX_PATIENT,
    pipelining: 0,
  });
  const askOver =
    (dispatcher: Dispatcher): Ask =>
    (path, request = {}) =>
      askApi(new URL(path.replace(/^\//, ''), base), withKey(request, key), dispatcher, telemetry);
  return {
    ask: askOver(retrying),
    upload: askOver(uploads),
    askPatiently: askOver(patient),
    async onFreshConnection(questions) {
      const client = new Client(new URL(base).origin, limits);
      try {
        return await questions(askOver(client));
      } finally {
        // What is still on its way belongs to nobody once the questions are over.
        await client.destroy();
      }
    },
    close: () => Promise.all([pool.close(), uploads.close(), patient.close()]).then(() => undefined),
  };
}

/** A reset tells that the instance left before it read the request; anything else could have been carried out. */
function retryOnceAfterReset() {
  return interceptors.retry({
    maxRetries: 1,
    minTimeout: 0,
    methods: ['GET', 'HEAD'],
    statusCodes: [],
    errorCodes: ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'],
  });
}

function withKey(request: ApiRequest, key: string | undefined): ApiRequest {
  return key === undefined ? request : { ...request, headers: { ...request.headers, 'x-api-key': key } };
}

async function askApi(
  url: URL,
  { body, signal, ...rest }: ApiRequest,
  dispatcher: Dispatcher,
  telemetry: Telemetry,
): Promise<Response> {
  try {
    return await traceRequest(telemetry, { method: rest.method ?? 'GET', url }, (trace) =>
      fetch(url, {
        ...rest,
        headers: { ...rest.headers, ...trace } as HeadersInit,
        redirect: 'error',
        dispatcher,
        ...(signal && { signal }),
        ...(body !== undefined && { body, duplex: 'half' as const }),
      }),
    );
  } catch (error) {
    if (signal?.aborted && (signal.reason as Error).name !== 'TimeoutError') throw error;
    throw new ApiFailure(isTimeout(error) ? 'API_TIMEOUT' : 'API_UNREACHABLE', { cause: error });
  }
}

function isTimeout(error: unknown): boolean {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return name === 'TimeoutError' || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(cause?.code ?? '');
}
