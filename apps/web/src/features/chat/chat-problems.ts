/** Why a question has no whole answer, and the text that says so. */
import { ApiProblem } from '../../lib/api/client.ts';

/** Codes of the messages `chat.problems`. */
const EXPLAINED = [
  'AGENT_UNREACHABLE',
  'AGENT_TIMEOUT',
  'AGENT_ANSWER_INVALID',
  'TOOLS_UNAVAILABLE',
  'RATE_LIMITED',
  'OVERLOADED',
  'DRAINING',
  'CHAT_TOO_LONG',
  'CLIENT_UNREACHABLE',
  'LOGIN_REQUIRED',
  'BROKEN_OFF',
] as const;

export type ExplainedProblem = (typeof EXPLAINED)[number] | 'OTHER';

/** The agent's own bounds of a conversation: a question by itself is bounded where it is typed. */
const TOO_LONG = ['BODY_TOO_LARGE', 'CONVERSATION_TOO_LONG', 'VALIDATION_FAILED'];

/** What a failed turn is about: a problem as it was answered, or an answer that ended in the middle. */
export function problemOf(error: Error): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem('BROKEN_OFF', 0, 'The answer broke off.');
}

/** The code under which a problem is explained. */
export function explainedProblem({ code }: ApiProblem): ExplainedProblem {
  if (TOO_LONG.includes(code)) return 'CHAT_TOO_LONG';
  return EXPLAINED.find((known) => known === code) ?? 'OTHER';
}
