import { createAnthropic } from '@ai-sdk/anthropic';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { createModel, describeModel } from './providers/create-model.ts';
import { NOW } from './test-app.ts';

describe('readConfig', () => {
  it('needs nothing: the rules and a local MCP server', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ LLM_PROVIDER: 'rules', MCP_SERVER_URL: 'http://127.0.0.1:8001/mcp' });
    expect(describeModel(config)).toBe('rules, not a language model');
  });

  it('tells all that is missing or wrong together', () => {
    const read = () => readConfig({ LLM_PROVIDER: 'openai-compatible', MCP_SERVER_URL: 'mcp:8000', MAX_STEPS: '0' });
    expect(read).toThrow(/^MAX_STEPS: .*\nMCP_SERVER_URL: .*\nLLM_MODEL: .*\nLLM_BASE_URL: /s);
  });

  it('shows no key', () => {
    const config = readConfig({ LLM_PROVIDER: 'anthropic', LLM_MODEL: 'm', ANTHROPIC_API_KEY: 'sk-1', MCP_TOKEN: 't-1' });
    expect(JSON.stringify(config)).not.toMatch(/sk-1|t-1/);
  });
});

describe('createModel', () => {
  it.each([
    [{}, 'iris', 'rules'],
    [{ LLM_PROVIDER: 'anthropic', LLM_MODEL: 'm', ANTHROPIC_API_KEY: 'k' }, createAnthropic({ apiKey: 'k' })('m').provider, 'm'],
    [
      { LLM_PROVIDER: 'openai-compatible', LLM_MODEL: 'llama', LLM_BASE_URL: 'http://ollama:11434/v1' },
      'openai-compatible.chat',
      'llama',
    ],
  ])('of %j is the one named', (environment, provider, modelId) => {
    const model = createModel(readConfig(environment as Record<string, string>), () => NOW);
    expect(model).toMatchObject({ provider, modelId });
  });
});
