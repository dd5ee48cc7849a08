import { mkdir, mkdtemp, readdir, rm, symlink, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openModelCopy } from './model-copy.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-copy-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('a copy of the model last served', () => {
  it('is the one kept last, and the only file that stays', async () => {
    const copy = openModelCopy(directory);
    await copy.keep('9', 'a');
    await copy.keep('10', 'b');
    expect([await copy.find(), await readdir(directory)]).toEqual([
      { version: '10', path: join(directory, '10.json') },
      ['10.json'],
    ]);
  });

  it('can be kept by several servers of one machine at once', async () => {
    const servers = Array.from({ length: 8 }, () => openModelCopy(directory));
    await Promise.all(servers.map((copy) => copy.keep('3', 'a')));
    expect(await readdir(directory)).toEqual(['3.json']);
  });

  it('is found beside one that another server has just removed', async () => {
    const copy = openModelCopy(directory);
    await copy.keep('2', 'a');
    await utimes(join(directory, '2.json'), 1, 1);
    await symlink('gone', join(directory, '1.json'));
    expect((await copy.find())?.version).toBe('2');
  });

  it('is kept in its folder alone, whatever a server calls the version', async () => {
    const inner = join(directory, 'inner');
    await mkdir(inner);
    await expect(openModelCopy(inner).keep('../outside', 'a')).rejects.toThrow('is no name of a file');
    expect(await readdir(directory)).toEqual(['inner']);
  });

  it('is not found where there is no folder', async () => {
    expect(await openModelCopy(join(directory, 'gone')).find()).toBeUndefined();
  });
});
