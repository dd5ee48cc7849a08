/** Bounds of a conversation as a whole: a turn reads all of it, so that its cost is the sum, whatever each message is. */
import { AgentError } from '../../errors.ts';
import { isRecord } from '../../tools/json-schema.ts';

const MAX_MESSAGES = 100;
/** Texts and tool calls of all messages. */
const MAX_PARTS = 600;
/** Characters of all texts; results of tools are bounded by the body. */
const MAX_CHARACTERS = 128_000;

/**
 * Counts what a body holds, before anything else reads it.
 *
 * @throws AgentError `CONVERSATION_TOO_LONG` that names the bound.
 */
export function refuseLongConversation(body: unknown): void {
  const messages = listOf(body, 'messages');
  refuseMore(messages.length, MAX_MESSAGES, 'messages');
  let partCount = 0;
  let characters = 0;
  for (const message of messages) {
    const parts = listOf(message, 'parts');
    partCount += parts.length;
    refuseMore(partCount, MAX_PARTS, 'parts');
    for (const part of parts) if (isRecord(part) && typeof part.text === 'string') characters += part.text.length;
    refuseMore(characters, MAX_CHARACTERS, 'characters of text');
  }
}

/** A list of that name; what has another shape is the schema's to refuse. */
function listOf(value: unknown, key: string): readonly unknown[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}

function refuseMore(count: number, most: number, what: string): void {
  if (count > most) throw new AgentError('CONVERSATION_TOO_LONG', `A conversation has at most ${most} ${what}: begin a new one.`);
}
