import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from '../support/api-process.ts';
import { CLIENTS } from '../support/mcp-clients.ts';
import { META, modernHeaders } from '../support/mcp-messages.ts';
import { type McpProcess, startMcpProcess } from '../support/mcp-process.ts';

const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const AS_TEXT = Object.fromEntries(Object.entries(SAMPLE).map(([name, value]) => [name, String(value)]));

let api: ApiProcess;
let server: McpProcess;
beforeAll(async () => {
  api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'iris-rf.json') });
  server = await startMcpProcess({ API_URL: api.url });
});
afterAll(async () => {
  await server?.terminate();
  await api?.terminate();
});

const callOf = (args: unknown, name = 'predict', meta?: object) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, ...(args !== undefined && { arguments: args }), ...(meta && { _meta: meta }) },
});

/** The answer's text, of whichever form. */
async function answerTo(body: unknown, headers: Readonly<Record<string, string>> = {}, path = '/mcp') {
  const answer = await server.post(path, body, headers);
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
}

describe('what a client says that it accepts', () => {
  it.each([
    ['*/*', 'application/json'],
    ['', 'application/json'],
    ['application/json', 'application/json'],
    ['application/*;q=0.8', 'application/json'],
    ['text/event-stream', 'text/event-stream'],
    ['Application/JSON, Text/Event-Stream', 'text/event-stream'],
    ['text/event-stream, */*', 'text/event-stream'],
  ])('%j is answered in a form that it reads: %s', async (accept, expected) => {
    const { status, type, text } = await answerTo(callOf(SAMPLE), { accept });
    expect([status, type.split(';')[0]]).toEqual([200, expected]);
    const message = JSON.parse(expected === 'application/json' ? text : /^data: (.*)$/m.exec(text)![1]!);
    expect(message).toMatchObject({ jsonrpc: '2.0', id: 1, result: { structuredContent: { prediction: 'setosa' } } });
  });

  it('in the revision of 2026 too', async () => {
    const { status, text } = await answerTo(callOf(SAMPLE, 'predict', META), {
      ...modernHeaders('tools/call', 'predict'),
      accept: '*/*',
    });
    expect([status, JSON.parse(text).result?.structuredContent?.prediction]).toEqual([200, 'setosa']);
  });

  it('a web page is refused', async () => {
    expect((await answerTo(callOf(SAMPLE), { accept: 'text/html' })).status).toBe(406);
  });
});

describe('the address', () => {
  it.each(['/mcp/', '//mcp', '/mcp?x=1'])('%s is /mcp', async (path) => {
    expect((await answerTo(callOf(SAMPLE), {}, path)).text).toContain('setosa');
  });

  it.each(CLIENTS)('the %s finds it with a slash behind', async (_name, connectClient) => {
    const withSlash: typeof fetch = (input, init) => fetch(String(input).replace(/\/(mcp|sse)$/, '/$1/'), init);
    const client = await connectClient(server.url, { fetch: withSlash });
    expect((await client.callTool('predict', SAMPLE)).structuredContent).toMatchObject({ prediction: 'setosa' });
    await client.close();
  });
});

describe('headers', () => {
  it.each([
    ['a content type with a charset and capital letters', { 'content-type': 'Application/JSON; Charset=UTF-8' }],
    ['an empty version', { 'mcp-protocol-version': '' }],
    ['an older version', { 'mcp-protocol-version': '2024-11-05' }],
  ])('%s are read', async (_name, headers) => {
    expect((await answerTo(callOf(SAMPLE), headers)).text).toContain('setosa');
  });

  it('an unknown version is offered a known one at the beginning', async () => {
    const params = { protocolVersion: '2031-01-01', capabilities: {}, clientInfo: { name: 't', version: '1' } };
    const { text } = await answerTo({ jsonrpc: '2.0', id: 1, method: 'initialize', params }, { accept: '*/*' });
    expect(JSON.parse(text).result.protocolVersion).toBe('2025-11-25');
  });
});

describe('arguments', () => {
  it.each<[string, unknown]>([
    ['numbers as texts', AS_TEXT],
    ['all of them as a text', JSON.stringify(SAMPLE)],
    ['null for what may be left out', { ...SAMPLE, request_id: null }],
    ['those of a client for itself', { ...SAMPLE, toolCallId: 'call_1', sessionId: 's', action: 'sendMessage', chatInput: 'hi' }],
  ])('%s are read', async (_name, args) => {
    const { text } = await answerTo(callOf(args), { accept: '*/*' });
    const { result } = JSON.parse(text);
    expect(result).toMatchObject({ structuredContent: { prediction: 'setosa' } });
    expect(result.content).toHaveLength(1);
  });

  it('one that there is not is ignored, and named', async () => {
    const { result } = JSON.parse((await answerTo(callOf({ ...SAMPLE, colour: 'blue' }), { accept: '*/*' })).text);
    expect(result.structuredContent.prediction).toBe('setosa');
    expect(result.content[1].text).toContain('/colour');
  });

  it.each([null, undefined, '', '{}'])('%j are none', async (args) => {
    expect((await answerTo(callOf(args, 'describe-model'))).text).toContain('"classes"');
  });

  it('a list as a text is a list', async () => {
    const { text } = await answerTo(callOf({ instances: JSON.stringify([AS_TEXT, SAMPLE]) }, 'predict-batch'), { accept: '*/*' });
    expect(JSON.parse(text).result.structuredContent.predictions).toHaveLength(2);
  });

  it.each([
    { ...SAMPLE, petal_width: '0,2' },
    { ...SAMPLE, petal_width: null },
    { ...SAMPLE, petal_width: '' },
  ])('%j leaves open what is meant, and is refused', async (args) => {
    expect((await answerTo(callOf(args))).text).toContain('VALIDATION_FAILED');
  });
});

it('a batch of one is a message, on both transports', async () => {
  expect((await answerTo([callOf(AS_TEXT)])).text).toContain('setosa');
  const stream = await fetch(`${server.url}/sse/`);
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  const endpoint = /data: (\S+)/.exec((await reader.read()).value ?? '')![1]!;
  expect((await answerTo([callOf(JSON.stringify(AS_TEXT))], {}, endpoint)).status).toBe(202);
  let heard = '';
  while (!heard.includes('setosa')) heard += (await reader.read()).value ?? '';
  await reader.cancel();
});
