/** What the name of a column says of its values. */

/** Words of a name: `customerID`, `customer_id` and `Customer Id` end with the same. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const IDENTIFIER = new Set([
  'id',
  'ids',
  'uuid',
  'guid',
  'key',
  'index',
  'rowid',
  'rownumber',
  'rownames',
  'kennung',
  'identifiant',
  'nr',
  'nbr',
  'no',
  'number',
]);
const CODE = new Set([
  ...[
    'code',
    'id',
    'type',
    'class',
    'category',
    'cat',
    'group',
    'cluster',
    'kind',
    'sex',
    'gender',
    'region',
    'channel',
    'sector',
  ],
  ...['zip', 'zipcode', 'postcode', 'plz', 'branch', 'store', 'department', 'district', 'state', 'country'],
]);
/** Those of one letter mean something else too often. */
const UNITS = new Set(['mm', 'cm', 'km', 'kg', 'mg', 'g', 'ml', 'ms', 'usd', 'eur']);

/** Whether the name is that of an identifier, such as `customerID`. */
export function namesIdentifier(name: string): boolean {
  return IDENTIFIER.has(wordsOf(name).at(-1) ?? '');
}

/** Whether the name is that of a code, such as `area code`: its numbers say which, not how much. */
export function namesCode(name: string): boolean {
  return CODE.has(wordsOf(name).at(-1) ?? '');
}

/** The unit that the name ends with, such as `mm` of `bill_length_mm`. */
export function unitOf(name: string): string | undefined {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  return words.length > 1 && UNITS.has(last) ? last : undefined;
}
