/** Tokens where a server does not count them: a budget that counts nothing bounds nothing. */
import type { LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider';

/** In English, a token has about four characters; other languages have shorter ones. */
const CHARACTERS_PER_TOKEN = 4;

/** Fills in what the `finish` part lacks, from what was asked and what came. */
export function estimateUsage(prompt: unknown): TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart> {
  let written = 0;
  return new TransformStream({
    transform(part, controller) {
      if ('delta' in part) written += part.delta.length;
      controller.enqueue(part.type === 'finish' ? { ...part, usage: complete(part.usage, prompt, written) } : part);
    },
  });
}

function complete(usage: LanguageModelV4Usage, prompt: unknown, written: number): LanguageModelV4Usage {
  const { inputTokens, outputTokens } = usage;
  // No prompt has none: zero is what servers say that do not count.
  const input = inputTokens.total || tokensOf(JSON.stringify(prompt).length);
  const output = outputTokens.total || tokensOf(written);
  return { ...usage, inputTokens: { ...inputTokens, total: input }, outputTokens: { ...outputTokens, total: output } };
}

function tokensOf(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}
