import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChangeTask } from './change.ts';
import { createChanges } from './changes.ts';

let directories: string[] = [];
let hanging: string;
let healthy: string;
beforeEach(async () => {
  [hanging, healthy] = [await emptyRegistry(), await emptyRegistry()];
  // Opening a pipe that nobody writes to takes as long as reading from a disk that hangs.
  await promisify(execFile)('mkfifo', [join(hanging, 'current_model.txt')]);
});
afterEach(async () => {
  await Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true })));
  directories = [];
});

async function emptyRegistry(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'iris-changes-'));
  directories.push(directory);
  return directory;
}

const rollback = (directory: string): ChangeTask => ({ directory, by: 'a test', change: { action: 'rollback', reason: 'why' } });

/** Waits until somebody reads the pipe, who then waits for what is written until this is closed. */
async function holdReader(): Promise<FileHandle> {
  let pipe: FileHandle | undefined;
  const flags = constants.O_WRONLY | constants.O_NONBLOCK;
  await expect
    .poll(async () => {
      pipe = await open(join(hanging, 'current_model.txt'), flags).catch(() => undefined);
      return pipe;
    })
    .toBeDefined();
  return pipe!;
}

describe('a change while the disk hangs', () => {
  it('is answered in time and reported; who comes later is answered too, and has the change once the disk is back', async () => {
    const onFailure = vi.fn();
    const change = createChanges(onFailure, { changeMs: 5000, turnMs: 300 });
    const first = change(rollback(hanging));
    const disk = await holdReader();
    await expect(change(rollback(healthy))).rejects.toMatchObject({
      code: 'REGISTRY_LOCKED',
      message: expect.stringContaining('Another change'),
    });
    expect(onFailure).not.toHaveBeenCalled();
    await expect(first).rejects.toMatchObject({ code: 'REGISTRY_UNREADABLE', message: expect.stringContaining('in time') });
    expect(onFailure).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'no answer within 5 s' }));
    // The thread hangs still: no other one is started beside it.
    await expect(change(rollback(healthy))).rejects.toMatchObject({ code: 'REGISTRY_LOCKED' });
    await disk.close();
    await expect.poll(() => change(rollback(healthy)).catch(({ code }) => code)).toBe('REGISTRY_NO_EARLIER');
  });
});
