import { describe, expect, it } from 'vitest';
import { definitionsOf, IRIS } from '../test-tools.ts';
import { completeSample } from './complete-sample.ts';
import { readDomain } from './domain.ts';
import { readValues } from './read-values.ts';

const domain = readDomain(definitionsOf(IRIS));
const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

describe('readValues', () => {
  it.each([
    'length 5.1 cm and width 3.5 cm for the sepal; petal length 1.4, petal width 0.2',
    'petal 1.4 long .2 wide, sepal length 5.1, sepal width 3.5',
    '5.1 by 3.5 sepals, 1.4 by 0.2 petals',
    'sepals: 5.1 long, 3.5 wide. petals: 1.4 long, 0.2 wide',
    'sépale 51 mm de long et 35 mm de large, pétale 1,4 cm de long et 0,2 cm de large',
    'long sep 5,1 larg sep 3,5 long pet 1,4 larg pet 0,2',
    'all in mm: sepal length 51, sepal width 35, petal length 14, petal width 2',
    '0.2 wide and 1.4 long for the petal, 3.5 wide and 5.1 long for the sepal',
    'length 1.4, width 0.2 for the petal; length 5.1, width 3.5 for the sepal',
    '1,4 cm de long, 0,2 cm de large pour le pétale, sépale 5,1 cm de long et 3,5 cm de large',
    '5,1 et 3,5 pour le sépale (longueur, largeur), 1,4 et 0,2 pour le pétale (longueur, largeur)',
    'sepals 51 mm long and 35 wide, petals 14 mm long and 2 wide',
    '5.1 in length and 3.5 in width for sepals, 1.4 in length and 0.2 in width for petals',
    'petal l 1.4, petal w 0.2, sepal l 5.1, sepal w 3.5',
  ])('finds every value by its name, wherever that stands: %j', (text) => {
    expect(readValues(text, domain)).toEqual({ named: expect.objectContaining(SAMPLE), rows: [], loose: [] });
  });

  it.each([
    ['the date 2026-11-21, version 0.2.0, request garden-17', []],
    ['the last 5 predictions', []],
    ['these 4 values: 1 2 3 4', [1, 2, 3, 4]],
    ['two flowers: 1 2 3 4 and 5 6 7 8', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['1st: 1.5 2 3 4. 2nd: 5 6 7 8', [1.5, 2, 3, 4, 5, 6, 7, 8]],
    ['sample 1: 1.5 2 3 4; sample 2: 5 6 7 8', [1.5, 2, 3, 4, 5, 6, 7, 8]],
    ['between 1 and 15 April 2025, v1 and v2.0', []],
    ['my number is 06 12 34 56 78, or +33 6 12 34 56 78, or (555) 123-4567', []],
    ['1) 1.5 2 3 4\n2) 5 6 7 8', [1.5, 2, 3, 4, 5, 6, 7, 8]],
    ['-1 2 3 4', [-1, 2, 3, 4]],
  ])('takes for values only what is one: %j', (text, loose) => {
    expect(readValues(text.replace('two', '2'), domain).loose.map(({ value }) => value)).toEqual(loose);
  });
});

describe('completeSample', () => {
  const complete = (text: string, known = {}) => completeSample(readValues(text, domain, known), domain, known);

  it('fills what is open with numbers in order, and knows what is missing', () => {
    expect(complete('5.1 and 3.5', { petal_length: 1.4, petal_width: 0.2 })).toEqual({ kind: 'one', values: SAMPLE });
    expect(complete('5.1 3.5')).toMatchObject({
      kind: 'incomplete',
      missing: [{ name: 'petal_length' }, { name: 'petal_width' }],
    });
  });

  it('gives a number that nobody named to no feature when others are named: it asks', () => {
    expect(complete('sepal length 5.1, petal length 1.4, petal width 0.2, and also 3.5 somewhere')).toMatchObject({
      kind: 'incomplete',
      surplus: 1,
    });
    expect(complete('sepal length 5.1, sepal length 6.2, petal length 1.4, petal width 0.2')).toMatchObject({
      kind: 'incomplete',
    });
  });

  it.each([
    '5.1 cm long and 3.5 cm wide, petals 1.4 long and 0.2 wide',
    'sepal length 51 mm, sepal width 3.5, petal length 1.4, petal width 0.2',
    '51 mm, 35, 14, 2',
  ])('asks back where it is not sure of what a number is, or in which unit: %j', (text) => {
    expect(complete(text)).toMatchObject({ kind: 'incomplete' });
  });

  it('takes a unit behind the last of bare numbers for all', () => {
    expect(complete('51, 35, 14, 2 mm')).toEqual({ kind: 'one', values: SAMPLE });
  });

  it('reads several named samples one after the other', () => {
    const one = 'sepal length 5.1, sepal width 3.5, petal length 1.4, petal width 0.2';
    expect(complete(`A: ${one}. B: ${one}`)).toEqual({ kind: 'many', instances: [SAMPLE, SAMPLE] });
    expect(complete(`2 flowers. The first: ${one}. The second: ${one}`)).toMatchObject({ kind: 'many' });
    expect(complete(`A: ${one}. B: sepal length 5.1`)).toMatchObject({ kind: 'incomplete', missing: { length: 3 } });
  });
});
