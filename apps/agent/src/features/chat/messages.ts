/** The messages of a valid body, of nothing but the parts that a turn uses. */
import type { DynamicToolUIPart, UIMessage } from 'ai';
import type { ChatBody, ChatPart } from './schema.ts';

/**
 * Reads the messages. Of their parts only texts, finished tool calls and, in the last message, the user's answers to what was asked stay:
 * files would be fetched or sent on, and system texts are not a client's to give.
 */
export function readMessages({ messages }: ChatBody): UIMessage[] {
  return messages.map(({ id, role, parts }, index) => ({
    id: id ?? `message-${index}`,
    role,
    parts: parts.flatMap((part) => readPart(part, role, index === messages.length - 1)),
  }));
}

function readPart(part: ChatPart, role: string, isLast: boolean): UIMessage['parts'] {
  if (part.type === 'text' && part.text !== undefined) return [{ type: 'text', text: part.text }];
  if (part.type === 'step-start') return [{ type: 'step-start' }];
  return part.type === 'dynamic-tool' && role === 'assistant' ? readToolPart(part, isLast) : [];
}

function readToolPart({ toolName, toolCallId, state, input, output, approval }: ChatPart, isLast: boolean): DynamicToolUIPart[] {
  if (typeof toolName !== 'string' || typeof toolCallId !== 'string') return [];
  const call = { type: 'dynamic-tool', toolName, toolCallId, input: input ?? {} } as const;
  if (state === 'output-available') return [{ ...call, state, output: output ?? null }];
  if (approval?.approved === undefined) return [];
  const { id, approved, signature } = approval;
  const answered = { id, ...(signature !== undefined && { signature }) };
  if (state === 'output-denied') return [{ ...call, state, approval: { ...answered, approved: false } }];
  return state === 'approval-responded' && isLast ? [{ ...call, state, approval: { ...answered, approved } }] : [];
}

/** Text of a message. */
export function textOf({ parts }: UIMessage): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
