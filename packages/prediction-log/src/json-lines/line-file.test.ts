import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLineFile } from './line-file.ts';

vi.mock('node:fs/promises', { spy: true });

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-lines-'));
  path = join(directory, 'log.jsonl');
});
afterEach(() => {
  vi.resetAllMocks();
  return rm(directory, { recursive: true });
});

const fault = (code: string) => Object.assign(new Error(code), { code });
const content = () => readFile(path, 'utf8');

describe('createLineFile', () => {
  it('adds batches one after another, in the order of the calls, and makes no file for none', async () => {
    const file = createLineFile(path);
    await file.append(() => []);
    await expect(content()).rejects.toMatchObject({ code: 'ENOENT' });
    await Promise.all([file.append(() => ['a', 'b']), file.append(() => ['c'])]);
    expect(await content()).toBe('a\nb\nc\n');
  });

  it('cuts off what a failed append has written, and goes on with the next', async () => {
    const file = createLineFile(path);
    await file.append(() => ['a']);
    vi.mocked(appendFile).mockImplementationOnce(async () => {
      const { appendFile: append } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');
      await append(path, 'b\nhalf of');
      throw fault('ENOSPC');
    });
    await expect(file.append(() => ['b', 'half of c'])).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await content()).toBe('a\n');
    await file.append(() => ['d']);
    expect(await content()).toBe('a\nd\n');
  });

  it('keeps the file when its size cannot be told', async () => {
    const file = createLineFile(path);
    await file.append(() => ['a']);
    vi.mocked(stat).mockRejectedValueOnce(fault('EMFILE'));
    vi.mocked(appendFile).mockRejectedValueOnce(fault('EMFILE'));
    await expect(file.append(() => ['b'])).rejects.toMatchObject({ code: 'EMFILE' });
    expect(await content()).toBe('a\n');
  });
});
