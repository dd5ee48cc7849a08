/** What a tracking server must make of a run; every server that tests know passes it, the real MLflow among them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAt, tagsAt, textAt, valueAt } from './answer.ts';
import { Connection } from './connection.ts';
import { type RunResult, startRun } from './tracked-run.ts';

/** A server to test. */
export interface ServerUnderTest {
  readonly url: string;
  stop(): Promise<void>;
}

const START = { name: 'rf 0.1.0', startTime: 1_700_000_000_000, params: { seed: '42' }, tags: { data_checksum: 'sha256:d' } };

/** @param text content of the model file. */
function resultOf(text: string, model: Partial<RunResult['model']> = {}): RunResult {
  return {
    params: { trees: '100' },
    tags: { engine: 'ml-random-forest 2.1.0' },
    metrics: [1, 2, 3].map((step) => ({ key: 'fold_accuracy', value: step / 4, step, timestamp: 1_700_000_000_000 + step })),
    artifacts: [{ path: 'pictures/a b.svg', bytes: Buffer.from('<svg/>') }],
    model: {
      name: 'iris',
      tags: { checksum: 'sha256:m' },
      files: [{ path: 'model.json', bytes: Buffer.from(text) }],
      description: {
        flavor: { name: 'iris', settings: { model_file: 'model.json' } },
        inputs: [{ name: 'petal_length', type: 'double' }],
        outputs: [{ name: 'species', type: 'string' }],
      },
      ...model,
    },
  };
}

/** Runs the suite on a server for each test, or on one for all: names of experiments and models are its own. */
export function describeTracking(name: string, open: () => Promise<ServerUnderTest>): void {
  describe(`tracking in ${name}`, () => {
    let server: ServerUnderTest;
    let connection: Connection;
    let experiment: string;
    let model: string;
    beforeEach(async () => {
      server = await open();
      connection = new Connection({ url: server.url });
      experiment = `contract ${crypto.randomUUID()}`;
      model = `model-${crypto.randomUUID()}`;
    });
    afterEach(() => server.stop());

    const start = (runId?: string) => startRun(connection, { ...START, experiment, runId });
    const read = (path: string) => connection.json({ method: 'GET', path: `api/2.0/mlflow/${path}`, isRepeatable: true });
    const readRun = (runId: string) => read(`runs/get?run_id=${runId}`);
    const readAlias = async (alias: string) =>
      valueAt(await read(`registered-models/alias?name=${model}&alias=${alias}`), 'model_version');

    async function readFile(version: string, path: string): Promise<string> {
      const query = new URLSearchParams({ name: model, version, path });
      const bytes = await connection.bytes({ method: 'GET', path: `model-versions/get-artifact?${query}`, isRepeatable: true });
      return Buffer.from(bytes).toString();
    }

    it('a run is RUNNING with its parameters and tags, and FINISHED with all of it once it is complete', async () => {
      const run = await start();
      const begun = await readRun(run.runId);
      expect([textAt(begun, 'run', 'info', 'status'), tagsAt(begun, 'run', 'data', 'params')]).toEqual([
        'RUNNING',
        { seed: '42' },
      ]);
      await run.complete(resultOf('{"a":1}', { name: model }));
      const ended = await readRun(run.runId);
      expect(textAt(ended, 'run', 'info', 'status')).toBe('FINISHED');
      expect(tagsAt(ended, 'run', 'data', 'params')).toEqual({ seed: '42', trees: '100' });
      expect(tagsAt(ended, 'run', 'data', 'tags')).toMatchObject({ data_checksum: 'sha256:d', engine: 'ml-random-forest 2.1.0' });
      const history = await read(`metrics/get-history?run_id=${run.runId}&metric_key=fold_accuracy`);
      expect(listAt(history, 'metrics').map((metric) => [valueAt(metric, 'step'), valueAt(metric, 'value')])).toEqual([
        [1, 0.25],
        [2, 0.5],
        [3, 0.75],
      ]);
      expect(listAt(ended, 'run', 'outputs', 'model_outputs')).toHaveLength(1);
    });

    it('a version holds the model file and its description; the alias goes on to the next', async () => {
      const first = await (await start()).complete(resultOf('{"a":1}', { name: model, alias: 'champion' }));
      expect(await readAlias('champion')).toMatchObject({ version: first.version });
      const second = await (await start()).complete(resultOf('{"a":2}', { name: model, alias: 'champion' }));
      expect([first.version, second.version]).toEqual(['1', '2']);
      expect(await readAlias('champion')).toMatchObject({ version: '2' });
      expect(tagsAt(await readAlias('champion'), 'tags')).toEqual({ checksum: 'sha256:m' });
      expect([await readFile('1', 'model.json'), await readFile('2', 'model.json')]).toEqual(['{"a":1}', '{"a":2}']);
      expect(JSON.parse(await readFile('2', 'MLmodel'))).toMatchObject({
        flavors: { iris: { model_file: 'model.json' } },
        signature: { inputs: '[{"type":"double","name":"petal_length","required":true}]' },
      });
    });

    it('a run that fails is FAILED and says why', async () => {
      const run = await start();
      await run.fail('accuracy 0.5 is below --min-accuracy 0.9');
      const failed = await readRun(run.runId);
      expect(textAt(failed, 'run', 'info', 'status')).toBe('FAILED');
      expect(tagsAt(failed, 'run', 'data', 'tags')).toMatchObject({ failure: 'accuracy 0.5 is below --min-accuracy 0.9' });
    });

    it('a run that failed goes on, registers once, and has no reason of failure left', async () => {
      const run = await start();
      await run.complete(resultOf('{"a":1}', { name: model }));
      await run.fail('cut');
      const again = await start(run.runId);
      const version = await again.complete(resultOf('{"a":1}', { name: model }));
      expect([again.runId, version.version]).toEqual([run.runId, '1']);
      const ended = await readRun(run.runId);
      expect(textAt(ended, 'run', 'info', 'status')).toBe('FINISHED');
      expect(tagsAt(ended, 'run', 'data', 'tags')).not.toHaveProperty('failure');
      expect(listAt(ended, 'run', 'outputs', 'model_outputs')).toHaveLength(1);
    });

    it('any number of metrics, parameters and tags is taken, and values that are no number are left out', async () => {
      const run = await start();
      const many = (prefix: string) => Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`${prefix}${index}`, 'x']));
      const metrics = Array.from({ length: 2001 }, (_, step) => ({
        key: 'loss',
        value: step === 7 ? Number.NaN : step,
        step,
        timestamp: 1,
      }));
      await run.complete({ ...resultOf('{}', { name: model }), metrics, params: many('p'), tags: many('t') });
      const ended = await readRun(run.runId);
      expect(Object.keys(tagsAt(ended, 'run', 'data', 'params'))).toHaveLength(151);
      const history = await read(`metrics/get-history?run_id=${run.runId}&metric_key=loss&max_results=2500`);
      expect(listAt(history, 'metrics')).toHaveLength(2000);
    });

    it('a run or alias that is not there is said not to be', async () => {
      await expect(start('0123456789abcdef0123456789abcdef')).rejects.toMatchObject({ code: 'TRACKING_NOT_FOUND' });
    });
  });
}
