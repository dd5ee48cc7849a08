import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertModelFileWritable, readModelFile, writeModelFile } from './model-file.ts';
import { MAX_MODEL_FILE_BYTES } from './parse-model-document.ts';
import { serializeModel } from './serialize-model.ts';
import { irisDocument } from './test-documents.ts';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-model-file-'));
  path = join(directory, 'model.json');
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('assertModelFileWritable', () => {
  it('lets pass a new file, one that is there, and one in directories to be made, and makes nothing', async () => {
    await writeFile(path, '');
    for (const place of [path, join(directory, 'new.json'), join(directory, 'a', 'b', 'model.json')]) {
      await expect(assertModelFileWritable(place)).resolves.toBeUndefined();
    }
    expect(await readdir(directory)).toEqual(['model.json']);
  });

  it('refuses a directory, and what lies below a file', async () => {
    await writeFile(path, '');
    const refused = (place: string) => expect(assertModelFileWritable(place)).rejects;
    await refused(directory).toMatchObject({
      code: 'MODEL_FILE_UNWRITABLE',
      message: `the model file ${directory} cannot be written: it is a directory`,
    });
    await refused(join(path, 'deep', 'model.json')).toMatchObject({ details: { reason: `${path} is no directory` } });
  });

  it.skipIf(process.getuid?.() === 0)('refuses a directory that may not be written', async () => {
    await chmod(directory, 0o500);
    await expect(assertModelFileWritable(path)).rejects.toMatchObject({ details: { reason: expect.stringContaining('EACCES') } });
  });
});

describe('writeModelFile', () => {
  it('writes what readModelFile reads, and nothing beside it', async () => {
    await writeModelFile(path, irisDocument());
    expect(await readModelFile(path)).toMatchObject(irisDocument());
    expect(await readFile(path, 'utf8')).toBe(serializeModel(irisDocument()));
    expect(await readdir(directory)).toEqual(['model.json']);
  });

  it('makes the directories that are missing', async () => {
    const deep = join(directory, 'a', 'b', 'model.json');
    await writeModelFile(deep, irisDocument());
    expect((await readModelFile(deep)).version).toBe('0.1.0');
  });

  it('replaces a file so that each of many readers sees the old one or the new one whole', async () => {
    await writeModelFile(path, irisDocument({ version: '0' }));
    const seen = new Set<string>();
    for (let version = 1; version <= 20; version++) {
      const writing = writeModelFile(path, irisDocument({ version: `${version}` }));
      seen.add((await readModelFile(path)).version);
      await writing;
      seen.add((await readModelFile(path)).version);
    }
    expect(seen.has('20')).toBe(true);
    expect(await readdir(directory)).toEqual(['model.json']);
  });

  it('leaves the old file alone when the new document is unsound', async () => {
    await writeModelFile(path, irisDocument({ version: 'old' }));
    const unsound = irisDocument({ metrics: { ...irisDocument().metrics, accuracy: { mean: Number.NaN, standardError: null } } });
    await expect(writeModelFile(path, unsound)).rejects.toMatchObject({ code: 'MODEL_FILE_SCHEMA' });
    expect((await readModelFile(path)).version).toBe('old');
  });

  it('makes directories together with others who make them', async () => {
    const paths = ['rf', 'svm', 'logreg'].map((name) => join(directory, 'new', 'models', `${name}.json`));
    await Promise.all(paths.map((each) => writeModelFile(each, irisDocument())));
    expect(await readdir(join(directory, 'new', 'models'))).toHaveLength(3);
  });

  it.runIf(process.platform === 'linux')('comes to an end below a file system that takes no directories', async () => {
    await expect(writeModelFile('/proc/nowhere/model.json', irisDocument())).rejects.toMatchObject({
      code: 'MODEL_FILE_UNWRITABLE',
    });
  });

  it('leaves no temporary file where it cannot write', async () => {
    await mkdir(path);
    await expect(writeModelFile(path, irisDocument())).rejects.toMatchObject({
      code: 'MODEL_FILE_UNWRITABLE',
      details: { path },
    });
    expect(await readdir(directory)).toEqual(['model.json']);
  });
});

describe('readModelFile', () => {
  it('says that there is no file', async () => {
    await expect(readModelFile(path)).rejects.toMatchObject({
      code: 'MODEL_FILE_UNREADABLE',
      message: expect.stringContaining('ENOENT'),
    });
  });

  it('refuses a directory and a device', async () => {
    await expect(readModelFile(directory)).rejects.toMatchObject({ code: 'MODEL_FILE_UNREADABLE' });
    await expect(readModelFile('/dev/zero')).rejects.toMatchObject({ code: 'MODEL_FILE_UNREADABLE' });
  });

  it('refuses a file too large before it reads it', async () => {
    const file = await open(path, 'w');
    await file.truncate(MAX_MODEL_FILE_BYTES + 1);
    await file.close();
    await expect(readModelFile(path)).rejects.toMatchObject({ code: 'MODEL_FILE_TOO_LARGE' });
  });

  it('follows a symbolic link, as mounted configuration is one', async () => {
    await writeFile(join(directory, 'real.json'), serializeModel(irisDocument()));
    await symlink('real.json', path);
    expect((await readModelFile(path)).model).toBe('rf');
  });
});
