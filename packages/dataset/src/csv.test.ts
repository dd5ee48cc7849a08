import { describe, expect, it } from 'vitest';
import { parseCsvDataset, readCsvDataset } from './csv.ts';
import { samplesOf } from './dataset.ts';
import { DatasetError, describeProblem } from './errors.ts';
import { parseDatasetSchema } from './parse-schema.ts';

const SCHEMA = {
  name: 'soil',
  description: 'Soil.',
  target: 'kind',
  classes: ['clay', 'sand'],
  features: [
    { kind: 'numeric', name: 'ph', unit: '1', plausible: { min: 0, max: 14 } },
    { kind: 'categorical', name: 'colour', levels: ['red', 'brown'] },
    { kind: 'numeric', name: 'depth', unit: 'cm' },
  ],
};

const parse = (csv: string, schema: unknown = SCHEMA) => parseCsvDataset(new TextEncoder().encode(csv), schema);

function problemsOf(csv: string, schema: unknown = SCHEMA): string[] {
  try {
    parse(csv, schema);
  } catch (error) {
    expect(error).toBeInstanceOf(DatasetError);
    return (error as DatasetError).problems.map(describeProblem);
  }
  return [];
}

describe('parseCsvDataset', () => {
  it('reads columns by name in any order, ignores others, and fills in the ranges', () => {
    const csv = '\uFEFFcolour,note,depth,ph,kind\r\nred,"a, ""b""",10,6.5,clay\r\n\r\nbrown,,30,7,sand\r\n';
    const dataset = parse(csv);
    const { schema, labels } = dataset;
    expect(samplesOf(dataset)).toEqual([
      [6.5, 'red', 10],
      [7, 'brown', 30],
    ]);
    expect([...labels]).toEqual([0, 1]);
    expect(schema.features[0]).toMatchObject({ observed: { min: 6.5, max: 7 }, plausible: { min: 0, max: 14 } });
    // Ten observed widths to either side, but not below zero where nothing observed is.
    expect(schema.features[2]).toMatchObject({ observed: { min: 10, max: 30 }, plausible: { min: 0, max: 230 } });
  });

  it('tells every bad cell with line and column, all at once', () => {
    const csv = 'ph,colour,depth,kind\n6,red,1,clay\n,blue,x,silt\n70,red,1,sand\n6,red,1\n';
    expect(problemsOf(csv)).toEqual([
      'line 3, ph: is missing',
      'line 3, colour: "blue" is none of red, brown',
      'line 3, depth: "x" is not a number',
      'line 3, kind: "silt" is none of clay, sand',
      'line 4, ph: 70 is outside the plausible range 0 to 14',
      'line 5, row: has 3 cells where the header has 4',
    ]);
  });

  it('counts lines as an editor does, also after a cell of two lines', () => {
    expect(problemsOf('note,ph,colour,depth,kind\n"a\nb",6,red,1,clay\n,6,red,,sand\n')).toEqual(['line 4, depth: is missing']);
  });

  it.each([
    ['an empty file', '', 'line 1, file: there is no header'],
    ['a header alone', 'ph,colour,depth,kind\n', 'line 1, file: there is no row below the header'],
    ['a column that is missing', 'ph,depth,kind\n1,1,clay\n', 'line 1, colour: the header lacks this column'],
    ['a column that is there twice', 'ph,ph,colour,depth,kind\n1,1,red,1,clay\n', 'line 1, ph: the header has this column twice'],
    ['a quote that does not close', 'ph,colour,depth,kind\n"6,red,1,clay\n', 'line 2, row: is not CSV: a quote is not closed'],
    ['a workbook', 'PK\u0003\u0004\n', 'line 1, file: this is a workbook of Excel or LibreOffice: save it as CSV'],
    ['a class without a row', 'ph,colour,depth,kind\n6,red,1,clay\n', 'kind: no row has the class "sand"'],
    ['Infinity and NaN', 'ph,colour,depth,kind\nInfinity,red,NaN,clay\n', 'line 2, ph: "Infinity" is not a number'],
  ])('refuses %s', (_case, csv, problem) => {
    expect(problemsOf(csv).join('\n')).toContain(problem);
  });

  it('reads what a French spreadsheet saves: semicolons, decimal commas, Windows-1252', () => {
    const text = 'ph;colour;depth;kind\r\n6,5;rouge foncé;1,5;clay\r\n7;brown;2;sand\r\n';
    const features = SCHEMA.features.with(1, { kind: 'categorical', name: 'colour', levels: ['rouge foncé', 'brown'] });
    const dataset = parseCsvDataset(Buffer.from(text, 'latin1'), { ...SCHEMA, features });
    expect(samplesOf(dataset)).toEqual([
      [6.5, 'rouge foncé', 1.5],
      [7, 'brown', 2],
    ]);
    expect(dataset.format).toMatchObject({ separator: ';', decimalSign: ',', encoding: 'windows-1252' });
  });

  it('takes the largest numbers that it takes at all, without a range beyond them', () => {
    const { schema } = parse('ph,colour,depth,kind\n6,red,1e50,clay\n6,red,-1e50,sand\n');
    expect(schema.features[2]).toMatchObject({ plausible: { min: -1e50, max: 1e50 } });
    expect(parseDatasetSchema(schema)).toEqual(schema);
  });

  it.each(['1e200', '-1.7976931348623157E308'])('refuses %s, whose square is no number, with line and column', (value) => {
    expect(problemsOf(`ph,colour,depth,kind\n6,red,1,clay\n6,red,${value},sand\n`)).toEqual([
      expect.stringMatching(/^line 3, depth: .* is too large to learn from: numbers go up to 1e\+50/),
    ]);
  });

  it('takes semicolons inside of cells for what they are', () => {
    const csv = '"a;b",ph,colour,depth,kind\n;,6,red,1,clay\n;,7,red,2,sand\n';
    expect([...parse(csv).labels]).toEqual([0, 1]);
  });

  it('tells a faulty schema before it reads a row', () => {
    expect(problemsOf('ph\n1\n', { ...SCHEMA, classes: [] })).toEqual(['/classes: must NOT have fewer than 2 items']);
  });
});

describe('parseCsvDataset with missing values, dates and open levels', () => {
  const features = [
    { kind: 'numeric', name: 'ph', unit: '1', missing: true },
    { kind: 'categorical', name: 'colour', levels: ['red', 'NA', 'rest'], other: 'rest', missing: true },
    { kind: 'date', name: 'taken', format: 'dd.mm.yyyy' },
  ];
  const schema = { ...SCHEMA, features, missingTokens: ['NA', '?'] };

  it('reads tokens and empty cells as missing, unless a level has that name', () => {
    const dataset = parse('ph,colour,taken,kind\n?,NA,01.05.2026,clay\n7,,2026-05-03,sand\n NA ,?,2.5.2026,sand\n', schema);
    expect(samplesOf(dataset)).toEqual([
      [null, 'NA', '2026-05-01'],
      [7, null, '2026-05-03'],
      [null, null, '2026-05-02'],
    ]);
    expect(dataset.schema.features[0]).toMatchObject({ observed: { min: 7, max: 7 } });
    expect(dataset.schema.features[2]).toMatchObject({ observed: { min: '2026-05-01', max: '2026-05-03' } });
  });

  it('counts every other text as the level that stands for them', () => {
    const dataset = parse('ph,colour,taken,kind\n1,blue,01.05.2026,clay\n7,red,01.05.2026,sand\n', schema);
    expect([...dataset.columns[1]!]).toEqual([2, 0]);
  });

  it('leaves out rows without a class, and counts them', () => {
    const dataset = parse('ph,colour,taken,kind\n1,red,01.05.2026,\n1,red,01.05.2026,clay\n7,red,01.05.2026,sand\n', schema);
    expect([dataset.unlabelled, [...dataset.labels]]).toEqual([1, [0, 1]]);
  });

  it('refuses what is no day, a missing day where none may be, and a column without any value', () => {
    const csv = 'ph,colour,taken,kind\n,red,31.02.2026,clay\n,red,,sand\n';
    expect(problemsOf(csv, schema)).toEqual([
      'line 2, taken: "31.02.2026" is no date such as 01.05.2026',
      'line 3, taken: is missing',
    ]);
    expect(problemsOf('ph,colour,taken,kind\n,red,01.05.2026,clay\n,red,01.05.2026,sand\n', schema)).toEqual([
      'ph: no row has a value here: leave the column out',
    ]);
  });

  it('is read in parts of any size', async () => {
    const bytes = new TextEncoder().encode('ph,colour,taken,kind\n1,rouge foncé,01.05.2026,clay\n7,red,01.05.2026,sand\n');
    const parts = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(samplesOf(await readCsvDataset(parts, schema))).toEqual(samplesOf(parseCsvDataset(bytes, schema)));
  });
});
