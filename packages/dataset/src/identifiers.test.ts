import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifiersOf } from './identifiers.ts';

describe('identifiers', () => {
  it('are the names where these are such, and readable where not', () => {
    expect(identifiersOf(['petal_width', 'PassengerId', 'Total Charges', 'plant.stand', '5.1', 'Größe (cm)'])).toEqual([
      'petal_width',
      'PassengerId',
      'total_charges',
      'plant_stand',
      '5_1',
      'gro_e_cm',
    ]);
    expect(identifiersOf(['日本', '---'])).toEqual(['feature_1', '---']);
  });

  it('leave names that are such to their owners, and what is taken', () => {
    expect(identifiersOf(['a b', 'a.b', 'a_b'])).toEqual(['a_b_2', 'a_b_3', 'a_b']);
    expect(identifiersOf(['request id'], ['request_id'])).toEqual(['request_id_2']);
    expect(identifiersOf(['request_id'], ['request_id'])).toEqual(['request_id']);
  });

  it('are all different, short and plain, for any names', () => {
    const names = fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), { maxLength: 30 });
    const check = fc.property(names, (given) => {
      const identifiers = identifiersOf(given);
      expect(new Set(identifiers).size).toBe(given.length);
      for (const identifier of identifiers) expect(identifier).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    });
    fc.assert(check);
  });
});
