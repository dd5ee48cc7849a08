/** The messages of a valid body, of nothing but the parts that a turn uses. */
import type { DynamicToolUIPart, UIMessage } from 'ai';
import type { ChatBody, ChatPart } from './schema.ts';

/**
 * Reads the messages. Of their parts only texts and finished tool calls stay: files would be fetched or sent on, approvals and system
 * texts are not a client's to give.
 */
export function readMessages({ messages }: ChatBody): UIMessage[] {
  return messages.map(({ id, role, parts }, index) => ({
    id: id ?? `message-${index}`,
    role,
    parts: parts.flatMap((part) => readPart(part, role)),
  }));
}

function readPart(part: ChatPart, role: string): UIMessage['parts'] {
  if (part.type === 'text' && part.text !== undefined) return [{ type: 'text', text: part.text }];
  if (part.type === 'step-start') return [{ type: 'step-start' }];
  return part.type === 'dynamic-tool' && role === 'assistant' ? readToolPart(part) : [];
}

function readToolPart({ toolName, toolCallId, state, input, output }: ChatPart): DynamicToolUIPart[] {
  if (typeof toolName !== 'string' || typeof toolCallId !== 'string' || state !== 'output-available') return [];
  return [{ type: 'dynamic-tool', toolName, toolCallId, state, input: input ?? {}, output: output ?? null }];
}

/** Text of a message. */
export function textOf({ parts }: UIMessage): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
