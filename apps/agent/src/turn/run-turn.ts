/** One turn of a conversation: the model and the tools in a loop, bounded, guarded, streamed as the AI SDK's UI messages. */
import {
  convertToModelMessages,
  createUIMessageStream,
  InvalidToolApprovalSignatureError,
  type LanguageModel,
  streamText,
  toUIMessageStream,
  type UIMessage,
  type UIMessageChunk,
} from 'ai';
import { ModelAnswerError } from '../providers/model-answer-error.ts';
import type { ToolServer } from '../tools/tool-server.ts';
import { toolSet } from '../tools/tool-set.ts';
import { answeredCalls } from './approvals.ts';
import { type Budget, type Exhausted, type Limits, startBudget } from './budget.ts';
import { classesOf } from './classes.ts';
import { approvalEnding, budgetEnding, cutEnding, modelEnding, withheldClaim } from './endings.ts';
import { gatherEvidence } from './evidence.ts';
import { guardClaims } from './guard-claims.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { type Language, languageOf } from './language.ts';
import { closeOpenCalls } from './open-calls.ts';

const NO_ANSWER = 'the language model gave no answer: neither a text nor a tool call';
const CUT_BEFORE_ANSWER =
  'the language model used up MAX_STEP_TOKENS before its answer: raise it, or choose a model that thinks less';

/** What a turn needs of its surroundings. */
export interface TurnDependencies {
  readonly model: LanguageModel;
  readonly server: ToolServer;
  readonly limits: Limits;
  /** Aborts when the server can wait no longer for turns in flight. */
  readonly closing: AbortSignal;
  /** Signs what the user is asked to approve: an answer to something else, or to other arguments, is none. */
  readonly approvalKey: string;
  /** Told of each tool called and of each sentence withheld. */
  readonly observe: (event: TurnEvent) => void;
}

/** What is counted of turns. */
export type TurnEvent =
  | { readonly kind: 'tool call'; readonly tool: string }
  | { readonly kind: 'withheld claim' }
  | { readonly kind: 'approval'; readonly answer: 'asked' | 'approved' | 'refused' | 'invalid' }
  | { readonly kind: 'model failed'; readonly error: unknown }
  | { readonly kind: 'ended'; readonly outcome: Outcome };

/**
 * How a turn can end: answered, until the user approves a call, with an approval that cannot be used, with a last step that was too long,
 * left by its client, without an answer of the model, or at a limit.
 */
type Outcome = 'answered' | 'awaits approval' | 'invalid approval' | 'cut off' | 'aborted' | 'model failed' | Exhausted;

/**
 * Runs a turn.
 *
 * @param messages the conversation; the last message is the user's.
 * @param signal aborts when the client goes.
 * @returns the answer as it comes; it always ends, and never with an error.
 */
export function runTurn(
  dependencies: TurnDependencies,
  messages: UIMessage[],
  signal: AbortSignal,
): ReadableStream<UIMessageChunk> {
  const budget = startBudget(dependencies.limits, dependencies.closing);
  return createUIMessageStream({
    originalMessages: messages,
    async execute({ writer }) {
      const openCalls = closeOpenCalls(messages.at(-1));
      function write(chunk: UIMessageChunk): void {
        openCalls.see(chunk);
        writer.write(chunk);
      }
      const ending = await converse(dependencies, messages, budget, signal, write).catch((error: unknown) => {
        // Such as a result in the history that no tool of ours could have given.
        dependencies.observe({ kind: 'model failed', error });
        return failedEnding(languageOf(userTexts(messages).reverse()));
      });
      budget.end();
      for (const chunk of [...openCalls.close(), ...ending.chunks]) writer.write(chunk);
      dependencies.observe({ kind: 'ended', outcome: ending.outcome });
    },
  });
}

/** How a turn ended, and the chunks that end its message. */
interface Ending {
  readonly outcome: Outcome;
  readonly chunks: readonly UIMessageChunk[];
}

/** Streams what the model says and calls; gives what is left to be said. */
async function converse(
  { model, server, limits, approvalKey, observe }: TurnDependencies,
  messages: UIMessage[],
  budget: Budget,
  signal: AbortSignal,
  write: (chunk: UIMessageChunk) => void,
): Promise<Ending> {
  const language = languageOf(userTexts(messages).reverse());
  const definitions = server.tools() ?? [];
  const tools = toolSet(server, definitions, (tool) => {
    budget.admitCall();
    observe({ kind: 'tool call', tool });
  });
  const evidence = gatherEvidence(messages);
  for (const { approval } of answeredCalls(messages.at(-1)))
    observe({ kind: 'approval', answer: approval.approved ? 'approved' : 'refused' });
  let failure: unknown;
  const result = streamText({
    model,
    tools,
    instructions: INSTRUCTIONS,
    messages: await convertToModelMessages(messages, { tools, ignoreIncompleteToolCalls: true }),
    toolApproval: Object.fromEntries(
      definitions.filter(({ writes }) => writes).map(({ name }) => [name, 'user-approval' as const]),
    ),
    experimental_toolApprovalSecret: approvalKey,
    stopWhen: budget.stopWhen,
    maxOutputTokens: limits.MAX_STEP_TOKENS,
    maxRetries: 1,
    abortSignal: AbortSignal.any([signal, budget.signal]),
    onError({ error }) {
      if (signal.aborted || budget.exhausted() !== undefined) return;
      failure = error;
      observe(isOfApproval(error) ? { kind: 'approval', answer: 'invalid' } : { kind: 'model failed', error });
    },
  });
  const guard = guardClaims(classesOf(definitions), evidence, () => {
    observe({ kind: 'withheld claim' });
    return withheldClaim(language);
  });
  // Without `finish`: what ends the message is told below. An error of the model is told in our words.
  const chunks = toUIMessageStream({ stream: result.stream, tools, sendReasoning: false, sendFinish: false, onError: toolFault });
  let spoke = false;
  let isAsking = false;
  for await (const chunk of chunks) {
    if (chunk.type === 'error' || chunk.type === 'abort') continue;
    evidence.see(chunk);
    for (const allowed of guard(chunk)) write(allowed);
    if (chunk.type === 'text-delta') spoke = true;
    if (chunk.type === 'tool-input-available') spoke = false;
    if (chunk.type === 'tool-approval-request') {
      isAsking = true;
      observe({ kind: 'approval', answer: 'asked' });
    }
  }
  const exhausted = budget.exhausted();
  if (signal.aborted) return { outcome: 'aborted', chunks: [{ type: 'abort' }] };
  if (exhausted !== undefined && (!spoke || budget.signal.aborted)) {
    return { outcome: exhausted, chunks: sayLast(budgetEnding(exhausted, language)) };
  }
  if (isOfApproval(failure)) return { outcome: 'invalid approval', chunks: sayLast(approvalEnding(language)) };
  if (isAsking && failure === undefined)
    return { outcome: 'awaits approval', chunks: [{ type: 'finish', finishReason: 'tool-calls' }] };
  const failed = failure !== undefined;
  const isCut = !failed && (await result.finishReason) === 'length';
  if (!failed && !spoke) observe({ kind: 'model failed', error: new ModelAnswerError(isCut ? CUT_BEFORE_ANSWER : NO_ANSWER) });
  if (failed || !spoke) return failedEnding(language);
  if (isCut) return { outcome: 'cut off', chunks: sayLast(cutEnding(language)) };
  return { outcome: exhausted ?? 'answered', chunks: [{ type: 'finish', finishReason: 'stop' }] };
}

/** Whether an error is the client's, who approves what was not asked. */
function isOfApproval(error: unknown): boolean {
  return InvalidToolApprovalSignatureError.isInstance(error);
}

function failedEnding(language: Language): Ending {
  return { outcome: 'model failed', chunks: sayLast(modelEnding(language)) };
}

function userTexts(messages: readonly UIMessage[]): string[] {
  return messages
    .filter(({ role }) => role === 'user')
    .map(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : '')).join(' '));
}

function sayLast(text: string): UIMessageChunk[] {
  const id = 'ending';
  return [
    { type: 'text-start', id },
    { type: 'text-delta', id, delta: text },
    { type: 'text-end', id },
    { type: 'finish', finishReason: 'other' },
  ];
}

/** What is shown of a tool that could not be run: nothing of the inside. */
function toolFault(): string {
  return 'The tool could not be called.';
}
