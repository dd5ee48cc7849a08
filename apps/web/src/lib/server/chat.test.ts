import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createApiClient } from './api-client.ts';
import { answerChat } from './chat.ts';
import { startTestServer } from './test-server.ts';

const STREAM = { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1', 'set-cookie': 'a=b' };
const BODY = JSON.stringify({ messages: [{ role: 'user', parts: [{ type: 'text', text: 'hello' }] }] });

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

/** Chats with a server that answers so. */
async function before(listener: Parameters<typeof startTestServer>[0], timeoutMs = 500) {
  const server = await startTestServer(listener);
  const client = createApiClient({ url: server.url, key: undefined, timeoutMs, keepAlive: false });
  open.push(client, server);
  return (init: RequestInit & { readonly duplex?: 'half' } = {}) =>
    answerChat(new Request('http://client.test/api/chat', { method: 'POST', body: BODY, ...init }), client);
}

const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

describe('answerChat', () => {
  it('hands over the conversation with its length, and the stream as it comes', async () => {
    const gate = Promise.withResolvers<void>();
    async function tell(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const told = `${request.method} ${request.url} ${request.headers['content-length']} ${await text(request)}`;
      response.writeHead(200, STREAM).write(`data: ${told}\n\n`);
      await gate.promise;
      response.end('data: [DONE]\n\n');
    }
    const send = await before((request, response) => void tell(request, response));
    const answer = await send();
    expect(Object.fromEntries(answer.headers)).toEqual({
      'content-type': 'text/event-stream',
      'x-vercel-ai-ui-message-stream': 'v1',
      'cache-control': 'no-store, no-transform',
    });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe(`data: POST /chat ${BODY.length} ${BODY}\n\n`);
    gate.resolve();
    expect((await reader.read()).value).toBe('data: [DONE]\n\n');
  });

  it('asks over a connection of its own each time', async () => {
    const ports = new Set<number | undefined>();
    const send = await before((request, response) => {
      ports.add(request.socket.remotePort);
      response.writeHead(200, STREAM).end();
    });
    for (let turn = 0; turn < 3; turn++) await (await send()).text();
    expect(ports.size).toBe(3);
  });

  it('ends the agent’s work when the caller goes', async () => {
    const asked = Promise.withResolvers<Promise<unknown>>();
    const send = await before((_request, response) => {
      asked.resolve(once(response, 'close'));
      response.writeHead(200, STREAM).write('data: {}\n\n');
    });
    const caller = new AbortController();
    const answer = await send({ signal: caller.signal });
    caller.abort();
    await expect(answer.text()).rejects.toThrow();
    // Closed, or this test would not end.
    await await asked.promise;
  });

  it('passes the agent’s problems on, with when to come again', async () => {
    const headers = { 'content-type': 'application/problem+json', 'retry-after': '7' };
    const send = await before((_request, response) =>
      response.writeHead(429, headers).end(JSON.stringify({ code: 'RATE_LIMITED' })),
    );
    const answer = await send();
    expect([answer.status, answer.headers.get('retry-after'), await codeOf(answer)]).toEqual([429, '7', 'RATE_LIMITED']);
  });

  it.each([
    [200, 'text/html'],
    [200, 'application/json'],
    [502, 'text/html'],
  ])('takes %i with %s for something else than the agent', async (status, type) => {
    const send = await before((_request, response) => response.writeHead(status, { 'content-type': type }).end('<p>'));
    const answer = await send();
    expect([answer.status, await codeOf(answer)]).toEqual([502, 'AGENT_ANSWER_INVALID']);
  });

  it('tells an agent that is away from one that is silent, and from none at all', async () => {
    const away = createApiClient({ url: 'http://127.0.0.1:1', key: undefined, timeoutMs: 500, keepAlive: false });
    open.push(away);
    const request = () => new Request('http://client.test/api/chat', { method: 'POST', body: BODY });
    expect(await codeOf(await answerChat(request(), away))).toBe('AGENT_UNREACHABLE');
    const silent = await before(() => undefined, 100);
    expect(await codeOf(await silent())).toBe('AGENT_TIMEOUT');
    const none = await answerChat(request(), undefined);
    expect([none.status, await codeOf(none)]).toEqual([404, 'AGENT_NOT_CONFIGURED']);
  });

  it('refuses a conversation that is too large, without asking or reading all of it', async () => {
    let asked = 0;
    const send = await before((_request, response) => {
      asked++;
      response.end();
    });
    let given = 0;
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(++given)) });
    const answer = await send({ body: endless, duplex: 'half' });
    expect([answer.status, await codeOf(answer)]).toEqual([413, 'CHAT_TOO_LONG']);
    expect(given).toBeLessThan(20);
    expect(asked).toBe(0);
  });
});
