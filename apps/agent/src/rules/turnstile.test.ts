import { setImmediate as nextPass } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTurnstile } from './turnstile.ts';

it('lets one through in each pass of the event loop, in order', async () => {
  const awaitTurn = createTurnstile();
  const through: string[] = [];
  const all = ['a', 'b', 'c'].map((name) => awaitTurn().then(() => through.push(name)));
  for (const expected of ['a', 'a,b', 'a,b,c']) {
    await nextPass();
    expect(through.join()).toBe(expected);
  }
  await Promise.all(all);
  await awaitTurn();
});
