import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from './run.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'schema-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function runWith(rows: string, ...argv: string[]) {
  const path = join(directory, 'rows.csv');
  await writeFile(path, rows);
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await run([path, '--out', join(directory, 'schema.json'), ...argv], {}, { stdout, stderr });
  stdout.end();
  stderr.end();
  return { code, stdout: await text(stdout), stderr: await text(stderr), path };
}

const written = async () => JSON.parse(await readFile(join(directory, 'schema.json'), 'utf8'));

const ROWS = `id,Total Charges,plan,y\n${Array.from({ length: 40 }, (_, row) => `${row},${row % 9 || ' '},${row % 2 ? 'basic' : 'gold'},${row % 3 ? 'no' : 'yes'}\n`).join('')}`;

describe('npm run schema', () => {
  it('shows a line for each column, and writes the schema', async () => {
    const { code, stdout, stderr } = await runWith(ROWS, '--target', 'y');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').slice(0, 8)).toEqual([
      'column         is           range or levels  missing  why',
      'id             left out                               numbers the rows',
      'Total Charges  numeric      1 to 8           13 %     whole numbers',
      'plan           categorical  basic, gold               two values',
      'y              target       no 26, yes 14             the target: 2 classes',
      '',
      '40 rows and 4 columns',
      '2 features, 1 column left out, 2 classes',
    ]);
    expect(await written()).toMatchObject({
      name: 'rows',
      target: 'y',
      features: [{ name: 'Total Charges', missing: true }, { name: 'plan' }],
    });
  });

  it('overwrites nothing but with --force', async () => {
    await writeFile(join(directory, 'schema.json'), 'mine');
    const refused = await runWith(ROWS, '--target', 'y');
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('is there already') });
    expect(await readFile(join(directory, 'schema.json'), 'utf8')).toBe('mine');
    expect((await runWith(ROWS, '--target', 'y', '--force')).code).toBe(0);
    expect(await written()).toMatchObject({ target: 'y' });
  });

  it('says what cannot be learned, with exit code 2, and writes nothing', async () => {
    const { code, stderr, path } = await runWith(ROWS, '--target', 'Y!');
    expect([code, stderr]).toEqual([2, `${path}:Y!: the header lacks this column; did you mean "y"?\n`]);
    expect(await readdir(directory)).toEqual(['rows.csv']);
  });

  it('says which rows cannot be read or learned from', async () => {
    const { code, stderr, path } = await runWith(`${ROWS}1,2\n7,3,basic,\n`, '--target', 'y');
    expect([code, stderr.split('\n')]).toEqual([
      0,
      [
        '1 row without y is left out: nothing can be learned from it',
        '1 row cannot be read, and training will refuse the file until it is mended:',
        `${path}:42:row: has 2 cells where the header has 4`,
        '',
      ],
    ]);
  });

  it('says how a file is read that is not as CSV is elsewhere', async () => {
    const rows = ROWS.replaceAll(',', ';').replaceAll(/;(\d);/g, ';$1,5;');
    expect((await runWith(rows, '--target', 'y')).stdout).toContain(
      '40 rows and 4 columns, read as semicolons between columns, decimal commas\n',
    );
  });

  it('ends with 2 where there is no such file, and with 1 where the schema cannot be written', async () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    expect(await run([join(directory, 'none.csv'), '--target', 'y'], {}, { stdout, stderr })).toBe(2);
    stderr.end();
    expect(await text(stderr)).toBe(`cannot read ${join(directory, 'none.csv')}: ENOENT\n`);
    expect((await runWith(ROWS, '--target', 'y', '--out', join(directory, 'none', 'schema.json'))).code).toBe(1);
  });

  it('says what npm took for its own', async () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    expect(await run(['rows.csv', 'y'], { npm_config_target: 'true' }, { stdout, stderr })).toBe(2);
    stderr.end();
    expect(await text(stderr)).toContain('npm took --target for its own');
  });
});
