import { setImmediate as nextPass } from 'node:timers/promises';
import type { UIMessage } from 'ai';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, createTestApp } from '../../test-app.ts';

/** Longest time that a turn may hold the event loop. */
const HOLD_MS = 50;
const QUESTION = ask('5.1 3.5 1.4 0.2 ?');

let app: FastifyInstance;
let url: string;
beforeAll(async () => {
  ({ app } = await createTestApp());
  url = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.close());

const post = (messages: readonly UIMessage[]) =>
  fetch(`${url}/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [...messages, QUESTION] }),
  });

/** Messages of the user alone: nothing is settled by a call, so that the rules read them all. */
function say(count: number, partCount: number, text: string): UIMessage[] {
  const parts = Array.from({ length: partCount }, () => ({ type: 'text' as const, text }));
  return Array.from({ length: count }, (_, index) => ({ id: String(index), role: 'user', parts }));
}

/** Longest computation without a pass of the event loop, in milliseconds of this thread: waiting for a core is nobody's fault. */
async function longestHold(work: Promise<unknown>): Promise<number> {
  let done = false;
  void work.finally(() => {
    done = true;
  });
  let longest = 0;
  while (!done) {
    const before = process.threadCpuUsage();
    await nextPass();
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
  }
  return longest;
}

describe('a conversation as a whole', () => {
  it.each([
    ['480 KB in small messages', say(99, 60, 'sepal length 5 sepal length 5')],
    ['101 messages', say(100, 1, 'hi')],
    ['601 parts', say(60, 10, 'hi')],
    ['128,000 characters and more', say(40, 1, 'a'.repeat(3300))],
  ])('of %s is refused before it is read', async (_name, messages) => {
    const response = await post(messages);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      code: 'CONVERSATION_TOO_LONG',
      detail: expect.stringContaining('begin a new'),
    });
  });

  it.each([
    ['numbers', '1 '],
    ['numbers in one clause, named behind', '1 1 1 1 1 1 cm long '],
    ['names', 'sepal length 5.1 petal width '],
    ['questions', 'which what quel '],
    ['classes', 'setosa '],
  ])('of as many %s as there may be is answered, and never holds the event loop for long', async (_name, words) => {
    const text = words.repeat(40).slice(0, 210);
    // Once before: what is measured is the reading, not the compiler.
    await (await post(say(9, 6, text))).text();
    const answer = post(say(99, 6, text)).then((response) => response.text());
    expect(await longestHold(answer)).toBeLessThan(HOLD_MS);
    expect(await answer).toContain('setosa');
  });

  it('leaves room for others: /health answers while twenty of them are read', async () => {
    const turns = Promise.all(Array.from({ length: 20 }, async () => (await post(say(99, 6, '1 '.repeat(100)))).text()));
    let isOver = false;
    void turns.finally(() => {
      isOver = true;
    });
    let healthy = 0;
    while (!isOver) if ((await fetch(`${url}/health`)).ok) healthy++;
    await turns;
    expect(healthy).toBeGreaterThan(20);
  });
});
