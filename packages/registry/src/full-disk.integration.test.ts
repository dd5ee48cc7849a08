/** A real disk that is full, at every point of a change, and one that is mounted read-only. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attempt } from './test-full-disk.ts';

const PROGRAM = fileURLToPath(new URL('test-full-disk.ts', import.meta.url));
/** A mount that only the process sees, and that ends with it; who is not root is it in a namespace of users. */
const UNSHARE = ['unshare', '--mount', ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'])];
const MOUNT = 'mount -t tmpfs -o size=1m tmpfs "$1"';
/** Containers and some systems forbid namespaces: there is no small disk to be had then. */
const canMount = spawnSync(UNSHARE[0]!, [...UNSHARE.slice(1), 'sh', '-c', MOUNT, 'sh', tmpdir()]).status === 0;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-full-disk-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('a registry', () => {
  it.skipIf(!canMount)(
    'on a disk that is full keeps its model in service, whatever was written when it became full',
    async () => {
      const [command, ...words] = UNSHARE;
      const script = `${MOUNT} && exec "$2" "$3" "$1"`;
      const { stdout } = await promisify(execFile)(command!, [
        ...words,
        'sh',
        '-c',
        script,
        'sh',
        directory,
        process.execPath,
        PROGRAM,
      ]);
      const { attempts, readOnly, unprepared }: { attempts: Attempt[]; readOnly: Attempt; unprepared: string } =
        JSON.parse(stdout);
      const failed = attempts.slice(0, -1);
      // A page more each time: the disk is full at the lock, in the middle of the model, at the verdict, at the history.
      expect(failed.length).toBeGreaterThan(5);
      for (const { code, message, serves, faults } of failed) {
        expect({ code, serves, faults }).toEqual({ code: 'REGISTRY_UNWRITABLE', serves: '0.1.0', faults: 0 });
        expect(message).toMatch(/cannot be written: its disk is full: .* \(ENOSPC\); the model in service is v0001, as before$/);
      }
      expect(attempts.at(-1)).toMatchObject({ serves: '0.2.0', faults: 0 });
      expect(readOnly).toMatchObject({
        code: 'REGISTRY_UNWRITABLE',
        message: expect.stringMatching(/it is mounted read-only \(EROFS\)/),
        serves: '0.2.0',
      });
      // Before anybody trains for an hour.
      expect(unprepared).toBe(readOnly.message);
    },
  );
});
