import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeFormat, describeProblems } from './describe-problems.ts';
import { loadDataset } from './load-dataset.ts';

const OUTPUT = { stdout: new PassThrough(), stderr: new PassThrough() };

const SCHEMA = {
  name: 'tiny',
  description: 'Two rows.',
  target: 'kind',
  classes: ['a', 'b'],
  features: [{ kind: 'numeric', name: 'size', unit: 'cm' }],
};

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-trainer-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function loadFiles(csv: string | Uint8Array, schema: string | Uint8Array) {
  const source = { kind: 'files', dataPath: join(directory, 'rows.csv'), schemaPath: join(directory, 'schema.json') } as const;
  await writeFile(source.dataPath, csv);
  await writeFile(source.schemaPath, schema);
  return await loadDataset(source, OUTPUT);
}

describe('loadDataset', () => {
  it('loads what comes with the project', async () => {
    expect((await loadDataset({ kind: 'named', name: 'iris' }, OUTPUT)).labels).toHaveLength(150);
    expect((await loadDataset({ kind: 'named', name: 'churn' }, OUTPUT)).labels).toHaveLength(2000);
  });

  it('loads one’s own rows', async () => {
    const { columns, labels } = await loadFiles('size,kind\n1,a\n2,b\n', JSON.stringify(SCHEMA));
    expect([[...columns[0]!], [...labels]]).toEqual([
      [1, 2],
      [0, 1],
    ]);
  });

  it('loads what a French spreadsheet and a Windows editor save, and says how it was read', async () => {
    const schema = { ...SCHEMA, target: 'espèce', classes: ['chêne', 'frêne'] };
    const csv = Buffer.from('size;espèce\r\n1,5;chêne\r\n2;frêne\r\n', 'latin1');
    const { columns, labels, format } = await loadFiles(csv, Buffer.from(`\uFEFF${JSON.stringify(schema)}`, 'utf16le'));
    expect([[...columns[0]!], [...labels]]).toEqual([
      [1.5, 2],
      [0, 1],
    ]);
    expect(describeFormat(format!)).toBe('windows-1252, semicolons between columns, decimal commas');
    expect(describeFormat((await loadFiles('size,kind\n1,a\n2,b\n', JSON.stringify(SCHEMA))).format!)).toBeUndefined();
  });

  it('tells file, line and column of every bad value at once', async () => {
    const failure = loadFiles('size,kind\nbig,a\n2,c\n', JSON.stringify(SCHEMA));
    await expect(failure).rejects.toThrow(/rows\.csv:2:size: "big" is not a number\n.*rows\.csv:3:kind: "c" is none of a, b/);
  });

  it('names the schema file when that is wrong', async () => {
    await expect(loadFiles('size,kind\n1,a\n', '{"name":')).rejects.toThrow(/schema\.json is not JSON: /);
    await expect(loadFiles('size,kind\n1,a\n', '{}')).rejects.toThrow(/schema\.json:\/: must have required property 'name'/);
  });

  it('names a file that cannot be read', async () => {
    const source = { kind: 'files', dataPath: join(directory, 'absent.csv'), schemaPath: directory } as const;
    await expect(loadDataset(source, OUTPUT)).rejects.toThrow(/cannot read .*(absent\.csv: ENOENT|: EISDIR)/);
  });
});

describe('describeProblems', () => {
  it('shows the first twenty and counts the rest', () => {
    const problems = Array.from({ length: 33 }, (_, index) => ({ line: index + 2, where: 'size', detail: 'is missing' }));
    const lines = describeProblems('rows.csv', problems).split('\n');
    expect(lines).toHaveLength(21);
    expect(lines[0]).toBe('rows.csv:2:size: is missing');
    expect(lines[20]).toBe('and 13 more');
  });
});
