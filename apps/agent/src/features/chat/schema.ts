/** The body of `POST /chat`: bounded, and read into messages of nothing but the parts that a turn uses. */
import type { DynamicToolUIPart, UIMessage } from 'ai';

/** Bounds of a conversation; a longer one is begun anew. */
const MAX_MESSAGES = 100;
const MAX_PARTS = 60;
const MAX_TEXT = 20_000;
/** Of a message of the user. */
export const MAX_QUESTION = 4000;

/** JSON Schema of the body: what the AI SDK's chat sends, of which unknown keys are left alone and thrown away. */
export const CHAT_BODY = {
  type: 'object',
  required: ['messages'],
  properties: {
    messages: {
      type: 'array',
      minItems: 1,
      maxItems: MAX_MESSAGES,
      items: {
        type: 'object',
        required: ['role', 'parts'],
        properties: {
          id: { type: 'string', maxLength: 200 },
          // No `system`: what the model is told is ours to say.
          role: { enum: ['user', 'assistant'] },
          parts: {
            type: 'array',
            maxItems: MAX_PARTS,
            items: {
              type: 'object',
              required: ['type'],
              properties: { type: { type: 'string', maxLength: 100 }, text: { type: 'string', maxLength: MAX_TEXT } },
            },
          },
        },
      },
    },
  },
} as const;

/** A body that the schema has accepted. */
export interface ChatBody {
  readonly messages: readonly {
    readonly id?: string;
    readonly role: 'user' | 'assistant';
    readonly parts: readonly Readonly<Record<string, unknown>>[];
  }[];
}

/**
 * The messages of a valid body. Of the parts only texts and finished tool calls stay: files would be fetched or sent on, approvals and
 * system texts are not a client's to give.
 */
export function readMessages({ messages }: ChatBody): UIMessage[] {
  return messages.map(({ id, role, parts }, index) => ({
    id: id ?? `message-${index}`,
    role,
    parts: parts.flatMap((part) => readPart(part, role)),
  }));
}

function readPart(part: Readonly<Record<string, unknown>>, role: string): UIMessage['parts'] {
  if (part.type === 'text' && typeof part.text === 'string') return [{ type: 'text', text: part.text }];
  if (part.type === 'step-start') return [{ type: 'step-start' }];
  return part.type === 'dynamic-tool' && role === 'assistant' ? readToolPart(part) : [];
}

function readToolPart({ toolName, toolCallId, state, input, output }: Readonly<Record<string, unknown>>): DynamicToolUIPart[] {
  if (typeof toolName !== 'string' || typeof toolCallId !== 'string' || state !== 'output-available') return [];
  return [{ type: 'dynamic-tool', toolName, toolCallId, state, input: input ?? {}, output: output ?? null }];
}

/** Text of the last message; undefined unless it is the user's. */
export function questionOf(messages: readonly UIMessage[]): string | undefined {
  const last = messages.at(-1);
  if (last?.role !== 'user') return undefined;
  return last.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
