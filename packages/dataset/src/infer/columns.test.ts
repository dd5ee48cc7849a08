import { describe, expect, it } from 'vitest';
import { decide, fileOf, infer, texts } from './test-tables.ts';

/** Kind of the feature, or the reason why there is none. */
async function kindOf(cells: readonly string[], name?: string) {
  const { feature, reason } = await decide(cells, name);
  return feature?.kind ?? reason;
}

describe('numbers', () => {
  it('are a quantity with the range of the file, and one around it that is plausible', async () => {
    expect((await decide(['1.5', '2', '4'], 'length_cm')).feature).toEqual({
      kind: 'numeric',
      name: 'length_cm',
      unit: 'cm',
      observed: { min: 1.5, max: 4 },
      plausible: { min: 0, max: 29 },
    });
  });

  it.each([
    ['counts', ['0', '1', '2', '5'], 'children'],
    ['years', ['2019', '2020', '2021'], 'year'],
    ['doses', ['50', '100', '250'], 'dose'],
    ['whole numbers that are all different', texts(60, '').map((text) => String(Number(text) ** 2)), 'population'],
  ])('that are %s stay a quantity', async (_case, cells, name) => {
    expect(await kindOf(cells, name)).toBe('numeric');
  });

  it.each([
    ['two values', ['0', '1'], 'senior', '0,1'],
    ['codes by their name', ['1', '2', '10'], 'store_id', '1,2,10'],
    ['codes by their look', ['408', '415', '510'], 'area', '408,415,510'],
    ['codes that begin with a zero', ['01', '10', '02'], 'x', '01,02,10'],
  ])('that are %s are categories, in the order of numbers', async (_case, cells, name, levels) => {
    const { feature, reason } = await decide(cells, name);
    expect(feature).toMatchObject({ kind: 'categorical', levels: levels.split(',') });
    expect(reason).toMatch(/codes|two values/);
  });

  it('in quotes are codes where the file has texts in quotes, and numbers not', async () => {
    const rows = texts(30, '').map((text) => `"${Number(text) % 7}",${text}.5,"${Number(text) % 2 ? 'a' : 'b'}"`);
    const { decisions } = await infer(`"V1","V2","y"\n${rows.join('\n')}\n`);
    expect(decisions.map(({ feature }) => feature?.kind)).toEqual(['categorical', 'numeric', undefined]);
    const everything = await infer(`"V1","V2","y"\n${rows.map((row) => row.replace(/,(\d+\.5),/, ',"$1",')).join('\n')}\n`);
    expect(everything.decisions.map(({ feature }) => feature?.kind)).toEqual(['numeric', 'numeric', undefined]);
  });

  it('that number the rows, or are called an identifier and all different, are left out', async () => {
    expect(await kindOf(texts(60, ''), 'nr')).toBe('numbers the rows');
    const scattered = texts(60, '').map((text) => String((Number(text) * 7919) % 10_007));
    expect(await kindOf(scattered, 'customerID')).toBe('an identifier, by its name');
    expect(await kindOf(scattered, 'distance')).toBe('numeric');
  });

  it('beyond what models learn from are left out', async () => {
    expect(await kindOf(['1', '2.5', '1e60'])).toContain('beyond 1e+50');
  });

  it('with a decimal sign that the other columns do not have are left out', async () => {
    const rows = texts(30, '').map((text) => `${text},5;${text}.5;${text}.25;${Number(text) % 2}`);
    const { decisions } = await infer(`a;b;c;y\n${rows.join('\n')}\n`);
    expect(decisions.map(({ feature, reason }) => feature?.kind ?? reason)).toEqual([
      'its numbers have a decimal ",", those of the other columns "."',
      'numeric',
      'numeric',
      'the target: 2 classes',
    ]);
  });

  it('with a few cells that are none are left out, with the place of the first', async () => {
    const cells = texts(300, '').map((text, index) => (index % 30 === 7 ? `${text}?!` : String(Number(text) * 3)));
    expect(await kindOf(cells, 'price')).toBe(
      '96 % of it are numbers, but not "7?!" on line 9: mend the others, or name them with --missing',
    );
    const codes = texts(600, '').map((_, index) => (index % 20 === 7 ? `V${index % 9}` : String(400 + (index % 100))));
    expect((await decide(codes, 'diagnosis')).feature).toMatchObject({ kind: 'categorical' });
  });

  it('with one slip in a hundred stay numbers, and the slip is said and missing', async () => {
    const cells = texts(300, '').map((text, index) => (index === 7 ? '4O' : text.padStart(1)));
    expect(await decide([...cells].reverse(), 'age')).toMatchObject({
      feature: { kind: 'numeric', missing: true },
      missing: 1,
      reason: 'whole numbers; no number, and taken for missing: "4O"',
    });
  });

  it.each([['$1,234.50', '$5.00'], ['5 %'], ['1\u2019234', '5'], ['5 kg']])(
    'written as %j are left out, with what to do',
    async (...examples) => {
      const cells = texts(60, '').map((text, index) => examples[index % examples.length]!.replace('5', text));
      expect(await kindOf(cells)).toMatch(/^numbers that are written as ".*": write them with digits and a decimal sign alone$/);
    },
  );
});

describe('texts', () => {
  it('are categories, in natural order', async () => {
    expect((await decide(['level 10', 'level 2', 'Level 1'])).feature).toMatchObject({
      levels: ['Level 1', 'level 2', 'level 10'],
    });
    expect((await decide(['1', '3+', '2'])).feature).toMatchObject({ levels: ['1', '2', '3+'] });
  });

  it('of one value are left out, unless it is missing elsewhere', async () => {
    expect(await kindOf(['same'])).toBe('is always "same"');
    expect((await decide(['Y', ''])).feature).toEqual({ kind: 'categorical', name: 'x', levels: ['Y'], missing: true });
    expect(await kindOf(['', 'NA'])).toBe('is always missing');
  });

  it('that differ in every row, or nearly, are left out', async () => {
    expect(await kindOf(texts(60, 'u'))).toBe('an identifier: each row has a value of its own');
    expect(await kindOf([...texts(40, 'u'), ...texts(20, 'u')])).toBe('nearly an identifier: 40 different values in 60 rows');
    expect(await kindOf(texts(60, 'I liked it because of number '))).toBe('free text, 7 words on average');
  });

  it('of up to 255 levels keep them all; beyond, the rarest are grouped under a name that is free', async () => {
    const kept = await decide([...texts(255, 'c'), ...texts(255, 'c'), ...texts(255, 'c')]);
    expect(kept.feature).toMatchObject({ levels: expect.objectContaining({ length: 255 }) });
    expect(kept.feature).not.toHaveProperty('other');
    const often = [
      ...texts(300, 'c'),
      ...texts(300, 'c'),
      ...texts(200, 'c'),
      ...texts(200, 'c'),
      'other',
      'other',
      'other',
      'other',
      'other',
    ];
    const { feature, reason } = await decide(often);
    expect(feature).toMatchObject({ other: 'other 2', levels: expect.objectContaining({ length: 255 }) });
    expect(feature).toMatchObject({ levels: expect.arrayContaining(['c0', 'c199', 'other', 'other 2']) });
    expect(reason).toBe('texts; 301 of them: the 254 most frequent, and "other 2" for the rest');
  });

  it('that differ in how their letters are composed are one level', async () => {
    expect((await decide(['é', 'e\u0301', 'a'])).feature).toMatchObject({ levels: ['a', 'é'] });
  });

  it('may say that unknown levels are accepted later', async () => {
    expect((await decide(['a', 'b'], 'x', { unknownLevels: 'accept' })).feature).toMatchObject({ unknownLevels: 'accept' });
  });
});

describe('dates', () => {
  it('keep the format of the file and have days as a range', async () => {
    expect((await decide(['31.12.2025', '01.02.2026', ''])).feature).toEqual({
      kind: 'date',
      name: 'x',
      format: 'dd.mm.yyyy',
      observed: { min: '2025-12-31', max: '2026-02-01' },
      missing: true,
    });
  });

  it('with days up to 12 alone are read as the other dates of the file, or as its numbers suggest, and the doubt is said', async () => {
    const alone = await decide(['3/4/2026', '5/6/2026']);
    expect(alone.feature).toMatchObject({ format: 'mm/dd/yyyy' });
    expect(alone.reason).toBe('dates as mm/dd/yyyy; dd/mm/yyyy would fit too: change "format" if it is that');
    const { decisions } = await infer(fileOf({ a: ['3/4/2026', '5/6/2026'], b: ['13/4/2026', '15/6/2026'] }));
    expect(decisions[0]!.feature).toMatchObject({ format: 'dd/mm/yyyy' });
    const semicolons = fileOf({ a: ['3/4/2026', '5/6/2026'] }).replaceAll(',', ';');
    expect((await infer(semicolons)).decisions[0]!.feature).toMatchObject({ format: 'dd/mm/yyyy' });
  });

  it('without separators are dates where there are enough of them', async () => {
    const days = texts(28, '').map((text) => `202601${String(Number(text) + 1).padStart(2, '0')}`);
    expect(await kindOf(days)).toBe('date');
    expect(await kindOf(days.map((day) => day.replace('2026', '9026')))).toBe('numeric');
  });
});

describe('missing values', () => {
  it('are known texts, and any word among numbers', async () => {
    expect(await decide([...texts(20, ''), 'not asked'])).toMatchObject({
      feature: { kind: 'numeric', missing: true },
      missing: 2,
      missingTokens: ['not asked'],
    });
    expect(await decide(['a', 'b', 'NA', '?', ''])).toMatchObject({
      feature: { levels: ['a', 'b'], missing: true },
      missing: 36,
      missingTokens: ['NA', '?'],
    });
  });

  it('may be a dash or none among numbers; among texts it is a level, unless another column shows what it means', async () => {
    expect(await decide(['1.5', '2.5', '-'])).toMatchObject({
      feature: { kind: 'numeric', missing: true },
      missingTokens: ['-'],
    });
    expect(await decide(['basic', 'gold', 'none'])).toMatchObject({ feature: { levels: ['basic', 'gold', 'none'] }, missing: 0 });
    const { decisions } = await infer(fileOf({ a: ['basic', 'gold', '-'], b: ['1.5', '2.5', '3.5', '-'] }));
    expect(decisions[0]).toMatchObject({ feature: { levels: ['basic', 'gold'], missing: true }, missingTokens: ['-'] });
  });

  it('are NA, but not among codes of countries', async () => {
    const codes = 'AT BE BG CH CZ DE DK ES FI FR GB GR HU IE IT NL NO PL PT RO SE NA'.split(' ');
    expect((await decide(codes, 'country')).feature).toMatchObject({ levels: expect.arrayContaining(['NA']) });
  });

  it('are what --missing says, wherever it stands', async () => {
    expect(await decide(['5', '7.5', '-999'], 'x', { missing: ['-999'] })).toMatchObject({
      feature: { kind: 'numeric', observed: { min: 5, max: 7.5 }, missing: true },
      missingTokens: ['-999'],
    });
  });

  it('leave a feature without any as it is', async () => {
    expect((await decide(['1', '2.5'])).feature).not.toHaveProperty('missing');
  });
});

describe('names', () => {
  it('of columns are kept, and said where they had to be made', async () => {
    const file = fileOf({ 'Total Charges': ['1.5', '2'], 'plant.stand': ['3.5', '4'], constructor: ['a', 'b'] });
    expect((await infer(file)).schema.features.map(({ name }) => name)).toEqual(['Total Charges', 'plant.stand', 'constructor']);
    const header = file.replace('Total Charges,plant.stand,constructor', ',same,same');
    const { decisions } = await infer(header);
    expect(decisions.map(({ column, reason }) => [column, reason])).toEqual([
      ['column 1', 'numbers; has no name in the header'],
      ['same (column 2)', 'numbers; in the header "same"'],
      ['same (column 3)', 'two values; in the header "same"'],
      ['y', 'the target: 2 classes'],
    ]);
  });
});
