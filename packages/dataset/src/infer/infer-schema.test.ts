import { describe, expect, it } from 'vitest';
import { parseCsvDataset } from '../csv.ts';
import { fileOf, infer, texts } from './test-tables.ts';

const ROWS = fileOf({ a: ['1.5', '2', ''], plan: ['basic', 'gold', 'none'], day: ['01.05.2026', '-', '02.05.2026'] });

/** The sentence with which a target is refused. */
async function refusal(cells: readonly string[], target = 'y'): Promise<string> {
  const rows = cells.map((cell, index) => `${index / 7},${cell}`);
  const refused = infer(`a,y\n${rows.join('\n')}\n`, { target });
  await expect(refused).rejects.toMatchObject({ code: 'DATASET_TARGET_UNSUITABLE' });
  return refused.catch((error) => error.problems[0].detail);
}

describe('a schema', () => {
  it('is complete, and a file is read by it without a fault', async () => {
    const { schema } = await infer(ROWS, { name: 'My Rows (2026)' });
    expect(schema).toEqual({
      name: 'my-rows-2026',
      description: 'y, from 3 columns of My Rows (2026).',
      target: 'y',
      classes: ['no', 'yes'],
      features: [
        { kind: 'numeric', name: 'a', observed: { min: 1.5, max: 2 }, plausible: { min: 0, max: 7 }, missing: true },
        { kind: 'categorical', name: 'plan', levels: ['basic', 'gold', 'none'] },
        { kind: 'date', name: 'day', format: 'dd.mm.yyyy', observed: { min: '2026-05-01', max: '2026-05-02' }, missing: true },
      ],
      missingTokens: ['-'],
    });
    const { schema: read, labels, columns } = parseCsvDataset(new TextEncoder().encode(ROWS), schema);
    expect(read).toEqual(schema);
    expect([labels.length, columns.length]).toEqual([60, 6]);
  });

  it.each(['été 2026', '2026', '日本', 'x'.repeat(100)])(
    'has a name that can be an identifier, of a file called %j',
    async (name) => {
      expect((await infer(ROWS, { name })).schema.name).toMatch(/^[a-z][a-z0-9-]{0,62}$/);
    },
  );

  it('takes up to 2,000 features, and says how many are too many', async () => {
    const table = (width: number) => fileOf(Object.fromEntries(texts(width, 'f').map((name) => [name, ['1.5', '2', '3']])), 6);
    expect((await infer(table(2000))).schema.features).toHaveLength(2000);
    await expect(infer(table(2001))).rejects.toThrow('2001 columns could be learned from, and a model takes 2000');
  });

  it('needs a column to learn from', async () => {
    await expect(infer(fileOf({ a: ['same'] }))).rejects.toThrow('no column is left to learn from: "a": is always "same"');
  });

  it('needs rows', async () => {
    await expect(infer('a,y\n')).rejects.toThrow('there is no row below the header');
    await expect(infer('a,y\n1,5,p\n2,5,q\n')).rejects.toThrow('could be read: line 2 has 3 cells where the header has 2');
  });
});

describe('a target', () => {
  it('has its classes in natural order, with their rows', async () => {
    const { schema, classCounts } = await infer(
      `a,y\n${[10, 9, 10, 9, 10, 3, 3].map((label, row) => `${row}.5,${label}`).join('\n')}`,
    );
    expect([schema.classes, classCounts]).toEqual([
      ['3', '9', '10'],
      [2, 2, 3],
    ]);
  });

  it('may be missing: such rows are counted, and left out where the file is read', async () => {
    const text = 'a,y\n1.5,no\n2,\n3,yes\n4,?\n5.5,no\n6,yes\n';
    const { schema, rowsWithoutTarget, classCounts } = await infer(text);
    expect([rowsWithoutTarget, classCounts]).toEqual([2, [2, 2]]);
    expect(parseCsvDataset(new TextEncoder().encode(text), schema)).toMatchObject({
      unlabelled: 2,
      labels: Int32Array.of(0, 1, 0, 1),
    });
  });

  it('may have a class that is called none', async () => {
    const { schema } = await infer(
      `a,y\n${['none', 'some', 'none', 'some'].map((label, row) => `${row}.5,${label}`).join('\n')}`,
    );
    expect(schema.classes).toEqual(['none', 'some']);
  });

  it('that is a quantity is refused, with what to do', async () => {
    const sentence = /this looks like a regression, which Iris does not do\. Make classes of it/;
    expect(await refusal(texts(60, '').map((text) => `${text}.5`))).toMatch(sentence);
    expect(await refusal(texts(60, ''))).toMatch(sentence);
    expect(await refusal(texts(5000, ''))).toMatch(sentence);
  });

  it('of a few numbers, also with fractions, or of many with enough rows, has classes', async () => {
    const classesOf = async (cells: readonly string[]) =>
      (await infer(`a,y\n${cells.map((cell, row) => `${row}.5,${cell}`).join('\n')}\n`)).schema.classes.length;
    expect(await classesOf(texts(60, '').map((text) => String((Number(text) % 9) / 2)))).toBe(9);
    expect(await classesOf(texts(2000, '').map((text) => String(Number(text) % 80)))).toBe(80);
  });

  it('of one class, or of none, is refused', async () => {
    expect(await refusal(['x', 'x', 'x'])).toBe('is "x" in every row: with one class there is nothing to learn');
    expect(await refusal(['NA', '', '?'])).toBe('is missing in every row');
  });

  it('with a class of one row is refused, by the name of the class', async () => {
    expect(await refusal(['x', 'x', 'z', 'w', 'w'])).toMatch(/^a class has one row only: "z"\. A class needs two rows/);
  });

  it('of more than a thousand texts is refused', async () => {
    expect(await refusal([...texts(1001), ...texts(1001)])).toBe('has more than 1000 classes; is it the column to predict?');
  });

  it.each([
    ['Y', 'the header lacks this column; did you mean "y"?'],
    ['target', 'the header lacks this column; it has "a", "y"'],
  ])('that is not there is refused: %j', async (target, sentence) => {
    expect(await refusal(['p', 'q', 'p', 'q'], target)).toBe(sentence);
  });

  it('with a class that JSON or a line cannot hold is refused', async () => {
    expect(await refusal(['__proto__', 'q', '__proto__', 'q'])).toContain('no class can be called "__proto__"');
    expect(await refusal(['"a\nb"', 'q', '"a\nb"', 'q'])).toContain('no class can be called "a\\nb"');
  });

  it('whose name is there twice has to be said by its position', async () => {
    const text = 'y,a,y\np,1.5,q\nq,2.5,p\np,3,q\nq,4,p\n';
    await expect(infer(text)).rejects.toThrow('the header has this column 2 times: say "y (column 1)" or "y (column 3)"');
    const { schema } = await infer(text, { target: 'y (column 3)' });
    expect([schema.target, schema.classes]).toEqual(['y (column 3)', ['p', 'q']]);
  });
});
