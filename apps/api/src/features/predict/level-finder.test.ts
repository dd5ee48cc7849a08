import { describe, expect, it } from 'vitest';
import { createComposer } from './composed-letters.ts';
import { createLevelFinder } from './level-finder.ts';

const find = (levels: readonly string[], value: unknown) => createLevelFinder({ kind: 'categorical', name: 'x', levels })(value);

describe('the level of a value', () => {
  it.each([
    [['0', '1'], 1, '1'],
    [['1.0', '2.0'], 2, '2.0'],
    [['007', '8'], 7, '007'],
    [['True', 'False'], false, 'False'],
    [['é', 'a'], 'e\u0301', 'é'],
    [['0', '1'], '1', '1'],
  ])('of %j that %j says is %j', (levels, value, level) => {
    expect(find(levels, value)).toBe(level);
  });

  it.each([
    [['0', '1'], 2],
    [['0', '1'], true],
    [['1', '1.0'], 1],
    [['yes', 'no'], true],
    [['0', '1'], null],
    [['0', '1'], '1.0'],
    [['0', '1'], [1]],
  ])('of %j is not guessed from %j', (levels, value) => {
    expect(find(levels, value)).toEqual(value);
  });
});

describe('an instance', () => {
  const number = { kind: 'numeric', name: 'n', observed: { min: 0, max: 1 }, plausible: { min: 0, max: 1 } } as const;
  const schemaOf = (...levels: string[]) => ({
    name: 'own',
    description: '',
    target: 'y',
    classes: ['a', 'b'],
    features: [number, { kind: 'categorical', name: 'c', levels } as const],
  });

  it('is read by its names, and in the order of the features', () => {
    const compose = createComposer(schemaOf('0', '1'))!;
    expect([compose({ n: 1, c: 1 }), compose({ features: [1, 1] })]).toEqual([{ n: 1, c: '1' }, { features: [1, '1'] }]);
  });

  it('of levels that can be written in one way only is left alone', () => {
    expect(createComposer(schemaOf('basic', 'gold'))).toBeUndefined();
  });
});
