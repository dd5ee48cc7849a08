import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertReachable, mayPass } from './account.ts';

const POSTGRES = { uid: 101, gid: 104 };

describe('mayPass', () => {
  it.each([
    [{ mode: 0o40700, uid: 0, gid: 0 }, false],
    [{ mode: 0o40755, uid: 0, gid: 0 }, true],
    [{ mode: 0o40750, uid: 0, gid: 104 }, true],
    [{ mode: 0o40705, uid: 0, gid: 104 }, false],
    [{ mode: 0o40700, uid: 101, gid: 0 }, true],
    [{ mode: 0o40077, uid: 101, gid: 104 }, false],
  ])('takes the first class that fits, as POSIX does: %o is %s', (directory, passes) => {
    expect(mayPass(directory, POSTGRES)).toBe(passes);
  });
});

describe('assertReachable', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'iris-reach-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('names the closed directory and its mode', async () => {
    const closed = expect.objectContaining({
      code: 'LOCAL_POSTGRES_UNREACHABLE',
      message: expect.stringContaining(`${directory} (mode 700)`),
    });
    await expect(assertReachable(join(directory, 'data'), { uid: 54_321, gid: 54_321 })).rejects.toThrow(closed);
  });

  it('is content once others may pass', async () => {
    await chmod(directory, 0o711);
    await expect(assertReachable(join(directory, 'data'), { uid: 54_321, gid: 54_321 })).resolves.toBeUndefined();
  });

  it('asks nothing when PostgreSQL runs as the present user', async () => {
    await expect(assertReachable('/no/such/place/data', undefined)).resolves.toBeUndefined();
  });
});
