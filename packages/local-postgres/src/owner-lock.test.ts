import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDirectory } from './owner-lock.ts';
import { findProcess } from './process-table.ts';

let directory = '';
let data = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-lock-'));
  data = join(directory, 'below', 'data');
});
afterEach(() => rm(directory, { recursive: true }));

describe('lockDataDirectory', () => {
  it('makes the lock, and removes it when released', async () => {
    const release = await lockDataDirectory(data);
    await expect(access(`${data}.owner`)).resolves.toBeUndefined();
    await release();
    await expect(access(`${data}.owner`)).rejects.toThrow('ENOENT');
  });

  it('refuses a second owner and names the first', async () => {
    await lockDataDirectory(data);
    await expect(lockDataDirectory(data)).rejects.toMatchObject({
      code: 'LOCAL_POSTGRES_IN_USE',
      message: expect.stringContaining(`process ${process.pid}`),
    });
  });

  it('takes over from an owner that is gone', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await (await lockDataDirectory(data))();
    await writeFile(`${data}.owner`, `${child.pid} 12345\n`);
    await lockDataDirectory(data);
    expect(await readFile(`${data}.owner`, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
  });

  it('takes over when the pid went to another process, as after a reboot', async () => {
    await (await lockDataDirectory(data))();
    await writeFile(`${data}.owner`, `${process.pid} another-start\n`);
    await expect(lockDataDirectory(data)).resolves.toBeTypeOf('function');
  });
});

describe('findProcess', () => {
  it('knows this process, always by the same start', async () => {
    const [first, second] = await Promise.all([findProcess(process.pid), findProcess(process.pid)]);
    expect(first?.startedAt).toMatch(/\d/);
    expect(second).toEqual(first);
    expect(first?.command).toContain('node');
  });

  it('knows no process that has ended', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    expect(await findProcess(child.pid ?? 0)).toBeUndefined();
  });
});
