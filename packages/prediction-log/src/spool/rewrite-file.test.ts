import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listDeadLetters } from './dead-letters.ts';
import { rewriteFile } from './rewrite-file.ts';

let directory = '';
let path = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-rewrite-'));
  path = join(directory, 'host-12345678.dead-letters.jsonl');
  await writeFile(path, 'a\nb\n');
});
afterEach(() => rm(directory, { recursive: true }));

const texts = async () => Promise.all((await listDeadLetters(directory)).map((file) => readFile(file, 'utf8')));

describe('rewriteFile', () => {
  it('leaves what is kept under the name of before, for its owner alone, and nothing else', async () => {
    await rewriteFile(path, async (_own, keep) => {
      await keep('b');
    });
    expect(await readdir(directory)).toEqual(['host-12345678.dead-letters.jsonl']);
    expect(await readFile(path, 'utf8')).toBe('b\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('adds nothing to the file that a living process has made anew: what is kept gets another name', async () => {
    await rewriteFile(path, async (_own, keep) => {
      await writeFile(path, 'of the living\n');
      await keep('b');
    });
    expect(await readFile(path, 'utf8')).toBe('of the living\n');
    expect((await texts()).sort()).toEqual(['b\n', 'of the living\n']);
    for (const name of await readdir(directory)) expect(name).toMatch(/^host-[0-9a-f]{8}\.dead-letters\.jsonl$/);
  });

  it('does not hold the lines that it keeps', async () => {
    await rewriteFile(path, async (_own, keep) => {
      for (let line = 0; line < 1000; line++) await keep('x'.repeat(1000));
      const part = (await readdir(directory)).find((name) => name.endsWith('.part')) ?? '';
      expect((await stat(join(directory, part))).size).toBeGreaterThan(900_000);
    });
    expect((await stat(path)).size).toBe(1_001_000);
  });

  it('leaves all lines in the file that it took when it fails, from where the next one goes on', async () => {
    const failing = rewriteFile(path, async (_own, keep) => {
      await keep('a');
      throw new Error('away');
    });
    await expect(failing).rejects.toThrow('away');
    const [taken = '', ...others] = await listDeadLetters(directory);
    expect(others).toEqual([]);
    expect(taken).toMatch(/\.dead-letters\.jsonl\.[0-9a-f]{8}\.replaying$/);
    expect(await rewriteFile(taken, async (own, keep) => keep((await readFile(own, 'utf8')).trim()))).toBeUndefined();
    expect(await readFile(path, 'utf8')).toBe('a\nb\n');
  });

  it('finds what a process wrote that was killed meanwhile', async () => {
    const part = `${path}.0a0a0a0a.replaying.1b1b1b1b.part`;
    await writeFile(part, 'b\n');
    await rm(path);
    for (const found of await listDeadLetters(directory)) await rewriteFile(found, async (_own, keep) => keep('b'));
    expect(await readdir(directory)).toEqual(['host-12345678.dead-letters.jsonl']);
  });
});
