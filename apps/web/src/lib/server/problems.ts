/** Problems of the client's own (RFC 9457): what its server side tells the pages when the API itself cannot. */

/** Status by code. */
const PROBLEM_STATUS = {
  /** Nothing listens, or the connection broke. */
  API_UNREACHABLE: 502,
  /** It does not answer in time. */
  API_TIMEOUT: 504,
  /** It refuses this client's key (401). */
  API_KEY_REFUSED: 502,
  /** It, or something before it, answers with what is not its own. */
  API_ANSWER_INVALID: 502,
  /** The same of the agent. */
  AGENT_UNREACHABLE: 502,
  AGENT_TIMEOUT: 504,
  AGENT_ANSWER_INVALID: 502,
  /** `AGENT_URL` is not set. */
  AGENT_NOT_CONFIGURED: 404,
  /** The conversation is larger than what is sent on. */
  CHAT_TOO_LONG: 413,
  /** Not in the table of what is forwarded. */
  NOT_FORWARDED: 404,
  METHOD_NOT_FORWARDED: 405,
  QUERY_NOT_FORWARDED: 400,
  /** How many probes to send is missing or not allowed. */
  REQUESTS_INVALID: 400,
  /** The body is larger than what is read into memory. */
  BODY_TOO_LARGE: 413,
  /** Another site's page asks. */
  CROSS_SITE: 403,
  /** The body is of a type that this path does not take. */
  MEDIA_TYPE_REFUSED: 415,
  /** Nobody is logged in, or the session has ended. */
  LOGIN_REQUIRED: 401,
} as const;

export type ProblemCode = keyof typeof PROBLEM_STATUS;

/** Media type of a problem. */
export const PROBLEM_TYPE = 'application/problem+json';

/** An answer that tells the problem; it shows nothing of the inside. */
export function problem(code: ProblemCode, detail: string, headers: Readonly<Record<string, string>> = {}): Response {
  const status = PROBLEM_STATUS[code];
  return Response.json(
    { type: 'about:blank', title: code, status, code, detail },
    { status, headers: { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store', ...headers } },
  );
}
