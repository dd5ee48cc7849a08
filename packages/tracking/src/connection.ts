/** HTTP to one MLflow server: each request has a deadline, and is repeated only where a repetition cannot do its work twice. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describeAnswer, describeNoAnswer } from './describe-failure.ts';
import { TrackingError } from './errors.ts';

/** A server that works on a small machine answers within a second; one that starts within a few. */
const ATTEMPT_MS = 10_000;
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 250;
/** Least rate of a body, so that a large one is given the time that it needs: a slow line, in bytes per millisecond. */
const SLOWEST_BYTES_PER_MS = 100;
/** Longest JSON answer that is read. */
const MAX_JSON_BYTES = 8 * 1024 * 1024;
/** Longest text of an error that is read. */
const MAX_ERROR_BYTES = 64 * 1024;

/** How to reach a server. */
export interface ConnectionOptions {
  /** Origin and path, without a slash at the end. */
  readonly url: string;
  /** Value of the `Authorization` header. */
  readonly authorization?: string | undefined;
  /** Ends every request and pause when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, besides the time of its body. */
  readonly attemptMs?: number;
  readonly attempts?: number;
}

/** One request. */
export interface TrackingRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Path below the server's URL, with its query. */
  readonly path: string;
  /** A value to send as JSON, or bytes to send as they are. */
  readonly body?: unknown;
  /** Whether carrying it out twice is the same as once; then it is repeated also when it may have been carried out. */
  readonly isRepeatable: boolean;
  /** Longest answer that is read, in bytes. */
  readonly maxBytes?: number;
}

/** A way to an MLflow server. */
export class Connection {
  readonly #options: ConnectionOptions;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** The server's address. */
  get url(): string {
    return this.#options.url;
  }

  /** The same way with a deadline for all that is sent through it together, in milliseconds from now. */
  within(deadlineMs: number): Connection {
    return new Connection({ ...this.#options, signal: AbortSignal.timeout(Math.ceil(deadlineMs)) });
  }

  /** Sends a request and gives the JSON of its answer. @throws TrackingError */
  async json(request: TrackingRequest): Promise<unknown> {
    const bytes = await this.bytes(request);
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch (error) {
      const message = `${this.url} answers what is not JSON: is it an MLflow server?`;
      throw new TrackingError('TRACKING_ANSWER', message, { path: request.path }, error);
    }
  }

  /** Sends a request and gives the bytes of its answer. @throws TrackingError */
  async bytes(request: TrackingRequest): Promise<Uint8Array> {
    const { attempts = ATTEMPTS, signal } = this.#options;
    for (let attempt = 1, pauseMs = FIRST_PAUSE_MS; ; attempt++, pauseMs *= 2) {
      try {
        return await this.#attempt(request);
      } catch (error) {
        if (attempt >= attempts || signal?.aborted || !mayRepeat(error, request)) throw error;
      }
      // A pause that is aborted ends in the next attempt, which says why.
      await sleep(pauseMs, undefined, signal && { signal }).catch(() => undefined);
    }
  }

  async #attempt({ method, path, body, maxBytes = 0 }: TrackingRequest): Promise<Uint8Array> {
    const { url, authorization, signal, attemptMs = ATTEMPT_MS } = this.#options;
    const isRaw = body instanceof Uint8Array;
    const sizeMs = (isRaw ? body.length : maxBytes) / SLOWEST_BYTES_PER_MS;
    const timeout = AbortSignal.timeout(Math.ceil(attemptMs + sizeMs));
    let response: Response | undefined;
    try {
      response = await fetch(`${url}/${path}`, {
        method,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        headers: {
          accept: '*/*',
          ...(authorization !== undefined && { authorization }),
          ...(body !== undefined && { 'content-type': isRaw ? 'application/octet-stream' : 'application/json' }),
        },
        ...(body !== undefined && { body: isRaw ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
      });
      if (response.ok) return await readBody(response, maxBytes || MAX_JSON_BYTES);
      throw describeAnswer(url, path, response.status, await readText(response));
    } catch (error) {
      throw error instanceof TrackingError ? error : describeNoAnswer(url, path, error, signal);
    } finally {
      if (response && !response.bodyUsed) await response.body?.cancel();
    }
  }
}

function mayRepeat(error: unknown, { isRepeatable }: TrackingRequest): boolean {
  if (!(error instanceof TrackingError)) return false;
  const { code, details } = error;
  // 429 and 503 say that nothing was done; so does a connection that never came about.
  if (details.status === 429 || details.status === 503 || details.arrived === 'no') return true;
  return isRepeatable && (code === 'TRACKING_FAILED' || code === 'TRACKING_UNREACHABLE');
}

/** @throws TrackingError `TRACKING_ANSWER` when more arrives than may. */
async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes)
      throw new TrackingError('TRACKING_ANSWER', `the answer is longer than ${maxBytes} bytes`, { maxBytes });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readText(response: Response): Promise<string> {
  return readBody(response, MAX_ERROR_BYTES).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '',
  );
}
