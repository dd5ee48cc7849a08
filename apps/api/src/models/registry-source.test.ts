import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelFile, serializeModel, writeModelFile } from '@iris/model-file';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { irisDocument } from '../test-app.ts';
import type { ModelProblem, ModelSource } from './model-source.ts';
import { openRegistrySource } from './registry-source.ts';
import { describeModelSource } from './source-contract.ts';

vi.mock('@iris/model-file', { spy: true });
vi.mock('node:fs/promises', { spy: true });

let directory: string;
let source: ModelSource | undefined;
let problems: ModelProblem[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-registry-'));
  problems = [];
});
afterEach(async () => {
  source?.close();
  vi.clearAllMocks();
  await rm(directory, { recursive: true, force: true });
});

async function open(at = directory): Promise<ModelSource> {
  const onProblem = (problem: ModelProblem) => problems.push(problem);
  source = await openRegistrySource({ directory: at, servedName: undefined, onProblem, pollMs: 5 });
  return source;
}

const write = (name: string, text: string) => writeFile(join(directory, name), text);
const publish = (file: string) => write('current_model.txt', `${file}\n`);
const train = (file: string, version: string) => writeModelFile(join(directory, file), irisDocument({ version }));
const looks = () => vi.mocked(readFile).mock.calls.filter(([path]) => path === join(directory, 'current_model.txt')).length;
const readsOf = (file: string) => vi.mocked(readModelFile).mock.calls.filter(([path]) => path.endsWith(file)).length;

/** Resolves when the source has looked at the directory three times more. */
async function threeLooks(): Promise<void> {
  const before = looks();
  await expect.poll(looks).toBeGreaterThanOrEqual(before + 3);
}

describeModelSource('a registry directory', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'iris-registry-'));
  const mounted = join(parent, 'registry');
  await mkdir(mounted);
  let count = 0;

  async function publishText(text: string): Promise<string> {
    const name = `model-${++count}.json`;
    await writeFile(join(mounted, name), text);
    await writeFile(join(mounted, 'current_model.txt'), `${name}\n`);
    return name;
  }

  return {
    publish: (document) => publishText(serializeModel(document)),
    publishText,
    goAway: () => rename(mounted, join(parent, 'away')),
    comeBack: () => rename(join(parent, 'away'), mounted),
    open: (options) => openRegistrySource({ ...options, directory: mounted, pollMs: 5 }),
    dispose: () => rm(parent, { recursive: true }),
  };
});

describe('openRegistrySource', () => {
  it('serves the model that current_model.txt names', async () => {
    await train('a.json', '0.1.0');
    await publish('a.json');
    const registry = await open();
    expect([registry.current()?.version, registry.currentName(), registry.problem()]).toEqual(['0.1.0', 'a.json', undefined]);
  });

  it('serves the version that it names, from the version’s folder', async () => {
    await train('v0001/model.json', '0.1.0');
    await train('v0002/model.json', '0.2.0');
    await publish('v0001');
    const registry = await open();
    expect([registry.current()?.version, registry.currentName()]).toEqual(['0.1.0', 'v0001']);
    await publish('v0002');
    await expect.poll(() => registry.current()?.version).toBe('0.2.0');
    expect(registry.problem()).toBeUndefined();
  });

  it.each([
    ['a version that is not there', () => publish('v0001'), 'MODEL_FILE_UNREADABLE'],
    ['a registry that is not there', async () => rm(directory, { recursive: true }), 'REGISTRY_NOT_MOUNTED'],
    ['a registry without the file', async () => undefined, 'CURRENT_MODEL_MISSING'],
    ['an empty file', () => publish(''), 'CURRENT_MODEL_EMPTY'],
    ['a path', () => publish('../a.json'), 'CURRENT_MODEL_OUTSIDE'],
    ['the registry itself', () => publish('.'), 'MODEL_FILE_UNREADABLE'],
    ['a name with NUL', () => publish('a\0.json'), 'MODEL_FILE_UNREADABLE'],
    ['a file that is not there', () => publish('gone.json'), 'MODEL_FILE_UNREADABLE'],
    ['a file that is no model', () => publish('current_model.txt'), 'MODEL_FILE_NOT_JSON'],
  ])('opens with %s, serves nothing and says so', async (_case, prepare, code) => {
    await prepare();
    const registry = await open();
    expect([registry.current(), registry.problem()?.code]).toEqual([undefined, code]);
  });

  it('shows callers the name of a file that cannot be read, and its path to the log alone', async () => {
    await publish('gone.json');
    const causes: unknown[] = [];
    const onProblem = (_problem: ModelProblem, cause: unknown) => causes.push(cause);
    source = await openRegistrySource({ directory, servedName: undefined, onProblem });
    expect(source.problem()?.detail).toBe('The model file gone.json cannot be served: it cannot be read (ENOENT)');
    expect(causes).toEqual([expect.objectContaining({ message: expect.stringContaining(join(directory, 'gone.json')) })]);
  });

  it('tells listeners of a new model, and serves no older one to those who ask', async () => {
    await Promise.all([train('a.json', '0.1.0'), train('b.json', '0.2.0'), publish('a.json')]);
    const registry = await open();
    const changes: (string | undefined)[][] = [];
    registry.onChange((model) => changes.push([model.version, registry.current()?.version]));
    await publish('b.json');
    await expect.poll(() => changes).toEqual([['0.2.0', '0.2.0']]);
  });

  it('serves a model once whose name is written while it is read', async () => {
    await Promise.all([train('a.json', '0.1.0'), publish('a.json')]);
    const { readFile: read } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');
    const registry = await open();
    const served: string[] = [];
    registry.onChange((model) => served.push(model.version));
    await train('b.json', '0.2.0');
    vi.mocked(readFile).mockImplementationOnce(async (...pointer) => {
      await null;
      // Every look at its time is over: what is read is newer.
      await Promise.allSettled(vi.mocked(stat).mock.results.map(({ value }) => value));
      await publish('b.json');
      return read(...pointer);
    });
    await expect.poll(() => served).toEqual(['0.2.0']);
    await threeLooks();
    expect(served).toEqual(['0.2.0']);
  });

  it('keeps the old model when the new one is bad, and has no problem once the old pointer file is moved back', async () => {
    await Promise.all([train('a.json', '0.1.0'), write('bad.json', '{'), publish('a.json')]);
    const registry = await open();
    await rename(join(directory, 'current_model.txt'), join(directory, 'kept'));
    await publish('bad.json');
    await expect.poll(() => registry.problem()?.code).toBe('MODEL_FILE_NOT_JSON');
    expect(registry.current()?.version).toBe('0.1.0');
    await rename(join(directory, 'kept'), join(directory, 'current_model.txt'));
    await expect.poll(() => registry.problem()).toBeUndefined();
    expect(registry.current()?.version).toBe('0.1.0');
  });

  it('reads a bad file once, and again when it has changed: parsing holds up requests', async () => {
    await Promise.all([write('a.json', '{'), publish('a.json')]);
    const registry = await open();
    await threeLooks();
    expect(readsOf('a.json')).toBe(1);
    await train('a.json', '0.1.0');
    await expect.poll(() => registry.current()?.version).toBe('0.1.0');
    expect(readsOf('a.json')).toBe(2);
  });

  it('tells the same problem once, and a problem that came back again', async () => {
    await Promise.all([write('a.json', '{'), publish('a.json')]);
    await open();
    await threeLooks();
    await rm(join(directory, 'current_model.txt'));
    await expect.poll(() => problems.length).toBe(2);
    await publish('a.json');
    await expect
      .poll(() => problems.map(({ code }) => code))
      .toEqual(['MODEL_FILE_NOT_JSON', 'CURRENT_MODEL_MISSING', 'MODEL_FILE_NOT_JSON']);
  });

  it('refuses a model of another dataset', async () => {
    await Promise.all([train('a.json', '0.1.0'), publish('a.json')]);
    const registry = await open();
    const { dataset } = irisDocument();
    await writeModelFile(join(directory, 'b.json'), irisDocument({ dataset: { ...dataset, name: 'other' } }));
    await publish('b.json');
    await expect.poll(() => registry.problem()?.code).toBe('MODEL_DATASET_DIFFERENT');
    expect(registry.current()?.schema.name).toBe('iris');
  });

  it('sees a registry that is mounted later, and looks no more once it is closed', async () => {
    const later = join(directory, 'later');
    const registry = await open(later);
    await mkdir(later);
    await expect.poll(() => registry.problem()?.code).toBe('CURRENT_MODEL_MISSING');
    registry.close();
    await rm(later, { recursive: true });
    await open();
    await threeLooks();
    expect(registry.problem()?.code).toBe('CURRENT_MODEL_MISSING');
  });
});
