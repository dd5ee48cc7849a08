import { describe, expect, it } from 'vitest';
import { namesCode, namesIdentifier, unitOf } from './names.ts';

describe('what a name says', () => {
  it.each(['id', 'customerID', 'customer_id', 'Customer Id', 'PassengerId', 'row.id', 'uuid', 'Kunden-Nr', 'account_number'])(
    '%j is an identifier',
    (name) => {
      expect(namesIdentifier(name)).toBe(true);
    },
  );

  it.each(['area_code', 'zip', 'Store ID', 'paymentType', 'Region'])('%j is a code', (name) => {
    expect(namesCode(name)).toBe(true);
  });

  it.each(['paid', 'width', 'number_of_calls', 'encode', 'covid', 'grid', 'Idle', ''])('%j is neither', (name) => {
    expect([namesIdentifier(name), namesCode(name)]).toEqual([false, false]);
  });

  it.each([
    ['bill_length_mm', 'mm'],
    ['body_mass_g', 'g'],
    ['price (USD)', 'usd'],
    ['mm', undefined],
    ['programm', undefined],
  ])('%j has the unit %s', (name, unit) => {
    expect(unitOf(name)).toBe(unit);
  });
});
