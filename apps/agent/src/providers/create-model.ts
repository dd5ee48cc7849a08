/** The language model behind the port: Anthropic's, an OpenAI-compatible server's, or the rules. */
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';
import type { AgentConfig } from '../config.ts';
import { createRulesModel } from '../rules/rules-model.ts';

/** The model that the configuration names; `now` is what the rules reckon "yesterday" from. */
export function createModel(config: AgentConfig, now: () => Date): LanguageModel {
  const { LLM_PROVIDER, LLM_MODEL = '', LLM_BASE_URL, ANTHROPIC_API_KEY, LLM_API_KEY } = config;
  switch (LLM_PROVIDER) {
    case 'anthropic':
      return createAnthropic({
        apiKey: ANTHROPIC_API_KEY?.reveal() ?? '',
        ...(LLM_BASE_URL !== undefined && { baseURL: LLM_BASE_URL }),
      })(LLM_MODEL);
    case 'openai-compatible':
      return createOpenAICompatible({
        name: 'openai-compatible',
        baseURL: LLM_BASE_URL ?? '',
        ...(LLM_API_KEY && { apiKey: LLM_API_KEY.reveal() }),
      }).chatModel(LLM_MODEL);
    default:
      return createRulesModel(now);
  }
}

/** What people are told that the model is. */
export function describeModel({ LLM_PROVIDER, LLM_MODEL }: AgentConfig): string {
  return LLM_PROVIDER === 'rules' ? 'rules, not a language model' : `${LLM_MODEL} (${LLM_PROVIDER})`;
}
