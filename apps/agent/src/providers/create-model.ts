/** The language model behind the port: Anthropic's, an OpenAI-compatible server's, or the rules. */
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { type LanguageModel, type LanguageModelMiddleware, wrapLanguageModel } from 'ai';
import type { AgentConfig } from '../config.ts';
import { createRulesModel } from '../rules/rules-model.ts';
import { adaptingFetch } from './adapting-fetch.ts';
import { baseUrlOf } from './base-url.ts';
import { estimateUsage } from './estimate-usage.ts';
import { hideThinking } from './hide-thinking.ts';
import { repairAnswer } from './repair-answer.ts';
import { repairCalls } from './repair-calls.ts';

/** Told how a server differs from what was asked of it. */
export type Learnt = (dialect: string) => void;

/** The model that the configuration names; `now` is what the rules reckon "yesterday" from. */
export function createModel(config: AgentConfig, now: () => Date, learnt: Learnt = () => undefined): LanguageModel {
  switch (config.LLM_PROVIDER) {
    case 'anthropic':
      return tolerant(createAnthropicModel(config));
    case 'openai-compatible':
      return tolerant(createCompatibleModel(config, learnt));
    default:
      return createRulesModel(now);
  }
}

function createAnthropicModel({ LLM_MODEL = '', LLM_BASE_URL, ANTHROPIC_API_KEY }: AgentConfig): LanguageModelV4 {
  return createAnthropic({
    apiKey: ANTHROPIC_API_KEY?.reveal() ?? '',
    ...(LLM_BASE_URL !== undefined && { baseURL: baseUrlOf(LLM_BASE_URL, '/messages') }),
  })(LLM_MODEL);
}

function createCompatibleModel({ LLM_MODEL = '', LLM_BASE_URL = '', LLM_API_KEY }: AgentConfig, learnt: Learnt): LanguageModelV4 {
  const ask = adaptingFetch(learnt);
  return createOpenAICompatible({
    name: 'openai-compatible',
    baseURL: baseUrlOf(LLM_BASE_URL, '/chat/completions'),
    ...(LLM_API_KEY && { apiKey: LLM_API_KEY.reveal() }),
    // vLLM and others count only when asked to (vllm-project/vllm#7299).
    includeUsage: true,
    fetch: async (...request) => repairAnswer(await ask(...request)),
  }).chatModel(LLM_MODEL);
}

/** The model with its stream in the form that a turn reads. */
function tolerant(model: LanguageModelV4): LanguageModel {
  const middleware: LanguageModelMiddleware = {
    specificationVersion: 'v4',
    async wrapStream({ doStream, params: { prompt } }) {
      const { stream, ...rest } = await doStream();
      const repaired = stream.pipeThrough(estimateUsage(prompt)).pipeThrough(repairCalls(prompt));
      return { stream: repaired.pipeThrough(hideThinking(model.modelId)), ...rest };
    },
  };
  return wrapLanguageModel({ model, middleware });
}

/** What people are told that the model is. */
export function describeModel({ LLM_PROVIDER, LLM_MODEL }: AgentConfig): string {
  return LLM_PROVIDER === 'rules' ? 'rules, not a language model' : `${LLM_MODEL} (${LLM_PROVIDER})`;
}
