/** The command line as a process: exit codes, streams and files. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { createEncoder, type DatasetSchema } from '@iris/dataset';
import { parseModel } from '@iris/model';
import { readModelFile } from '@iris/model-file';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const SCHEMA = fileURLToPath(new URL('schema/main.ts', import.meta.url));
const REGISTRY = fileURLToPath(new URL('registry/main.ts', import.meta.url));
const WORKSPACE = fileURLToPath(new URL('..', import.meta.url));
const THIRD_DATASET = fileURLToPath(new URL('../../../test/fixtures/third-dataset/', import.meta.url));
const DEADLINE_MS = 50_000;

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-trainer-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function runNode(script: string, args: readonly string[], environment: Record<string, string> = {}): Promise<Result> {
  try {
    const options = { cwd: directory, timeout: DEADLINE_MS, env: { ...process.env, ...environment } };
    return { code: 0, ...(await promisify(execFile)(process.execPath, [script, ...args], options)) };
  } catch (error) {
    const { code, stdout, stderr } = error as Result;
    return { code, stdout, stderr };
  }
}

function trainIris(...more: string[]): Promise<Result> {
  return runNode(MAIN, ['--dataset', 'iris', '--model', 'rf', '--version', '0.1.0', '--out', 'model.json', ...more]);
}

describe('npm run train', () => {
  it('trains, reports and writes a file that reads back', async () => {
    const { code, stdout, stderr } = await trainIris('--evaluate', 'holdout', '--trees', '20');
    expect(code).toBe(0);
    expect(stdout).toMatch(/accuracy {2}0\.9\d+ ± 0\.0\d+\n {2}log-loss {2}0\.\d+ ± .*\n {2}Brier {5}0\.\d+ ± /);
    expect(stdout).toMatch(/ {2}setosa +13 +0 +0\n {2}versicolor /);
    expect(stdout).toContain('model file: model.json\n');
    expect(stderr).toBe('evaluated 1 of 1 fold\n');
    const document = await readModelFile(join(directory, 'model.json'));
    expect(document).toMatchObject({ model: 'rf', version: '0.1.0', training: { seed: 42, options: { trees: 20 } } });
    expect(parseModel(document.parameters).predict([5.1, 3.5, 1.4, 0.2]).classIndex).toBe(0);
    expect(await readdir(directory)).toEqual(['model.json']);
  });

  it.each(['rf', 'gbt', 'svm', 'logreg'])('writes the same bytes for %s in two processes', async (model) => {
    for (const out of ['first.json', 'second.json']) {
      expect((await trainIris('--model', model, '--out', out, '--evaluate', 'holdout')).code).toBe(0);
    }
    const [first, second] = await Promise.all(['first.json', 'second.json'].map((name) => readFile(join(directory, name))));
    expect(second!.equals(first!)).toBe(true);
  });

  it('writes nothing and exits with 1 below --min-accuracy', async () => {
    const { code, stdout, stderr } = await trainIris('--model', 'svm', '--min-accuracy', '0.999');
    expect(code).toBe(1);
    expect(stdout).toContain('accuracy  0.96');
    expect(stderr).toMatch(/evaluated 100 of 100 folds\naccuracy 0\.96\d\d is below --min-accuracy 0\.999: nothing written\n$/);
    expect(await readdir(directory)).toEqual([]);
  });

  it.each([
    [['--model', 'knn'], '--model must be one of auto, rf, gbt, svm, logreg, is "knn"'],
    [['--min-accuracy', '0.9', '--evaluate', 'none'], '--min-accuracy needs an evaluation, and --evaluate none gives none'],
    [['--max-features', '5', '--evaluate', 'none'], 'maxFeatures must be at most the 4 encoded columns, is 5'],
  ])('exits with 2 and one line for %j', async (words, line) => {
    expect(await trainIris(...words)).toMatchObject({ code: 2, stderr: `${line}\n` });
    expect(await readdir(directory)).toEqual([]);
  });

  it('prints help to stdout', async () => {
    const { code, stdout, stderr } = await runNode(MAIN, ['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('--min-accuracy');
  });

  it('exits with 1 and one line when the file cannot be written, before it trains', async () => {
    await writeFile(join(directory, 'occupied'), '');
    const below = await trainIris('--out', 'occupied/model.json');
    expect(below).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/occupied is no directory\n$/) });
    const itself = await trainIris('--out', '.');
    expect(itself).toEqual({ code: 1, stdout: '', stderr: 'the model file . cannot be written: it is a directory\n' });
  });

  it('exits with 2 and says what to write where npm took the options for its own', async () => {
    expect(await runNode(MAIN, ['iris', 'rf'], { npm_config_dataset: 'true', npm_config_model: 'true' })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'npm took --dataset, --model for its own: write -- before the options, as in npm run train -- --dataset iris\n',
    });
  });

  it('leaves nothing behind when interrupted', async () => {
    const args = [MAIN, '--dataset', 'iris', '--model', 'rf', '--version', '0.1.0', '--out', 'model.json'];
    const child: ChildProcess = spawn(process.execPath, args, { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
    const exited = once(child, 'exit');
    // The first line of progress: in the middle of the evaluation.
    await once(child.stderr!, 'data');
    child.kill('SIGINT');
    expect(await exited).toEqual([null, 'SIGINT']);
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('npm run train with one’s own data', () => {
  const dataArgs = ['--version', '1.0.0', '--out', 'own.json', '--schema', join(THIRD_DATASET, 'schema.json')];

  it.each(['rf', 'svm', 'logreg'])('trains %s on mixed features and four classes', async (model) => {
    const args = [
      '--model',
      model,
      '--data',
      join(THIRD_DATASET, 'rows.csv'),
      '--min-accuracy',
      '0.7',
      '--evaluate',
      'holdout',
      ...dataArgs,
    ];
    const { code, stdout } = await runNode(MAIN, args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ {2}peat +\d+ +\d+ +\d+ +\d+\n/);
    const { dataset, reference, parameters } = await readModelFile(join(directory, 'own.json'));
    expect(parseModel(parameters).predict(encodeOne(dataset, [4.3, 60, 'black', 30, 'poor'])).classIndex).toBe(3);
    expect(reference.samples).toHaveLength(120);
  });

  /** Trains on rows of a number and a class. */
  async function trainRows(target: string, classes: readonly string[], rows: string, ...more: string[]): Promise<Result> {
    const schema = { name: 'own', description: 'Rows.', target, classes, features: [{ kind: 'numeric', name: 'a', unit: 'g' }] };
    await writeFile(join(directory, 'schema.json'), JSON.stringify(schema));
    await writeFile(join(directory, 'rows.csv'), `a,${target}\n${rows}`);
    const files = ['--out', 'own.json', '--data', 'rows.csv', '--schema', 'schema.json'];
    return runNode(MAIN, ['--model', 'logreg', '--version', '1.0.0', ...files, ...more]);
  }

  it('says of integer labels with too few rows which they are, and exits with 2', async () => {
    expect(await trainRows('quality', ['3', '5', '9'], `${'1,3\n2,5\n'.repeat(20)}9,9\n`)).toMatchObject({
      code: 2,
      stderr: 'the class "9" has 1 row: evaluation needs at least 2 of each class\n',
    });
  });

  it('refuses a model that never says the rare class by --min-recall, and warns of it by itself', async () => {
    const rows = Array.from({ length: 300 }, (_, row) => `${(row * 7) % 100},${row % 100 === 0 ? 'yes' : 'no'}\n`).join('');
    const train = (...gates: string[]) => trainRows('y', ['no', 'yes'], rows, '--evaluate', 'holdout', ...gates);
    const gated = await train('--min-accuracy', '0.95', '--min-recall', '0.5');
    expect(gated).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/recall: .*\n\n {2}no {3}1\.0000\n {2}yes {2}0\.0000\n/),
    });
    expect(gated.stderr).toMatch(/recall 0\.0000 of the class "yes" is below --min-recall 0\.5: nothing written\n$/);
    expect(await train()).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('is no better than always predicting "no"'),
    });
  });

  it('lists every bad value with file, line and column, and exits with 2', async () => {
    const rows = await readFile(join(THIRD_DATASET, 'rows.csv'), 'utf8');
    const [header, ...lines] = rows.trimEnd().split('\n');
    await writeFile(join(directory, 'bad.csv'), [header, '5,wet,blue,1,good,sand', ...lines, '5,10,pale,,good,loam'].join('\n'));
    expect(await runNode(MAIN, ['--model', 'rf', '--data', 'bad.csv', ...dataArgs])).toEqual({
      code: 2,
      stdout: '',
      stderr: [
        'bad.csv:2:moisture: "wet" is not a number',
        'bad.csv:2:colour: "blue" is none of pale, brown, grey, black',
        'bad.csv:123:organic_matter: is missing',
        'bad.csv:123:soil: "loam" is none of sand, silt, clay, peat',
        '',
      ].join('\n'),
    });
  });
});

describe('npm run train with a file and its target', () => {
  /** Two columns that decide, one with missing values and one of texts, and one that numbers the rows. */
  const ROWS = `id,Total Charges,plan,churn\n${Array.from({ length: 120 }, (_, row) => {
    const isLeaving = row % 3 === 0;
    return `${row},${row % 11 === 0 ? 'NA' : (isLeaving ? 70 : 20) + (row % 17)},${row % 2 ? 'basic' : 'gold'},${isLeaving ? 'yes' : 'no'}`;
  }).join('\n')}\n`;

  it('infers the schema, compares all algorithms, says why it takes one, and writes it with all that was found', async () => {
    await writeFile(join(directory, 'customers.csv'), ROWS);
    const { code, stdout, stderr } = await runNode(MAIN, [
      '--data',
      'customers.csv',
      '--target',
      'churn',
      '--evaluate',
      'holdout',
    ]);
    expect([code, stderr]).toEqual([
      0,
      ['logreg', 'rf', 'gbt', 'svm'].map((model) => `evaluated ${model} 1 of 1 fold\n`).join(''),
    ]);
    expect(stdout).toMatch(/^id +left out +numbers the rows$/m);
    expect(stdout).toContain('comparing all algorithms on customers, 120 samples\n');
    expect(stdout).toMatch(/^ {2}majority +0\.66/m);
    expect(stdout).toMatch(/^(logreg|rf|gbt|svm) (has the lowest log-loss|is the simplest)/m);
    const path = /^model file: (models\/customers-(?:logreg|rf|gbt|svm)\.json)$/m.exec(stdout)![1]!;
    const document = await readModelFile(join(directory, path));
    expect(document.dataset.features).toMatchObject([{ name: 'Total Charges', missing: true }, { name: 'plan' }]);
    expect(document.comparison!.models.map(({ model }) => model)).toEqual(['majority', 'logreg', 'rf', 'gbt', 'svm']);
    expect(document.importance![0]).toMatchObject({ feature: 'Total Charges' });
    expect(document.importance![0]!.low).toBeGreaterThan(0.1);
    expect(document.partialDependence!.map(({ feature }) => feature)).toEqual(['Total Charges', 'plan']);
    expect(document.conformal).toMatchObject({ level: 0.9, thresholds: [expect.any(Number), expect.any(Number)] });
    const missing = encodeOne(document.dataset, [null, 'gold']);
    expect(parseModel(document.parameters).predict(missing).classProbabilities).toHaveLength(2);
  });

  it('says what cannot be learned, with exit code 2', async () => {
    await writeFile(join(directory, 'customers.csv'), ROWS);
    const { code, stderr } = await runNode(MAIN, ['--data', 'customers.csv', '--target', 'Total Charges']);
    expect(code).toBe(2);
    expect(stderr).toContain('customers.csv:Total Charges:');
    expect(await readdir(directory)).toEqual(['customers.csv']);
  });
});

describe('npm run train with a registry', () => {
  const TRAIN = ['--dataset', 'iris', '--model', 'svm', '--evaluate', 'holdout', '--registry', 'registry', '--version'];
  const train = (version: string, ...more: string[]) => runNode(MAIN, [...TRAIN, version, ...more]);
  const current = () => readFile(join(directory, 'registry', 'current_model.txt'), 'utf8');

  it('makes the registry, and puts the first model that passes the floor into service', async () => {
    const refused = await train('0.1.0', '--min-accuracy', '0.999');
    expect(refused).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/the gate refused v0001, which is kept and not put into service; in service: no model\n$/),
    });
    expect(await readdir(join(directory, 'registry'))).not.toContain('current_model.txt');
    const passed = await train('0.1.0', '--out', 'model.json');
    expect(passed).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('in service: v0002 (before: none)\nmodel file: model.json\n'),
    });
    expect(await current()).toBe('v0002\n');
    const inService = await readFile(join(directory, 'registry', 'v0002', 'model.json'));
    expect(inService.equals(await readFile(join(directory, 'model.json')))).toBe(true);
  });

  it('lets two train at once: each is judged against the model that it replaces, and one waits', async () => {
    expect((await train('0.1.0')).code).toBe(0);
    const both = await Promise.all([train('0.2.0'), train('0.3.0')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const against = await Promise.all(
      ['v0002', 'v0003'].map(async (name) => {
        return JSON.parse(await readFile(join(directory, 'registry', name, 'verdict.json'), 'utf8')).current.name;
      }),
    );
    expect(against).toEqual(['v0001', 'v0002']);
    expect(await current()).toBe('v0003\n');
    expect(await runNode(REGISTRY, ['verify', '--registry', 'registry'])).toMatchObject({
      code: 0,
      stdout: 'all is well: 3 versions\n',
    });
  });

  it('says that a registry is not there, and what takes options for its own', async () => {
    const missing = await runNode(REGISTRY, ['list', '--registry', 'nowhere']);
    expect(missing).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^there is no registry at nowhere: /) });
    const taken = await runNode(REGISTRY, ['prune'], { npm_config_keep: '3', REGISTRY_DIR: 'nowhere' });
    expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining('npm took --keep for its own') });
  });
});

describe('npm run build', () => {
  it('gives one file that trains every model as the sources do', async () => {
    const bundle = join(directory, 'trainer.js');
    await promisify(execFile)('npm', ['run', 'build', '--', `--outfile=${bundle}`], { cwd: WORKSPACE, timeout: DEADLINE_MS });
    for (const model of ['rf', 'svm', 'logreg']) {
      const args = ['--dataset', 'iris', '--model', model, '--version', '0.1.0', '--evaluate', 'none'];
      expect(await runNode(bundle, [...args, '--out', 'bundle.json'])).toMatchObject({ code: 0, stderr: '' });
      expect((await runNode(MAIN, [...args, '--out', 'source.json'])).code).toBe(0);
      const [bundled, source] = await Promise.all(['bundle.json', 'source.json'].map((name) => readFile(join(directory, name))));
      expect(bundled!.equals(source!)).toBe(true);
    }
  });
});

function encodeOne(schema: DatasetSchema, sample: readonly (number | string | null)[]): Float64Array {
  const encoder = createEncoder(schema);
  const row = new Float64Array(encoder.size);
  encoder.encode(sample, row, 0);
  return row;
}

describe('npm run schema', () => {
  /** Missing cells, a date, names of all kinds, a column twice, and one without a name. */
  function writeRows(): Promise<void> {
    const lines = Array.from({ length: 120 }, (_, row) => {
      const size = (row % 4) + (row % 2) * 4;
      return [
        row,
        row % 5 ? size : 'NA',
        row % 7 ? 'flat' : '',
        `0${(row % 9) + 1}.05.2026`,
        size / 2,
        'xyz'[row % 3],
        row % 2 ? 'big' : 'small',
      ];
    });
    return writeFile(
      join(directory, 'rows.csv'),
      [['id', 'Size (cm)', '', 'a.b', 'a.b', '$ref', 'kind'], ...lines].map((cells) => `${cells.join(';')}\n`).join(''),
    );
  }

  it('makes the schema by which the same file is trained, with every name and missing value', async () => {
    await writeRows();
    const made = await runNode(SCHEMA, ['rows.csv', '--target', 'kind']);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toMatch(/^Size \(cm\) +numeric +0 to 7 +20 % \(NA\) +whole numbers$/m);
    for (const model of ['rf', 'logreg']) {
      const words = [
        '--data',
        'rows.csv',
        '--schema',
        'schema.json',
        '--model',
        model,
        '--version',
        '1.0.0',
        '--out',
        `${model}.json`,
      ];
      expect(await runNode(MAIN, [...words, '--evaluate', 'holdout'])).toMatchObject({ code: 0 });
      const { dataset } = await readModelFile(join(directory, `${model}.json`));
      expect(dataset.features.map(({ name, kind, missing }) => [name, kind, missing])).toEqual([
        ['Size (cm)', 'numeric', true],
        ['column 3', 'categorical', true],
        ['a.b (column 4)', 'date', undefined],
        ['a.b (column 5)', 'numeric', undefined],
        ['$ref (column)', 'categorical', undefined],
      ]);
    }
  });
});
