/** The API as tools ask it: JSON over connections that are kept, with a deadline, and one more attempt where a connection broke. */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type Telemetry, traceRequest } from '@iris/telemetry';
import type { ApiConfig } from '../config.ts';
import { CallError, type FieldFault } from './api-error.ts';

/** Connections to the API at a time; calls beyond wait for one. */
const MAX_SOCKETS = 128;
/** A connection that is idle for longer is closed: well before the API closes it, which would race with the next call. */
const IDLE_MS = 5000;
/** Largest answer that is read. */
const ANSWER_LIMIT_BYTES = 16 * 1024 * 1024;
/** Failures of a connection, not of an answer: nothing has been answered, and every call here may be repeated. */
const BROKEN = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE']);

type Query = Readonly<Record<string, string | number | undefined>>;

/** Asks the API. Both reject with CallError. */
export interface ApiClient {
  /** The answer to `GET path`; parameters that are undefined are left out. */
  get<T>(path: string, query?: Query): Promise<T>;
  /** The answer to `POST path`. Sent again if its connection breaks: a prediction is then logged twice at most, a feedback is the same. */
  post<T>(path: string, body: unknown): Promise<T>;
  close(): void;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

interface Problem {
  readonly code?: unknown;
  readonly detail?: unknown;
  readonly errors?: unknown;
}

/** Makes a client of the API at `API_URL`. */
export function createApiClient(
  { API_URL, API_KEY, API_TIMEOUT_MS }: Pick<ApiConfig, 'API_URL' | 'API_KEY' | 'API_TIMEOUT_MS'>,
  telemetry: Telemetry,
): ApiClient {
  const base = new URL(API_URL);
  const secure = base.protocol === 'https:';
  const agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: MAX_SOCKETS, timeout: IDLE_MS });
  const send = secure ? httpsRequest : httpRequest;
  const prefix = base.pathname.replace(/\/$/, '');
  const ownHeaders = { accept: 'application/json', ...(API_KEY && { 'x-api-key': API_KEY.reveal() }) };
  const where = { agent, protocol: base.protocol, hostname: base.hostname.replace(/^\[|\]$/g, ''), port: base.port };

  function attempt(options: RequestOptions, body: string | undefined): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const outgoing = send({ ...where, ...options }, (response) => {
      readText(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject);
    });
    // One timer for the whole call, from the queue for a connection to the last byte.
    const deadline = setTimeout(
      () => outgoing.destroy(new CallError('API_TIMEOUT', `No answer within ${API_TIMEOUT_MS} ms.`)),
      API_TIMEOUT_MS,
    );
    outgoing.once('error', reject).once('close', () => clearTimeout(deadline));
    outgoing.end(body);
    return promise;
  }

  function persist(options: RequestOptions, text: string | undefined): Promise<Answer> {
    return attempt(options, text)
      .catch((error: NodeJS.ErrnoException) => {
        if (!BROKEN.has(error.code ?? '')) throw error;
        return attempt(options, text);
      })
      .catch((error: unknown) => {
        throw error instanceof CallError ? error : new CallError('API_UNREACHABLE', 'The connection to the API failed.');
      });
  }

  async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers =
      text === undefined
        ? ownHeaders
        : { ...ownHeaders, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const target = { method, url: new URL(prefix + path, base) };
    const answer = await traceRequest(telemetry, target, (trace) =>
      persist({ method, path: prefix + path, headers: { ...headers, ...trace } }, text),
    );
    return readAnswer<T>(answer.status, answer.text);
  }

  return {
    get: (path, query = {}) => call('GET', path + queryText(query)),
    post: (path, body) => call('POST', path, body),
    close: () => agent.destroy(),
  };
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > ANSWER_LIMIT_BYTES) throw new CallError('API_ANSWER_INVALID', 'The answer is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function queryText(query: Query): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
  return given.size === 0 ? '' : `?${given}`;
}

function readAnswer<T>(status: number, text: string): T {
  const answer = parse(text);
  if (typeof answer !== 'object' || answer === null)
    throw new CallError('API_ANSWER_INVALID', `Status ${status} without a JSON object.`);
  if (status >= 200 && status < 300) return answer as T;
  const { code, detail, errors } = answer as Problem;
  if (typeof code !== 'string') throw new CallError('API_ANSWER_INVALID', `Status ${status} without a code.`);
  throw new CallError(
    code,
    typeof detail === 'string' ? detail : `Status ${status}.`,
    Array.isArray(errors) ? errors.filter(isFault) : [],
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFault(fault: unknown): fault is FieldFault {
  const { pointer, detail } = (fault ?? {}) as Partial<FieldFault>;
  return typeof pointer === 'string' && typeof detail === 'string';
}
