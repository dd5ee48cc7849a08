/** A conversation in a terminal: the same turns as over HTTP, printed as they come. */
import { readUIMessageStream, type UIMessage, type UIMessageChunk } from 'ai';
import { runTurn, type TurnDependencies } from '../turn/run-turn.ts';

/** Writes to the terminal, without a line end of its own. */
export type Write = (text: string) => void;

/** A conversation that remembers. */
export interface Conversation {
  /** Answers a question; what was said before is known. */
  ask(question: string, signal: AbortSignal): Promise<void>;
}

/** Begins a conversation. */
export function startConversation(dependencies: TurnDependencies, write: Write): Conversation {
  const messages: UIMessage[] = [];
  return {
    async ask(question, signal) {
      messages.push({ id: String(messages.length), role: 'user', parts: [{ type: 'text', text: question }] });
      const [shown, kept] = runTurn(dependencies, [...messages], signal).tee();
      const [answer] = await Promise.all([lastMessage(kept), print(shown, write)]);
      if (answer) messages.push(answer);
    },
  };
}

async function lastMessage(stream: ReadableStream<UIMessageChunk>): Promise<UIMessage | undefined> {
  let last: UIMessage | undefined;
  for await (const message of readUIMessageStream({ stream })) last = message;
  return last;
}

async function print(stream: ReadableStream<UIMessageChunk>, write: Write): Promise<void> {
  for await (const chunk of stream) {
    if (chunk.type === 'text-delta') write(chunk.delta);
    if (chunk.type === 'text-end') write('\n');
    // What a person reads must be seen to come from a call.
    if (chunk.type === 'tool-input-available') write(`→ ${chunk.toolName} ${JSON.stringify(chunk.input)}\n`);
  }
}
