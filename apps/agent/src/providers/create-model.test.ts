import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { ask, finishTurn, turnDependencies } from '../test-app.ts';
import { createModel } from './create-model.ts';

const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const INPUT = JSON.stringify(SAMPLE);
const SAYS = 'The model says setosa (90.0 %).';

interface Heard {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly model: string; readonly max_tokens: number; readonly messages: unknown; readonly tools: unknown };
}

/** The events of a stream that calls `predict`, and of one that says a sentence, as each service sends them. */
const SERVICES = {
  'openai-compatible': {
    path: '/v1/chat/completions',
    call: openAi(
      { tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'predict', arguments: INPUT } }] },
      'tool_calls',
    ),
    say: openAi({ content: SAYS }, 'stop'),
    settings: { LLM_API_KEY: 'key-1' },
    credentials: { authorization: 'Bearer key-1' },
  },
  anthropic: {
    path: '/v1/messages',
    call: anthropic(
      { type: 'tool_use', id: 'c1', name: 'predict', input: {} },
      { type: 'input_json_delta', partial_json: INPUT },
      'tool_use',
    ),
    say: anthropic({ type: 'text', text: '' }, { type: 'text_delta', text: SAYS }, 'end_turn'),
    settings: { ANTHROPIC_API_KEY: 'key-1' },
    credentials: { 'x-api-key': 'key-1' },
  },
} as const;

function openAi(delta: object, finish_reason: string): string {
  const chunk = (choice: object) => ({
    id: 'r',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'm',
    choices: [{ index: 0, ...choice }],
  });
  const events = [chunk({ delta: { role: 'assistant', ...delta }, finish_reason: null }), chunk({ delta: {}, finish_reason })];
  return `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}data: [DONE]\n\n`;
}

function anthropic(content_block: object, delta: object, stop_reason: string): string {
  const message = {
    id: 'r',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [],
    stop_reason: null,
    stop_sequence: null,
  };
  const events = [
    { type: 'message_start', message: { ...message, usage: { input_tokens: 1, output_tokens: 1 } } },
    { type: 'content_block_start', index: 0, content_block },
    { type: 'content_block_delta', index: 0, delta },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 1 } },
    { type: 'message_stop' },
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A service that gives these answers in turn, and keeps what it heard. */
async function startService(answers: readonly { readonly status?: number; readonly text: string }[]) {
  const heard: Heard[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { status = 200, text } = answers[Math.min(heard.length, answers.length - 1)]!;
    heard.push({ path: request.url, headers: request.headers, body: (await json(request)) as Heard['body'] });
    response.writeHead(status, { 'content-type': status === 200 ? 'text/event-stream' : 'application/json' }).end(text);
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}

describe.each(Object.entries(SERVICES))('a language model of %s', (provider, { path, call, say, settings, credentials }) => {
  const turnWith = (url: string) => {
    const config = readConfig({ LLM_PROVIDER: provider, LLM_MODEL: 'model-1', LLM_BASE_URL: url, ...settings });
    return turnDependencies({ model: createModel(config, () => new Date()), limits: config });
  };

  it('is offered the tools, calls one, and speaks of what it gave, which it sees as marked data', async () => {
    const { heard, url } = await startService([{ text: call }, { text: say }]);
    const turn = turnWith(url);
    expect((await finishTurn(turn, [ask('which species has 5.1 3.5 1.4 0.2 ?')])).text).toBe(SAYS);
    expect(turn.server).toMatchObject({ calls: [{ name: 'predict', input: SAMPLE }] });
    expect(heard).toHaveLength(2);
    for (const { path: asked, headers, body } of heard) {
      expect(asked).toBe(path);
      expect(headers).toMatchObject(credentials);
      expect(body).toMatchObject({ model: 'model-1', max_tokens: 4096 });
      for (const { name } of turn.server.tools()!) expect(JSON.stringify(body.tools)).toContain(`"${name}"`);
    }
    expect(JSON.stringify(heard[1]!.body.messages)).toMatch(/<tool-data[^>]*>.*setosa.*<\/tool-data>/);
  });

  it('that refuses the key ends the turn in our words', async () => {
    const { url } = await startService([
      { status: 401, text: '{"error":{"type":"authentication_error","message":"key-1 is wrong"}}' },
    ]);
    const turn = turnWith(url);
    const { text, chunks } = await finishTurn(turn, [ask('which species has 5.1 3.5 1.4 0.2 ?')]);
    expect(text).toContain('cannot be reached');
    expect(JSON.stringify(chunks)).not.toContain('key-1');
    expect(turn.events).toContainEqual({ kind: 'ended', outcome: 'model failed' });
  });

  it('whose stream ends in the middle ends the turn with an answer', async () => {
    const { url } = await startService([{ text: call.slice(0, call.length / 3) }]);
    const { text } = await finishTurn(turnWith(url), [ask('which species has 5.1 3.5 1.4 0.2 ?')]);
    expect(text).not.toBe('');
    expect(text).not.toMatch(/setosa|versicolor|virginica/);
  });
});
