/** Why a language model failed, in a line for the person who runs the agent: the log and the terminal say it, a chat's client never sees it. */
import { APICallError, RetryError } from 'ai';
import type { AgentConfig } from '../config.ts';

type Facts = Pick<AgentConfig, 'LLM_MODEL' | 'LLM_BASE_URL' | 'LLM_API_KEY' | 'ANTHROPIC_API_KEY'>;

const MAX_LENGTH = 400;
const NO_TOOLS =
  /not support (?:tools|tool|function)|tool[- _]call[- _]parser|auto-tool-choice|--jinja|tools? (?:is|are) not supported/i;
/** In a chain of causes more than this are a circle. */
const MAX_CAUSES = 5;

/** The reason, without the key. */
export function failureReason(error: unknown, config: Facts): string {
  const cause = RetryError.isInstance(error) ? error.lastError : error;
  const said = messageOf(cause);
  const reason = `${headingOf(cause, said, config)}${said}`.replaceAll(/\s+/g, ' ').trim();
  return withoutKeys(reason, config).slice(0, MAX_LENGTH);
}

function headingOf(error: unknown, said: string, { LLM_MODEL = '', LLM_BASE_URL }: Facts): string {
  const address = LLM_BASE_URL === undefined ? '' : ` at ${LLM_BASE_URL}`;
  if (NO_TOOLS.test(said)) return `${LLM_MODEL} takes no tools here, and without them nothing can be predicted: `;
  if (!APICallError.isInstance(error)) return '';
  const { statusCode: status } = error;
  if (status === undefined) return `the language-model server cannot be reached${address}: `;
  if (status === 401 || status === 403) return `the language-model server refuses the key (${status}): `;
  if (status === 404) return `the language-model server${address} has no such model (${LLM_MODEL}) or no such address (404): `;
  if (status === 429) return 'the language-model server asks to wait (429): ';
  return `the language-model server answers ${status}: `;
}

/** The message, and those of its causes that say something else. */
function messageOf(error: unknown): string {
  const messages: string[] = [];
  for (let cause = error; cause !== undefined && cause !== null && messages.length < MAX_CAUSES; ) {
    const { message, code, cause: next } = cause as { message?: unknown; code?: unknown; cause?: unknown };
    const text = [message, code, cause].find((each) => typeof each === 'string' && each !== '') as string | undefined;
    if (text !== undefined && !messages.includes(text)) messages.push(text);
    cause = next;
  }
  return messages.join(': ') || 'no reason was given';
}

function withoutKeys(text: string, { LLM_API_KEY, ANTHROPIC_API_KEY }: Facts): string {
  return [LLM_API_KEY, ANTHROPIC_API_KEY].reduce(
    (shown, key) => (key ? shown.replaceAll(key.reveal(), '[redacted]') : shown),
    text,
  );
}
