/** Hands a conversation to the agent and its answer back as it comes: the AI SDK's UI-message stream, unread. */
import type { Response as AgentResponse } from 'undici';
import { type ApiClient, ApiFailure } from './api-client.ts';
import { pick } from './forward.ts';
import { PROBLEM_TYPE, type ProblemCode, problem } from './problems.ts';
import { readBounded } from './read-bounded.ts';

/** Largest conversation, in bytes: what the agent takes. It is read before the agent is asked, so that it is told the length. */
const MAX_CHAT_BYTES = 524_288;
const STREAM_TYPE = 'text/event-stream';
const ANSWER_HEADERS = ['content-type', 'retry-after', 'x-vercel-ai-ui-message-stream'];
/** The caller has gone; nobody reads this (a convention of nginx). */
const CLIENT_CLOSED_REQUEST = 499;

const OF_AGENT: Readonly<Partial<Record<ProblemCode, ProblemCode>>> = {
  API_UNREACHABLE: 'AGENT_UNREACHABLE',
  API_TIMEOUT: 'AGENT_TIMEOUT',
};

/**
 * Answers `POST /api/chat`.
 *
 * @param agent undefined where none is configured.
 * @returns the agent's stream or problem, or a problem of the client's.
 */
export async function answerChat(request: Request, agent: Pick<ApiClient, 'ask'> | undefined): Promise<Response> {
  if (!agent) return problem('AGENT_NOT_CONFIGURED', 'This client has no agent: set AGENT_URL.');
  try {
    const body = await readBounded(request, MAX_CHAT_BYTES);
    if (!body) return problem('CHAT_TOO_LONG', `A conversation may have ${MAX_CHAT_BYTES} bytes.`);
    const headers = { 'content-type': 'application/json', accept: STREAM_TYPE };
    return passOn(await agent.ask('/chat', { method: 'POST', headers, body, signal: request.signal }));
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: CLIENT_CLOSED_REQUEST });
    if (!(error instanceof ApiFailure)) throw error;
    return problem(OF_AGENT[error.code] ?? error.code, 'The agent does not answer.');
  }
}

function passOn(answer: AgentResponse): Response {
  const type = answer.headers.get('content-type') ?? '';
  if (!type.startsWith(answer.ok ? STREAM_TYPE : PROBLEM_TYPE)) {
    // Let go, or its connection would stay taken.
    answer.body?.cancel().catch(() => undefined);
    return problem('AGENT_ANSWER_INVALID', 'Something other than the agent answers at its address.');
  }
  return new Response(answer.body as ReadableStream | null, {
    status: answer.status,
    // A compressing server would hold the words back.
    headers: { ...pick(answer.headers, ANSWER_HEADERS), 'cache-control': 'no-store, no-transform' },
  });
}
