/** The body of `POST /chat`: what the AI SDK's chat sends, bounded; keys that are not named are left alone and thrown away. */
import { type Static, Type } from 'typebox';

/** Characters of what the user says at a time; the rules read it word by word. */
export const MAX_QUESTION = 4000;
/** Characters of a text of the model. */
const MAX_TEXT = 20_000;

/** A text, or a tool call as the stream has told it. */
const Part = Type.Object({
  type: Type.String({ maxLength: 100 }),
  text: Type.Optional(Type.String({ maxLength: MAX_TEXT })),
  toolName: Type.Optional(Type.Unknown()),
  toolCallId: Type.Optional(Type.Unknown()),
  state: Type.Optional(Type.Unknown()),
  input: Type.Optional(Type.Unknown()),
  output: Type.Optional(Type.Unknown()),
  approval: Type.Optional(
    Type.Object({
      id: Type.String({ maxLength: 200 }),
      approved: Type.Optional(Type.Boolean()),
      signature: Type.Optional(Type.String({ maxLength: 200 })),
    }),
  ),
});

const Message = Type.Object({
  id: Type.Optional(Type.String({ maxLength: 200 })),
  // No `system`: what the model is told is ours to say.
  role: Type.Enum(['user', 'assistant']),
  parts: Type.Array(Part),
});

export const ChatBody = Type.Object({ messages: Type.Array(Message, { minItems: 1 }) });

export type ChatBody = Static<typeof ChatBody>;
export type ChatPart = Static<typeof Part>;
