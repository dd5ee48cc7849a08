import { generateChurn } from '@iris/dataset/churn';
import { NO_TELEMETRY } from '@iris/telemetry';
import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import type { ApiClient } from './api/api-client.ts';
import { CallError } from './api/api-error.ts';
import type { Catalogue, ModelWatch } from './model-watch.ts';
import { createServerFactory } from './server.ts';
import { createToolbox } from './tools/toolbox.ts';

const { schema } = generateChurn();
const CATALOGUE: Catalogue = { schema, toolbox: createToolbox(schema) };
const SAMPLE = { tenure_months: 48, num_complaints: 0, avg_session_minutes: 60, plan_type: 'premium', region: 'EU' };

async function connect(api: Partial<ApiClient>, catalogue: Catalogue | undefined = CATALOGUE) {
  const observe = vi.fn();
  const models = { current: () => catalogue, first: async () => catalogue, stop: () => undefined } as ModelWatch;
  const parts = { api: api as ApiClient, models, observeCall: (tool: string) => (outcome: string) => observe(tool, outcome) };
  const server = createServerFactory({
    ...parts,
    telemetry: NO_TELEMETRY,
    transport: 'tcp',
    logger: pino({ level: 'silent' }),
  })();
  const [here, there] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'test', version: '1' });
  // Their class declares what their own interface does not allow under exactOptionalPropertyTypes.
  await Promise.all([server.connect(here), client.connect(there as unknown as Parameters<Client['connect']>[0])]);
  return { client, observe };
}

describe('a server', () => {
  it('calls the API with what the tool was given, and counts the call', async () => {
    const post = vi.fn(async () => ({ prediction: 'stays' }));
    const { client, observe } = await connect({ post } as unknown as ApiClient);
    const { structuredContent } = await client.callTool({ name: 'predict', arguments: SAMPLE });
    expect(structuredContent).toEqual({ prediction: 'stays' });
    expect(post).toHaveBeenCalledWith('/predict', SAMPLE);
    expect(observe).toHaveBeenCalledWith('predict', 'ok');
  });

  it('does not ask the API for what it can refuse itself', async () => {
    const post = vi.fn();
    const { client, observe } = await connect({ post } as unknown as ApiClient);
    const { isError } = await client.callTool({ name: 'predict', arguments: { ...SAMPLE, plan_type: 'gold' } });
    expect(isError).toBe(true);
    expect(post).not.toHaveBeenCalled();
    expect(observe).toHaveBeenCalledWith('predict', 'VALIDATION_FAILED');
  });

  it('gives the code of the API’s refusal, and of a fault of its own no more than that', async () => {
    const errors = [new CallError('LOG_UNAVAILABLE', 'Away.'), new TypeError('secret inside')];
    const get = async () => {
      throw errors.shift();
    };
    const { client } = await connect({ get } as unknown as ApiClient);
    const call = async () => JSON.stringify(await client.callTool({ name: 'prediction-stats', arguments: {} }));
    expect(await call()).toContain('LOG_UNAVAILABLE: Away.');
    const fault = await call();
    expect(fault).toContain('INTERNAL: ');
    expect(fault).not.toContain('secret');
  });

  it('says before the first model that there are no tools yet', async () => {
    const { client } = await connect({}, null as unknown as undefined);
    await expect(client.listTools()).rejects.toThrow('MODEL_UNKNOWN: The API has not told its model yet. Try again');
    await expect(client.callTool({ name: 'predict', arguments: {} })).rejects.toThrow('MODEL_UNKNOWN');
  });

  it('tells of a resource that the API does not give, and of one that there is not', async () => {
    const get = async () => {
      throw new CallError('MODEL_NOT_LOADED', 'No model.');
    };
    const { client } = await connect({ get } as unknown as ApiClient);
    await expect(client.readResource({ uri: 'predictor://model-card' })).rejects.toThrow('MODEL_NOT_LOADED: No model.');
    await expect(client.readResource({ uri: 'predictor://other' })).rejects.toThrow();
    await expect(client.getPrompt({ name: 'other' })).rejects.toThrow('no prompt of this name');
  });
});
