/** Writers that are killed at every step, while somebody reads. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { readModelFile } from '@iris/model-file';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelPath, readPointer } from './reader.ts';
import { Registry } from './registry.ts';
import { testCandidate } from './test-candidates.ts';

const WRITER = fileURLToPath(new URL('test-killed-writer.ts', import.meta.url));
const TIMEOUT_MS = 300_000;
/** Processes at a time. */
const WORKERS = 3;
/** Longer than a busy machine holds up a writer that lives. */
const LEASE_MS = 1000;

let parent: string;
let template: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'iris-killed-'));
  template = join(parent, 'template');
  await cp(await mkdtemp(join(parent, 'empty-')), template, { recursive: true });
  const registry = new Registry({ directory: template, by: 'a test' });
  for (const version of ['0.1.0', '0.2.0']) {
    await registry.update(async (writer) => writer.promote(await writer.add(testCandidate(version)), { reason: 'a test' }));
  }
});
afterAll(() => rm(parent, { recursive: true }));

interface Run {
  readonly signal: NodeJS.Signals | null;
  readonly steps: number;
  /** Versions that a reader saw, each once, in order. */
  readonly seen: readonly string[];
}

/** Runs a writer to its end, or to its death, and reads all the while as the API does. */
async function runWriter(directory: string, killAt: number): Promise<Run> {
  const child = spawn(process.execPath, [WRITER, directory, String(killAt)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const output = text(child.stdout);
  const seen = new Set<string>();
  let running = true;
  const reading = (async () => {
    do seen.add(await readVersion(directory));
    while (running);
    seen.add(await readVersion(directory));
  })();
  const exited = once(child, 'exit').finally(() => {
    running = false;
  });
  const [[, signal]] = await Promise.all([exited, reading]);
  return { signal, steps: Number(await output), seen: [...seen] };
}

/** Throws where the model in service cannot be read whole. */
async function readVersion(directory: string): Promise<string> {
  const pointer = await readPointer(directory);
  if ('problem' in pointer) throw new Error(pointer.problem);
  return (await readModelFile(modelPath(directory, pointer.name))).version;
}

/** What a registry has to be after a writer died: sound, of the old or the new model, and open to the next writer. */
async function checkSurvives(directory: string): Promise<void> {
  const registry = new Registry({ directory, by: 'the next', leaseMs: LEASE_MS });
  const before = await registry.current();
  expect(['v0002', 'v0003']).toContain(before);
  const faults = (await registry.verify()).filter(({ where }) => where !== 'history.jsonl');
  expect(faults).toEqual([]);
  const name = await registry.update(async (writer) => {
    const added = await writer.add(testCandidate('0.4.0'));
    await writer.promote(added, { reason: 'a test' });
    return added;
  });
  expect(await readVersion(directory)).toBe('0.4.0');
  expect(await registry.current()).toBe(name);
  expect((await registry.history()).entries.at(-1)).toMatchObject({ version: name, previous: before });
  expect((await readdir(directory)).filter((entry) => entry.endsWith('.tmp'))).toEqual([]);
}

describe('a writer that is killed', () => {
  it(
    'at any step leaves readers the old model or the new one, and the next writer a sound registry',
    async () => {
      const whole = join(parent, 'whole');
      await cp(template, whole, { recursive: true });
      const { steps, seen, signal } = await runWriter(whole, 0);
      expect([signal, seen]).toEqual([null, ['0.2.0', '0.3.0']]);
      expect(steps).toBeGreaterThan(40);
      const ends = new Set<string>();
      let next = 1;
      const work = async () => {
        for (let killAt = next++; killAt <= steps; killAt = next++) {
          const directory = join(parent, `step-${killAt}`);
          await cp(template, directory, { recursive: true });
          const run = await runWriter(directory, killAt);
          expect([run.signal, killAt]).toEqual(['SIGKILL', killAt]);
          expect(['0.2.0', '0.3.0']).toEqual(expect.arrayContaining([...run.seen]));
          ends.add(run.seen.at(-1)!);
          await checkSurvives(directory);
        }
      };
      await Promise.all(Array.from({ length: WORKERS }, work));
      expect([...ends].sort()).toEqual(['0.2.0', '0.3.0']);
    },
    TIMEOUT_MS,
  );
});
