/** Forwards a browser's request to the API, when the table holds it; rows stream through in both directions. */
import type { Response as ApiResponse, RequestInit } from 'undici';
import type { ApiClient } from './api-client.ts';
import { ApiFailure } from './api-client.ts';
import { type ForwardedRoute, JSON_TYPE, routesAt } from './forward-table.ts';
import { PROBLEM_TYPE, type ProblemCode, problem } from './problems.ts';
import { readBounded } from './read-bounded.ts';
import { refuseOtherTypes } from './same-origin.ts';

/** Header fields that pass: neither cookies nor anything about the connection. */
const REQUEST_HEADERS = ['accept', 'content-type'];
const ANSWER_HEADERS = ['content-type', 'retry-after', 'www-authenticate'];
/** A stream of rows this small is read before the API is asked, as JSON is: a slow sender then holds none of the connections to it. */
const SMALL_BODY_BYTES = 16_384;
/** What the API takes at most, unless it is told otherwise. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;
/** Rows, one by one; of their answers a compressing server would hold back the lines. */
const STREAM_TYPES = /^\s*(application\/x-ndjson|text\/csv)/i;
/** The caller has gone; nobody reads this (a convention of nginx). */
const CLIENT_CLOSED_REQUEST = 499;

const DETAILS: Readonly<Partial<Record<ProblemCode, string>>> = {
  API_UNREACHABLE: 'The prediction API cannot be reached.',
  API_TIMEOUT: 'The prediction API does not answer in time.',
  API_KEY_REFUSED: 'The prediction API refuses the key of this client (API_KEY).',
  API_ANSWER_INVALID: 'Something other than the prediction API answers at its address.',
};

/**
 * Answers a request to `/api<path>`.
 *
 * @returns the API's answer, a problem of its own included, or a problem of the client's.
 */
export async function forward(
  request: Request,
  path: string,
  client: Pick<ApiClient, 'ask' | 'upload' | 'askPatiently'>,
): Promise<Response> {
  const route = chooseRoute(request, path);
  if (route instanceof Response) return route;
  return answerFailures(request, async () => {
    const streamed = isUpload(request);
    const body = streamed ? (request.body as RequestInit['body']) : await bodyOf(request);
    if (body === undefined)
      return problem('BODY_TOO_LARGE', `A body that is no stream of rows may have ${MAX_BODY_BYTES} bytes.`);
    const ask = route.isSlow ? client.askPatiently : client.ask;
    const answer = await (streamed ? client.upload : ask)(path + new URL(request.url).search, {
      method: route.method,
      headers: pick(request.headers, REQUEST_HEADERS),
      signal: request.signal,
      ...(body !== null && { body }),
    });
    return passOn(answer);
  });
}

/** Whether the body is rows that are sent on as they come, and answered likewise. */
function isUpload({ body, headers }: Request): boolean {
  if (body === null || !STREAM_TYPES.test(headers.get('content-type') ?? '')) return false;
  const length = headers.get('content-length');
  return length === null || Number(length) > SMALL_BODY_BYTES;
}

/** The whole body; null where there is none, undefined where it is too large. */
async function bodyOf(request: Request): Promise<Uint8Array | null | undefined> {
  return request.body === null ? null : readBounded(request, MAX_BODY_BYTES);
}

/** Turns failures of the API into problems of the client's own. */
export async function answerFailures(request: Request, ask: () => Promise<Response>): Promise<Response> {
  try {
    return await ask();
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: CLIENT_CLOSED_REQUEST });
    if (error instanceof ApiFailure) return failure(error.code);
    throw error;
  }
}

function chooseRoute(request: Request, path: string): ForwardedRoute | Response {
  const routes = routesAt(path);
  if (routes.length === 0) return problem('NOT_FORWARDED', 'This client does not forward this path.');
  const route = routes.find(({ method }) => method === request.method);
  const allow = routes.map(({ method }) => method).join(', ');
  if (!route) return problem('METHOD_NOT_FORWARDED', `This client forwards ${allow} of this path.`, { allow });
  const refused = refuseOtherTypes(request, route.accepts ?? [JSON_TYPE]);
  if (refused) return refused;
  const unknown = [...new URL(request.url).searchParams.keys()].find((name) => !route.query.includes(name));
  return unknown === undefined ? route : problem('QUERY_NOT_FORWARDED', 'This client does not forward this query.');
}

function passOn(answer: ApiResponse): Response {
  if (answer.status === 401) return discard(answer, 'API_KEY_REFUSED');
  const type = answer.headers.get('content-type') ?? '';
  // An error page of a proxy between is nobody's problem document.
  if (!answer.ok && !type.startsWith(PROBLEM_TYPE)) return discard(answer, 'API_ANSWER_INVALID');
  const cacheControl = STREAM_TYPES.test(type) ? 'no-store, no-transform' : 'no-store';
  return new Response(answer.body as ReadableStream | null, {
    status: answer.status,
    headers: { ...pick(answer.headers, ANSWER_HEADERS), 'cache-control': cacheControl },
  });
}

/** The body must be let go, or its connection would stay taken. */
function discard(answer: ApiResponse, code: ProblemCode): Response {
  answer.body?.cancel().catch(() => undefined);
  return failure(code);
}

function failure(code: ProblemCode): Response {
  return problem(code, DETAILS[code] ?? code);
}

/** The header fields that are there, by name. */
export function pick(headers: Pick<Headers, 'get'>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, headers.get(name)]).filter(([, value]) => value !== null));
}
