import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock, type HeldLock, type LockOptions } from './lock.ts';

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'iris-lock-'));
  folder = join(parent, 'lock');
});
afterEach(() => rm(parent, { recursive: true }));

const take = (owner: string, more: Partial<LockOptions> = {}) => acquireLock({ folder, owner, ...more });
const HELD_BY_THE_DEAD = '{"state":"held","owner":"a pod that was killed","beat":"0000000003"}\n';

/** As a holder that was killed leaves it. */
async function leave(text: string): Promise<void> {
  await (await take('before')).release();
  await writeFile(join(folder, '0000000002'), text);
}

describe('acquireLock', () => {
  it('has one holder at a time, of many who want it at once', async () => {
    let holders = 0;
    let most = 0;
    const work = async (owner: string) => {
      const lock = await take(owner);
      most = Math.max(most, ++holders);
      await lock.assertHeld();
      await new Promise(setImmediate);
      holders--;
      await lock.release();
    };
    await Promise.all(Array.from({ length: 12 }, (_, index) => work(`writer ${index}`)));
    expect(most).toBe(1);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('waits for a holder that lives, and says once who it is', async () => {
    const first = await take('the first', { leaseMs: 2_000 });
    const [name] = await readdir(folder);
    const told: string[] = [];
    let taken = false;
    const second = take('the second', { leaseMs: 2_000, onWait: (holder) => told.push(holder) }).then((lock) => {
      taken = true;
      return lock;
    });
    // More beats than there are in a lease.
    const beats = new Set<string>();
    await expect.poll(async () => beats.add(await readFile(join(folder, name!), 'utf8')).size).toBeGreaterThan(8);
    expect(taken).toBe(false);
    await first.release();
    await (await second).release();
    expect(told).toEqual(['the first']);
  });

  it('refuses when the holder goes on for too long, and names it', async () => {
    const first = await take('a long training');
    await expect(take('the second', { waitMs: 100 })).rejects.toMatchObject({
      code: 'REGISTRY_LOCKED',
      message: 'a long training has been writing for more than 0.1 s: try again later',
    });
    await first.release();
  });

  it.each([
    ['was killed', HELD_BY_THE_DEAD],
    ['was killed while it wrote', '{"state":"he'],
    ['was killed before it wrote', ''],
  ])('takes over from a holder that %s, after a lease and not before', async (_case, text) => {
    await leave(text);
    const startedAt = performance.now();
    const lock = await take('the next', { leaseMs: 1_000 });
    expect(performance.now() - startedAt).toBeGreaterThan(1_000);
    await lock.assertHeld();
    await lock.release();
  });

  it('measures a lease by its own clock: times that another machine gave a file say nothing', async () => {
    await leave(HELD_BY_THE_DEAD);
    const future = new Date(Date.now() + 86_400_000);
    await utimes(join(folder, '0000000002'), future, future);
    await (await take('the next', { leaseMs: 1_000 })).release();
  });

  it('is taken over by one of many', async () => {
    await leave(HELD_BY_THE_DEAD);
    const taken: HeldLock[] = [];
    const all = Array.from({ length: 8 }, async (_, index) => {
      const lock = await take(`writer ${index}`, { leaseMs: 2_000 });
      taken.push(lock);
      expect(taken).toHaveLength(1);
      await lock.assertHeld();
      taken.pop();
      await lock.release();
    });
    await Promise.all(all);
  });

  it('is lost by a holder that stood still while another took it, which finds out before it writes', async () => {
    const frozen = await take('frozen');
    const number = (await readdir(folder))[0]!;
    // What a waiter does once it has seen no beat for a lease.
    await writeFile(join(folder, String(Number(number) + 1).padStart(10, '0')), '');
    await expect(frozen.assertHeld()).rejects.toMatchObject({ code: 'REGISTRY_LOCK_LOST' });
    await frozen.release();
  });

  it('leaves one file of constant length, so that a full disk hinders no release', async () => {
    const lock = await take('ada');
    const [name] = await readdir(folder);
    const held = await readFile(join(folder, name!), 'utf8');
    await lock.release();
    const free = await readFile(join(folder, name!), 'utf8');
    expect([free.length, JSON.parse(held).state, JSON.parse(free).state]).toEqual([held.length, 'held', 'free']);
  });

  it('goes on above a number that somebody slow created below it', async () => {
    const lock = await take('ada');
    await writeFile(join(folder, '0000000000'), '');
    await lock.assertHeld();
    await lock.release();
    await (await take('bob')).release();
    expect(await readdir(folder)).toEqual(['0000000002']);
  });
});
