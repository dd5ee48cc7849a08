import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelFile, serializeModel, writeModelFile } from '@iris/model-file';
import { irisDocument } from '@iris/model-file/test-documents';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rollbackSince } from './history.ts';
import { Registry } from './registry.ts';
import { testCandidate } from './test-candidates.ts';

let directory: string;
let registry: Registry;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-registry-'));
  registry = new Registry({ directory, by: 'ada', now: () => new Date('2026-11-30T12:00:00Z') });
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const add = (verdict: 'passed' | 'refused' = 'passed') =>
  registry.update((writer) => writer.add(testCandidate('0.1.0', verdict)));
const promote = (name: string, force = false) => registry.update((writer) => writer.promote(name, { reason: 'a test', force }));
const rollback = (to?: string) => registry.update((writer) => writer.rollback('it is worse', to));
const prune = (keep: number) => registry.update((writer) => writer.prune(keep, 'a test'));
const pointer = () => readFile(join(directory, 'current_model.txt'), 'utf8');

/** Adds and promotes so many versions. */
async function serve(count: number): Promise<void> {
  for (let version = 0; version < count; version++) await promote(await add());
}

describe('a version', () => {
  it('is a folder with the model, the verdict, the rows and their sums, and is not in service by being added', async () => {
    expect(await add()).toBe('v0001');
    expect((await readdir(join(directory, 'v0001'))).sort()).toEqual([
      'SHA256SUMS',
      'model.json',
      'rows.txt',
      'verdict.json',
      'verdict.md',
    ]);
    expect(await readModelFile(join(directory, 'v0001', 'model.json'))).toMatchObject(irisDocument());
    expect((await registry.rowHashes('v0001'))?.size).toBe(149);
    expect(await registry.current()).toBeUndefined();
    expect(await registry.list()).toMatchObject([{ name: 'v0001', isCurrent: false, verdict: { verdict: 'passed' } }]);
    expect((await readdir(directory)).sort()).toEqual(['lock', 'v0001']);
  });

  it('has the next number, which is never given again', async () => {
    await serve(2);
    expect(await add()).toBe('v0003');
    await registry.update((writer) => writer.prune(1, 'a test'));
    await rm(join(directory, 'v0003'), { recursive: true });
    await appendFile(
      join(directory, 'history.jsonl'),
      `${JSON.stringify({ at: '', by: '', action: 'remove', version: 'v0007', previous: null, reason: '' })}\n`,
    );
    expect(await add()).toBe('v0008');
  });

  it('is not added when its document is unsound, and leaves nothing', async () => {
    const candidate = testCandidate();
    const document = { ...candidate.document, version: 3 as unknown as string };
    await expect(registry.update((writer) => writer.add({ ...candidate, document }))).rejects.toMatchObject({
      code: 'MODEL_FILE_SCHEMA',
    });
    expect(await registry.list()).toEqual([]);
  });

  it('clears away what a killed writer left', async () => {
    await mkdir(join(directory, '.v0001.0c5e.tmp'));
    await writeFile(join(directory, '.v0001.0c5e.tmp', 'model.json'), '{');
    await add();
    expect((await readdir(directory)).sort()).toEqual(['lock', 'v0001']);
  });
});

describe('promote', () => {
  it('puts a version into service and writes down who, when, what and why', async () => {
    await serve(2);
    expect([await pointer(), await registry.current()]).toEqual(['v0002\n', 'v0002']);
    expect((await registry.history()).entries).toEqual([
      { at: '2026-11-30T12:00:00.000Z', by: 'ada', action: 'promote', version: 'v0001', previous: null, reason: 'a test' },
      { at: '2026-11-30T12:00:00.000Z', by: 'ada', action: 'promote', version: 'v0002', previous: 'v0001', reason: 'a test' },
    ]);
  });

  it('changes nothing where the version is in service already', async () => {
    await serve(1);
    expect(await promote('v0001')).toBe('v0001');
    expect((await registry.history()).entries).toHaveLength(1);
  });

  it('takes force for what the gate refused or never judged, and writes that down', async () => {
    await serve(1);
    await add('refused');
    await expect(promote('v0002')).rejects.toMatchObject({
      code: 'REGISTRY_VERSION_REFUSED',
      message: 'v0002 was refused by the gate: promoting it takes --force',
    });
    expect(await registry.current()).toBe('v0001');
    await promote('v0002', true);
    await writeModelFile(join(directory, 'by-hand.json'), irisDocument());
    await expect(promote('by-hand.json')).rejects.toThrow('by-hand.json was never judged by the gate');
    await promote('by-hand.json', true);
    expect((await registry.history()).entries.map(({ version, forced }) => [version, forced])).toEqual([
      ['v0001', undefined],
      ['v0002', true],
      ['by-hand.json', true],
    ]);
  });

  it('takes no verdict that was changed by hand, and none that is no verdict', async () => {
    await serve(1);
    await add('refused');
    const path = join(directory, 'v0002', 'verdict.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('refused', 'passed'));
    await expect(promote('v0002')).rejects.toMatchObject({
      code: 'REGISTRY_VERSION_DAMAGED',
      message: 'v0002 is not as it was written: verdict.json was changed after it was written',
    });
    await writeFile(path, '{"verdict":"passed"}');
    expect((await registry.list())[1]).toEqual({ name: 'v0002', isCurrent: false });
    expect(await pointer()).toBe('v0001\n');
  });

  it.each([
    ['a version that is not there', 'v0009', 'REGISTRY_VERSION_UNKNOWN'],
    ['a path', '../outside.json', 'REGISTRY_VERSION_UNKNOWN'],
    ['a file that is not there', 'gone.json', 'REGISTRY_VERSION_DAMAGED'],
    ['a file that is no model', 'history.jsonl', 'REGISTRY_VERSION_DAMAGED'],
    ['the registry itself', '.', 'REGISTRY_VERSION_DAMAGED'],
  ])('refuses %s, and the current model stays', async (_case, name, code) => {
    await serve(1);
    await expect(promote(name, true)).rejects.toMatchObject({ code });
    expect(await pointer()).toBe('v0001\n');
  });

  it('refuses a version whose file was damaged, and the current model stays', async () => {
    await serve(1);
    await add();
    const path = join(directory, 'v0002', 'model.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('2.45', '2.46'));
    await expect(promote('v0002')).rejects.toMatchObject({
      code: 'REGISTRY_VERSION_DAMAGED',
      message: expect.stringContaining('changed after it was sealed'),
    });
    expect(await pointer()).toBe('v0001\n');
  });
});

describe('rollback', () => {
  it('is confirmed by promoting the model that it brought back, which a further rollback does not fall over', async () => {
    await serve(3);
    await rollback();
    expect(rollbackSince(await registry.history())).toMatchObject({ version: 'v0002' });
    expect(await promote('v0002')).toBe('v0002');
    expect(rollbackSince(await registry.history())).toBeUndefined();
    expect(await registry.current()).toBe('v0002');
    expect(await rollback()).toEqual({ from: 'v0002', to: 'v0001' });
  });

  it('brings back what was in service before, and a second one goes one further', async () => {
    await serve(3);
    expect(await rollback()).toEqual({ from: 'v0003', to: 'v0002' });
    expect(await rollback()).toEqual({ from: 'v0002', to: 'v0001' });
    await expect(rollback()).rejects.toMatchObject({ code: 'REGISTRY_NO_EARLIER' });
    expect(await pointer()).toBe('v0001\n');
    expect((await registry.history()).entries.at(-1)).toMatchObject({
      action: 'rollback',
      version: 'v0001',
      reason: 'it is worse',
    });
  });

  it('goes to the one that is named if it was in service once', async () => {
    await serve(3);
    await add();
    expect(await rollback('v0001')).toEqual({ from: 'v0003', to: 'v0001' });
    await expect(rollback('v0004')).rejects.toThrow('v0004 was never in service: promote a version instead');
  });

  it('brings a file back that was put there by hand before the first version', async () => {
    await writeFile(join(directory, 'handout.json'), serializeModel(irisDocument()));
    await writeFile(join(directory, 'current_model.txt'), 'handout.json\n');
    await serve(1);
    expect(await rollback()).toEqual({ from: 'v0001', to: 'handout.json' });
  });
});

describe('a change that was decided on before the lock was taken', () => {
  const rollbackFrom = (seen: string | null) =>
    registry.update(async (writer) => {
      await writer.requireCurrent(seen);
      return writer.rollback('it is worse');
    });

  it('is made once where two ask for it at the same time', async () => {
    await serve(3);
    const outcomes = await Promise.allSettled([rollbackFrom('v0003'), rollbackFrom('v0003')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: {
        code: 'REGISTRY_CURRENT_CHANGED',
        message: 'v0002 is in service by now, not v0003: look again before you change it',
      },
    });
    expect(await pointer()).toBe('v0002\n');
  });

  it('may have seen that no model is in service', async () => {
    await registry.prepare();
    await expect(rollbackFrom(null)).rejects.toMatchObject({ code: 'REGISTRY_NO_EARLIER' });
    await serve(1);
    await expect(rollbackFrom(null)).rejects.toMatchObject({ code: 'REGISTRY_CURRENT_CHANGED' });
  });
});

describe('prune', () => {
  it('keeps the newest, the current one and the one before it', async () => {
    await serve(4);
    for (let version = 0; version < 4; version++) await add('refused');
    expect(await prune(2)).toEqual(['v0001', 'v0002', 'v0005', 'v0006']);
    expect((await registry.list()).map(({ name }) => name)).toEqual(['v0003', 'v0004', 'v0007', 'v0008']);
    expect((await registry.history()).entries.at(-1)).toMatchObject({ action: 'remove', version: 'v0006' });
    expect(await rollback()).toEqual({ from: 'v0004', to: 'v0003' });
  });

  it('keeps the newest even when none is asked for', async () => {
    await add();
    await add();
    expect(await prune(0)).toEqual(['v0001']);
  });
});

describe('verify', () => {
  it('finds nothing where all is well', async () => {
    await serve(2);
    expect(await registry.verify()).toEqual([]);
  });

  it('finds each file that was changed or is missing, in every version', async () => {
    await serve(4);
    await appendFile(join(directory, 'v0001', 'verdict.json'), ' ');
    await rm(join(directory, 'v0002', 'rows.txt'));
    await rm(join(directory, 'v0003', 'SHA256SUMS'));
    const sums = await readFile(join(directory, 'v0004', 'SHA256SUMS'), 'utf8');
    await writeFile(join(directory, 'v0004', 'SHA256SUMS'), sums.replace(/.*verdict\.json\n/, ''));
    await appendFile(join(directory, 'history.jsonl'), '{"at"');
    await writeFile(join(directory, 'current_model.txt'), 'v0009\n');
    expect(await registry.verify()).toEqual([
      { where: 'v0001', detail: 'verdict.json was changed after it was written' },
      { where: 'v0002', detail: 'rows.txt is missing' },
      { where: 'v0003', detail: 'SHA256SUMS is missing' },
      { where: 'v0004', detail: 'SHA256SUMS has no line for verdict.json' },
      { where: 'current_model.txt', detail: 'it names v0009, which is not there' },
      { where: 'history.jsonl', detail: 'lines that cannot be read: 1' },
    ]);
  });
});

describe('prepare', () => {
  it('makes the directory with those above it, and leaves one alone that is there', async () => {
    const deep = new Registry({ directory: join(directory, 'a', 'b'), by: 'ada' });
    await deep.prepare();
    await deep.prepare();
    expect(await readdir(join(directory, 'a', 'b'))).toEqual([]);
  });

  it('refuses a place where there can be no directory', async () => {
    await writeFile(join(directory, 'file'), '');
    await expect(new Registry({ directory: join(directory, 'file'), by: 'ada' }).prepare()).rejects.toThrow('is no directory');
  });
});

describe('a registry that cannot be used', () => {
  it('says that it is not there, and makes none', async () => {
    const nowhere = new Registry({ directory: join(directory, 'nowhere'), by: 'ada' });
    await expect(nowhere.list()).rejects.toMatchObject({ code: 'REGISTRY_MISSING' });
    await expect(nowhere.update((writer) => writer.add(testCandidate()))).rejects.toMatchObject({ code: 'REGISTRY_MISSING' });
    expect(await readdir(directory)).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)('says that this user may not write there, and which model is in service', async () => {
    await serve(1);
    await chmod(directory, 0o500);
    await expect(add()).rejects.toMatchObject({
      code: 'REGISTRY_UNWRITABLE',
      message: `the registry ${directory} cannot be written: this user may not write there (EACCES); the model in service is v0001, as before`,
    });
    await chmod(directory, 0o700);
  });
});
