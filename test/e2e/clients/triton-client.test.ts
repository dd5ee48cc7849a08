/** The official client of the Open Inference Protocol judges the API. Runs when IRIS_PYTHON_CLIENTS=1: it needs Python and its packages. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { preparePython } from '../../../scripts/python-environment.ts';
import { type ApiProcess, startApiProcess } from '../support/api-process.ts';

const CHECKS = [
  'health',
  'model_ready',
  'server_metadata',
  'model_metadata',
  'repository_index',
  'one_row',
  'all_150_rows',
  'float32',
  'json_in_and_out',
  'binary_in_json_out',
  'json_in_binary_out',
  'one_output',
  'id_and_version',
  'gzip_and_deflate',
  'wrong_shape',
  'wrong_datatype',
  'not_a_number',
  'unknown_names',
  'unsupported_routes',
  'api_key',
  'mixed_data',
];
const API_KEY = 'key-of-the-test';
/** The first run installs packages. */
const INSTALL_MS = 300_000;

interface Outcome {
  readonly client: string;
  readonly check: string;
  /** Trace of the failure; null when the check passed. */
  readonly error: string | null;
}

const apis: ApiProcess[] = [];
let outcomes: Outcome[] = [];

beforeAll(async () => {
  const python = preparePython('requirements.txt');
  for (const file of ['iris-rf.json', 'churn-logreg.json']) {
    apis.push(await startApiProcess({ MODEL_FILE: join(inject('models'), file), API_KEY }));
  }
  const script = join(import.meta.dirname, 'triton_check.py');
  const { stdout } = await promisify(execFile)(python, [script, ...apis.map(({ port }) => `127.0.0.1:${port}`), API_KEY]);
  outcomes = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}, INSTALL_MS);

afterAll(() => Promise.all(apis.map((api) => api.terminate())));

describe.each(['blocking', 'asyncio'])('tritonclient, %s', (client) => {
  it.each(CHECKS)('%s', (check) => {
    expect(outcomes.filter((outcome) => outcome.client === client && outcome.check === check)).toEqual([
      { client, check, error: null },
    ]);
  });
});

describe('the script', () => {
  it('makes no check that is not listed here', () => {
    expect(outcomes.filter(({ check }) => !CHECKS.includes(check))).toEqual([]);
  });
});
