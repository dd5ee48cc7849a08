/**
 * A language model that is none: fixed rules behind the same interface, so that the loop, the tools and the stream are those of a real one.
 *
 * The same conversation gives the same answer. What tools return is data to it: it is put into words, never read as words.
 */
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { languageOf } from '../turn/language.ts';
import { readConversation } from './conversation.ts';
import { readDomain } from './domain.ts';
import { EN } from './phrases/en.ts';
import { FR } from './phrases/fr.ts';
import { decide } from './plan.ts';
import { sayDecision } from './say-decision.ts';
import { sayResult } from './say-result.ts';
import { createTurnstile } from './turnstile.ts';

/** Rules read and write no tokens. */
const USAGE: LanguageModelV4Usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

/** One for the process: all conversations share its event loop. */
const awaitTurn = createTurnstile();

/** Makes the model; `now` is asked at each question. */
export function createRulesModel(now: () => Date): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'iris',
    modelId: 'rules',
    supportedUrls: {},
    async doGenerate(options) {
      const content = await respond(options, now());
      return { content: [content], finishReason: finishReasonOf(content), usage: USAGE, warnings: [] };
    },
    async doStream(options) {
      return { stream: ReadableStream.from(streamParts(await respond(options, now()))) };
    },
  };
}

type Response = Extract<LanguageModelV4Content, { readonly type: 'text' | 'tool-call' }>;

async function respond({ prompt, tools = [] }: LanguageModelV4CallOptions, now: Date): Promise<Response> {
  const conversation = readConversation(prompt);
  const domain = readDomain(
    tools.flatMap((tool) =>
      tool.type === 'function'
        ? [{ name: tool.name, inputSchema: tool.inputSchema as object as Readonly<Record<string, unknown>> }]
        : [],
    ),
  );
  const said = conversation.earlier.flatMap((happening) => (happening.kind === 'said' ? [happening.text] : []));
  const phrases = languageOf([conversation.question, ...said.reverse()]) === 'fr' ? FR : EN;
  const last = conversation.results.at(-1);
  if (last) return { type: 'text', text: sayResult(last, phrases) };
  const decision = await decide(conversation.earlier, conversation.question, { domain, now }, awaitTurn);
  if (decision.kind !== 'call') return { type: 'text', text: sayDecision(decision, domain, phrases) };
  // A server with other tools than ours: what it does not have cannot be asked of it.
  if (!domain.tools.has(decision.tool)) return { type: 'text', text: phrases.refusal };
  const toolCallId = `rules-${conversation.earlier.length}-${conversation.results.length}`;
  return { type: 'tool-call', toolCallId, toolName: decision.tool, input: JSON.stringify(decision.input) };
}

function finishReasonOf(content: Response) {
  return { unified: content.type === 'text' ? ('stop' as const) : ('tool-calls' as const), raw: undefined };
}

function* streamParts(content: Response): Generator<LanguageModelV4StreamPart> {
  yield { type: 'stream-start', warnings: [] };
  if (content.type === 'text') {
    const id = 'answer';
    yield { type: 'text-start', id };
    yield { type: 'text-delta', id, delta: content.text };
    yield { type: 'text-end', id };
  } else {
    const { toolCallId: id, toolName, input } = content;
    yield { type: 'tool-input-start', id, toolName };
    yield { type: 'tool-input-delta', id, delta: input };
    yield { type: 'tool-input-end', id };
    yield content;
  }
  yield { type: 'finish', usage: USAGE, finishReason: finishReasonOf(content) };
}
