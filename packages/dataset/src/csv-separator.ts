/** Recognises files whose columns are separated by something else than commas: to CSV they are one column wide. */

/** What spreadsheets of some countries, databases and log tools write. */
const OTHER_SEPARATORS: readonly (readonly [separator: string, name: string])[] = [
  [';', '";"'],
  ['\t', 'tabs'],
  ['|', '"|"'],
];

/**
 * Names the separator that is not a comma.
 *
 * They are told rather than read: where columns end with semicolons numbers often have decimal commas, and the API takes `text/csv`
 * with commas only (RFC 4180).
 *
 * @param column one that the header must have.
 * @returns undefined when the header has it between commas, or not at all.
 */
export function foreignSeparator(csvText: string, column: string): string | undefined {
  const [header = ''] = csvText.replace(/^\uFEFF/, '').split(/\r?\n|\r/, 1);
  const isColumn = (cell: string) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim() === column;
  if (header.split(',').some(isColumn)) return undefined;
  return OTHER_SEPARATORS.find(([separator]) => header.split(separator).some(isColumn))?.[1];
}
