/** A conversation in a terminal: the same turns as over HTTP, printed as they come; what writes is asked first. */
import { type DynamicToolUIPart, readUIMessageStream, type UIMessage, type UIMessageChunk } from 'ai';
import { type Language, languageOf } from '../turn/language.ts';
import { runTurn, type TurnDependencies } from '../turn/run-turn.ts';

/** Writes to the terminal, without a line end of its own. */
export type Write = (text: string) => void;
/** Asks whether a call may be made. */
export type Approve = (call: Pick<DynamicToolUIPart, 'toolName' | 'input'>, language: Language) => Promise<boolean>;

/** A conversation that remembers. */
export interface Conversation {
  /** Answers a question; what was said before is known. */
  ask(question: string, signal: AbortSignal): Promise<void>;
}

/** Begins a conversation. */
export function startConversation(dependencies: TurnDependencies, write: Write, approve: Approve): Conversation {
  const messages: UIMessage[] = [];

  async function answer(signal: AbortSignal, begun?: UIMessage): Promise<UIMessage | undefined> {
    const [shown, kept] = runTurn(dependencies, [...messages], signal).tee();
    const [message] = await Promise.all([lastMessage(kept, begun), print(shown, write)]);
    return message;
  }

  return {
    async ask(question, signal) {
      messages.push({ id: String(messages.length), role: 'user', parts: [{ type: 'text', text: question }] });
      let message = await answer(signal);
      if (message) messages.push(message);
      while (message && asksIn(message) && !signal.aborted) {
        const answered = { ...message, parts: await answerParts(message, (call) => approve(call, languageOf([question]))) };
        messages[messages.length - 1] = answered;
        message = await answer(signal, answered);
        if (message) messages[messages.length - 1] = message;
      }
    },
  };
}

function asksIn({ parts }: UIMessage): boolean {
  return parts.some((part) => part.type === 'dynamic-tool' && part.state === 'approval-requested');
}

/** The parts of a message with an answer to each call that waits for one. */
async function answerParts(
  { parts }: UIMessage,
  approve: (call: DynamicToolUIPart) => Promise<boolean>,
): Promise<UIMessage['parts']> {
  const answered: UIMessage['parts'] = [];
  for (const part of parts) {
    if (part.type !== 'dynamic-tool' || part.state !== 'approval-requested') answered.push(part);
    else answered.push({ ...part, state: 'approval-responded', approval: { ...part.approval, approved: await approve(part) } });
  }
  return answered;
}

async function lastMessage(stream: ReadableStream<UIMessageChunk>, begun?: UIMessage): Promise<UIMessage | undefined> {
  let last = begun;
  for await (const message of readUIMessageStream({ stream, ...(begun && { message: begun }) })) last = message;
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
