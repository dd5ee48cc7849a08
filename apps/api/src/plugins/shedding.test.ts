import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { installShedding } from './shedding.ts';

const BOUND_MS = 50;
const app = () => {
  const built = Fastify();
  installShedding(built, readConfig({ MODEL_FILE: 'unused', MAX_EVENT_LOOP_DELAY_MS: `${BOUND_MS}` }));
  built.setErrorHandler((error, _request, reply) => reply.code(503).send({ code: (error as { code?: string }).code }));
  built.get('/', () => 'answered');
  closing.push(() => built.close());
  return built;
};
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function block(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

describe('shedding', () => {
  it('answers what came during a single stall', async () => {
    const server = app();
    await server.ready();
    block(500);
    // The look that was due comes first.
    await sleep(1);
    expect((await server.inject('/')).statusCode).toBe(200);
  });

  it('refuses while the loop is late again and again, and no longer', async () => {
    const server = app();
    await server.ready();
    for (let turn = 0; turn < 10; turn++) {
      block(3 * BOUND_MS);
      await sleep(1);
    }
    expect((await server.inject('/')).json()).toEqual({ code: 'OVERLOADED' });
    await expect.poll(async () => (await server.inject('/')).statusCode).toBe(200);
  });
});
