import { describe, expect, it } from 'vitest';
import { parseCsvDataset } from './csv.ts';
import { DatasetError, describeProblem } from './errors.ts';

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

function problemsOf(csv: string, schema: unknown = SCHEMA): string[] {
  try {
    parseCsvDataset(csv, schema);
  } catch (error) {
    expect(error).toBeInstanceOf(DatasetError);
    return (error as DatasetError).problems.map(describeProblem);
  }
  return [];
}

describe('parseCsvDataset', () => {
  it('reads columns by name in any order, ignores others, and fills in the ranges', () => {
    const csv = '\uFEFFcolour,note,depth,ph,kind\r\nred,"a, ""b""",10,6.5,clay\r\n\r\nbrown,,30,7,sand\r\n';
    const { schema, samples, labels } = parseCsvDataset(csv, SCHEMA);
    expect(samples).toEqual([
      [6.5, 'red', 10],
      [7, 'brown', 30],
    ]);
    expect(labels).toEqual([0, 1]);
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
    ['an empty file', '', 'line 1, file: there is no row below the header'],
    ['a header alone', 'ph,colour,depth,kind\n', 'line 1, file: there is no row below the header'],
    ['a column that is missing', 'ph,depth,kind\n1,1,clay\n', 'line 1, colour: the header lacks this column'],
    ['a column that is there twice', 'ph,ph,colour,depth,kind\n1,1,red,1,clay\n', 'line 1, ph: the header has this column twice'],
    ['a quote that does not close', 'ph,colour,depth,kind\n"6,red,1,clay\n', 'is not CSV'],
    ['a class without a row', 'ph,colour,depth,kind\n6,red,1,clay\n', 'kind: no row has the class "sand"'],
    ['Infinity and NaN', 'ph,colour,depth,kind\nInfinity,red,NaN,clay\n', 'line 2, ph: "Infinity" is not a number'],
  ])('refuses %s', (_case, csv, problem) => {
    expect(problemsOf(csv).join('\n')).toContain(problem);
  });

  it.each([
    ['";"', 'ph;colour;depth;kind\n6,5;red;1,5;clay\n'],
    ['";"', '\uFEFF"ph";"colour";"depth";"kind"\r\n6;red;1;clay\r\n'],
    ['tabs', 'kind\tph\tcolour\tdepth\nclay\t6\tred\t1\n'],
    ['"|"', 'ph | colour | depth | kind\n6 | red | 1 | clay\n'],
  ])('tells in one line that columns are separated by %s', (separator, csv) => {
    expect(problemsOf(csv)).toEqual([
      `line 1, file: columns are separated by ${separator}: save the file with commas, and numbers with decimal points`,
    ]);
  });

  it('takes semicolons inside of cells for what they are', () => {
    const csv = '"a;b",ph,colour,depth,kind\n;,6,red,1,clay\n;,7,red,2,sand\n';
    expect(parseCsvDataset(csv, SCHEMA).labels).toEqual([0, 1]);
  });

  it('tells a faulty schema before it reads a row', () => {
    expect(problemsOf('ph\n1\n', { ...SCHEMA, classes: [] })).toEqual(['/classes: must NOT have fewer than 2 items']);
  });
});
