/** The body of `POST /chat`: what the AI SDK's chat sends, bounded; keys that are not named are left alone and thrown away. */
import { type Static, Type } from 'typebox';

/** Bounds of a conversation; a longer one is begun anew. */
const MAX_MESSAGES = 100;
const MAX_PARTS = 60;
const MAX_TEXT = 20_000;
/** Of the question, the last message. */
export const MAX_QUESTION = 4000;

/** A text, or a tool call as the stream has told it. */
const Part = Type.Object({
  type: Type.String({ maxLength: 100 }),
  text: Type.Optional(Type.String({ maxLength: MAX_TEXT })),
  toolName: Type.Optional(Type.Unknown()),
  toolCallId: Type.Optional(Type.Unknown()),
  state: Type.Optional(Type.Unknown()),
  input: Type.Optional(Type.Unknown()),
  output: Type.Optional(Type.Unknown()),
});

const Message = Type.Object({
  id: Type.Optional(Type.String({ maxLength: 200 })),
  // No `system`: what the model is told is ours to say.
  role: Type.Enum(['user', 'assistant']),
  parts: Type.Array(Part, { maxItems: MAX_PARTS }),
});

export const ChatBody = Type.Object({ messages: Type.Array(Message, { minItems: 1, maxItems: MAX_MESSAGES }) });

export type ChatBody = Static<typeof ChatBody>;
export type ChatPart = Static<typeof Part>;
