import { describe, expect, it } from 'vitest';
import { uploadArtifact } from './artifacts.ts';
import { Connection } from './connection.ts';
import { type FakeMlflow, type Fault, startFakeMlflow } from './test-mlflow.ts';
import { type RunResult, startRun } from './tracked-run.ts';
import { describeTracking } from './tracking-contract.ts';

describeTracking('the stand-in', async () => {
  const { url, close } = await startFakeMlflow();
  return { url, stop: close };
});

const START = { experiment: 'iris', name: 'rf', startTime: 1, params: { seed: '1' }, tags: {} };
const MODEL_BYTES = Buffer.from('{"formatVersion":1}');
const RESULT: RunResult = {
  params: {},
  tags: {},
  metrics: [],
  artifacts: [],
  model: {
    name: 'iris',
    tags: {},
    alias: 'champion',
    files: [{ path: 'model.json', bytes: MODEL_BYTES }],
    description: { flavor: { name: 'iris', settings: {} }, inputs: [], outputs: [] },
  },
};

/** Runs a test against a stand-in whose faults it chooses. */
async function withFake(test: (fake: FakeMlflow, connection: Connection) => Promise<void>): Promise<void> {
  const fake = await startFakeMlflow();
  try {
    await test(fake, new Connection({ url: fake.url }));
  } finally {
    await fake.close();
  }
}

const puts = ({ requests }: FakeMlflow, file: string) =>
  requests.filter((line) => line.startsWith('PUT') && line.endsWith(file)).length;

/** The status of the first run. */
async function statusOf(connection: Connection): Promise<unknown> {
  const path = 'api/2.0/mlflow/runs/get?run_id=run1';
  const { run } = (await connection.json({ method: 'GET', path, isRepeatable: true })) as { run: { info: { status: string } } };
  return run.info.status;
}

/** A fault of the first `count` requests for a path. */
function failing(part: string, count: number, fault: Fault): FakeMlflow['fault'] {
  let left = count;
  return ({ path }) => (path.includes(part) && left-- > 0 ? fault : undefined);
}

describe('a run that meets faults', () => {
  it('sends a file again that did not arrive', () =>
    withFake(async (fake, connection) => {
      const run = await startRun(connection, START);
      fake.fault = failing('model.json', 2, { status: 500, text: 'disk full' });
      await run.complete(RESULT);
      expect([puts(fake, 'model.json'), await statusOf(connection)]).toEqual([3, 'FINISHED']);
    }));

  it('sends no file again that arrived though its answer was lost', () =>
    withFake(async (fake, connection) => {
      const run = await startRun(connection, START);
      fake.fault = failing('model.json', 1, 'cut');
      await run.complete(RESULT);
      expect(puts(fake, 'model.json')).toBe(1);
    }));

  it('sends a file again of which only a part arrived, or another of its length', () =>
    withFake(async (fake, connection) => {
      for (const remains of [MODEL_BYTES.subarray(0, 5), Buffer.from('{"formatVersion":2}')]) {
        const run = await startRun(connection, START);
        let isFirst = true;
        fake.fault = ({ method, path }) => {
          if (method !== 'PUT' || !path.endsWith('model.json') || !isFirst) return undefined;
          isFirst = false;
          fake.artifacts.set(path.slice('/api/2.0/mlflow-artifacts/artifacts/'.length), remains);
          return { status: 502, text: '' };
        };
        await run.complete(RESULT);
      }
      const models = [...fake.artifacts].filter(([path]) => path.endsWith('model.json'));
      expect(models.map(([, bytes]) => bytes.equals(MODEL_BYTES))).toEqual([true, true]);
    }));

  it('goes on where it was cut short, and sends only what is missing', () =>
    withFake(async (fake, connection) => {
      const run = await startRun(connection, START);
      fake.fault = failing('MLmodel', 9, { status: 500, text: 'no' });
      await expect(run.complete(RESULT)).rejects.toMatchObject({ code: 'TRACKING_FAILED' });
      expect(await statusOf(connection)).toBe('FAILED');
      fake.fault = () => undefined;
      const version = await (await startRun(connection, { ...START, runId: run.runId })).complete(RESULT);
      expect([version.version, puts(fake, 'model.json'), await statusOf(connection)]).toEqual(['1', 1, 'FINISHED']);
    }));

  it.each(['runs/log-batch', 'model-versions/create', 'registered-models/alias', 'runs/outputs'])(
    'is FAILED, never FINISHED, when %s cannot be done',
    (part) =>
      withFake(async (fake, connection) => {
        const run = await startRun(connection, START);
        fake.fault = ({ path, body }) =>
          path.includes(part) && body?.tags?.[0]?.key !== 'failure' ? { status: 500, text: 'no' } : undefined;
        await expect(run.complete({ ...RESULT, tags: { a: 'b' } })).rejects.toMatchObject({ code: 'TRACKING_FAILED' });
        expect(await statusOf(connection)).toBe('FAILED');
      }),
  );

  it('leaves no run open when its first parameters are refused', () =>
    withFake(async (fake, connection) => {
      fake.fault = failing('log-batch', 3, { status: 400, text: '{"error_code":"INVALID_PARAMETER_VALUE","message":"no"}' });
      await expect(startRun(connection, START)).rejects.toMatchObject({ code: 'TRACKING_REFUSED' });
      expect(await statusOf(connection)).toBe('FAILED');
    }));

  it('says so when the alias was pointed elsewhere at the same time', () =>
    withFake(async (fake, connection) => {
      await (await startRun(connection, START)).complete(RESULT);
      const run = await startRun(connection, START);
      const other = '{"model_version":{"name":"iris","version":"1","tags":[]}}';
      fake.fault = ({ method, path }) =>
        method === 'GET' && path.endsWith('registered-models/alias') ? { status: 200, text: other } : undefined;
      await expect(run.complete(RESULT)).rejects.toMatchObject({ code: 'TRACKING_RACE', details: { version: '1' } });
    }));

  it('says what to do where the server passes no artifacts on', () =>
    withFake(async (_fake, connection) => {
      const upload = uploadArtifact(connection, 's3://bucket/1/run/artifacts', { path: 'a', bytes: MODEL_BYTES }, false);
      await expect(upload).rejects.toMatchObject({
        code: 'TRACKING_REFUSED',
        message: expect.stringContaining('--serve-artifacts'),
      });
    }));
});
