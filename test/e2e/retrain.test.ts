import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordFromSample, samplesOf } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import type { Verdict } from '@iris/registry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';
import { runScript, startScript } from './support/processes.ts';

const HELD_BACK = 4;
/** Of a dozen programs that start and train, one after the other. */
const MANY_PROGRAMS = { timeout: 180_000 };

let parent: string;
let registry: string;
let postgres: TemporaryPostgres | undefined;
let api: ApiProcess | undefined;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'iris-retrain-'));
  registry = join(parent, 'registry');
});
afterEach(async () => {
  await api?.terminate();
  await postgres?.stop();
  await rm(parent, { recursive: true });
});

async function trainFirst(): Promise<void> {
  const words = ['--dataset', 'churn', '--model', 'logreg', '--version', '1.0.0', '--registry', registry];
  expect(await runScript('train', words)).toMatchObject({ code: 0 });
}

const onRegistry = (...words: string[]) => runScript('registry', [...words, '--registry', registry]);
const versionServed = async () => (await api!.read<{ version: string }>('/version')).version;
const verdictOf = async (version: string): Promise<Verdict> =>
  JSON.parse(await readFile(join(registry, version, 'verdict.json'), 'utf8'));

/** Asks for predictions of fresh customers, and tells what they did. */
async function tell(seed: number, count: number, truth: (label: string) => string = (label) => label): Promise<void> {
  const churn = generateChurn({ seed, sampleCount: count });
  const { schema, labels } = churn;
  for (const [row, sample] of samplesOf(churn).entries()) {
    const request_id = `${seed}-${row}`;
    const predicted = await api!.post('/predict', { ...recordFromSample(schema, sample), request_id });
    expect(predicted.status).toBe(200);
    const told = await api!.post('/feedback', { request_id, label: truth(schema.classes[labels[row]!]!) });
    expect(told.status).toBe(200);
  }
}

describe('L6-6, F3-4: the way back, from feedback to the next model', () => {
  it(
    'goes from feedback in PostgreSQL to a model that the API serves without a restart, and after a rollback waits for a person',
    MANY_PROGRAMS,
    async () => {
      postgres = await startTemporaryPostgres();
      await trainFirst();
      const environment = { REGISTRY_DIR: registry, DATABASE_URL: postgres.url };
      api = await startApiProcess(environment);
      await expect.poll(versionServed).toBe('1.0.0');
      const retrain = () => runScript('retrain', ['--dataset', 'churn'], environment);

      expect(await retrain()).toEqual({ code: 0, output: expect.stringContaining('nothing new since v0001: nothing to do') });

      await tell(101, 40);
      const sources = await runSql(postgres.url, 'SELECT DISTINCT feedback_source AS source FROM predictions');
      expect(sources).toEqual([{ source: expect.stringMatching(/^[0-9a-f]{16}$/) }]);
      const first = await retrain();
      expect(first).toEqual({ code: 0, output: expect.stringContaining('in service: v0002 (before: v0001)') });
      expect(first.output).toMatch(/40 rows with feedback in the log\n\n {2}taken, from 1 source {2}40\n/);
      await expect.poll(versionServed).toBe('1.0.1');
      expect(await verdictOf('v0002')).toMatchObject({
        verdict: 'passed',
        candidate: { model: 'logreg', version: '1.0.1' },
        current: { name: 'v0001', basis: 'refitted' },
        feedback: { found: 40, taken: 40, sources: 1, leftOut: {}, compared: 40, candidate: { accuracy: expect.any(Number) } },
      });
      expect(await readFile(join(registry, 'v0002', 'verdict.md'), 'utf8')).toContain(
        'It learned from 40 of 40 rows with feedback',
      );

      expect(await retrain()).toEqual({ code: 0, output: expect.stringContaining('nothing new since v0002: nothing to do') });

      expect((await onRegistry('rollback', '--reason', 'complaints since noon')).code).toBe(0);
      await expect.poll(versionServed).toBe('1.0.0');
      expect(await retrain()).toMatchObject({
        code: 0,
        output: expect.stringMatching(/nothing new since v0002.*until somebody does so by hand/),
      });
      await tell(102, 30);
      const held = await retrain();
      expect(held.code).toBe(HELD_BACK);
      expect(held.output).toMatch(
        /held back: the gate passed v0003 \(logreg 1\.0\.2\), and the registry was rolled back to v0001 on .* \(complaints since noon\); promote it by hand: npm run registry -- promote v0003/,
      );
      expect(await versionServed()).toBe('1.0.0');

      expect((await onRegistry('promote', 'v0003', '--reason', 'looked at it')).code).toBe(0);
      await expect.poll(versionServed).toBe('1.0.2');
      await tell(103, 20);
      expect(await retrain()).toMatchObject({ code: 0, output: expect.stringContaining('in service: v0004 (before: v0003)') });
    },
  );

  it('reads the log in files too, and takes of a client who floods wrong labels no more than its share', async () => {
    await trainFirst();
    const environment = { REGISTRY_DIR: registry, PREDICTION_LOG: `file:${join(parent, 'log')}` };
    api = await startApiProcess(environment);
    await expect.poll(versionServed).toBe('1.0.0');
    await tell(104, 150, (label) => (label === 'yes' ? 'no' : 'yes'));
    const { output } = await runScript('retrain', ['--dataset', 'churn'], environment);
    expect(output).toMatch(/150 rows with feedback in the log\n\n {2}taken, from 1 source +40\n/);
    // One of the customers is the same as a trusted row, or as another one.
    expect(output).toMatch(/left out: beyond the share of its source +109\n/);
  });

  it('two at once keep one version of the same rows, and a killed one leaves nothing half', async () => {
    await trainFirst();
    const environment = { REGISTRY_DIR: registry, PREDICTION_LOG: `file:${join(parent, 'log')}` };
    api = await startApiProcess(environment);
    await expect.poll(versionServed).toBe('1.0.0');
    await tell(105, 20);
    const killed = startScript('retrain', ['--dataset', 'churn'], environment);
    await expect.poll(() => killed.lines.join('\n')).toContain('logreg 1.0.1 on churn');
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect((await readdir(registry)).filter((name) => /^v\d/.test(name))).toEqual(['v0001']);

    const both = await Promise.all([1, 2].map(() => runScript('retrain', ['--dataset', 'churn'], environment)));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect((await readdir(registry)).filter((name) => /^v\d/.test(name)).toSorted()).toEqual(['v0001', 'v0002']);
    const outputs = both.map(({ output }) => output).join('\n');
    expect(outputs).toContain('in service: v0002 (before: v0001)');
    expect(outputs).toMatch(/v0002 was made of the same rows meanwhile|nothing new since v0002/);
  });

  it.each([
    [{ REGISTRY_DIR: '' }, 2, 'missing --registry (or REGISTRY_DIR)'],
    [{}, 1, 'no model is in service in'],
  ])('says with %j what is missing', async (change, code, line) => {
    const environment = { REGISTRY_DIR: registry, PREDICTION_LOG: `file:${join(parent, 'log')}`, ...change };
    expect(await runScript('retrain', ['--dataset', 'churn'], environment)).toEqual({
      code,
      output: expect.stringContaining(line),
    });
  });

  it('says what is missing of the log, and that a model of other rows is in service', async () => {
    await trainFirst();
    const noLog = await runScript('retrain', ['--dataset', 'churn', '--registry', registry]);
    expect(noLog).toEqual({ code: 2, output: 'DATABASE_URL: set it, or PREDICTION_LOG: there is no log to read' });
    const noFolder = await runScript('retrain', ['--dataset', 'churn', '--registry', registry], {
      PREDICTION_LOG: 'file:nowhere',
    });
    expect(noFolder).toEqual({ code: 1, output: 'PREDICTION_LOG: there is no folder nowhere' });
    const away = { DATABASE_URL: 'postgresql://iris:iris@127.0.0.1:1/iris' };
    const noServer = await runScript('retrain', ['--dataset', 'churn', '--registry', registry], away);
    expect(noServer).toEqual({ code: 1, output: expect.stringMatching(/ECONNREFUSED|refus/) });
    const iris = await runScript('retrain', ['--dataset', 'iris', '--registry', registry], away);
    expect(iris).toEqual({
      code: 2,
      output: expect.stringContaining('v0001, the model in service, is of other rows than these'),
    });
  });
});
