import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDirectory } from './make-directory.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'iris-make-'));
});
afterAll(() => rm(root, { recursive: true }));

describe('makeDirectory', () => {
  it('makes what is missing, and is content with what is there, also when several make it at once', async () => {
    const path = join(root, 'a/b/c');
    await Promise.all([makeDirectory(path), makeDirectory(path), makeDirectory(join(root, 'a/b'))]);
    await makeDirectory(path);
    expect((await stat(path)).isDirectory()).toBe(true);
  });

  it('refuses a file in the way', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(makeDirectory(join(root, 'file'))).rejects.toThrow('EEXIST');
    await expect(makeDirectory(join(root, 'file/below'))).rejects.toThrow(/EEXIST|ENOTDIR/);
  });

  // Only Linux has it; Node's own recursive mkdir hangs there for ever.
  it.runIf(platform() === 'linux')('refuses a place below /proc at once', async () => {
    await expect(makeDirectory('/proc/iris/log')).rejects.toThrow('ENOENT');
  });
});
