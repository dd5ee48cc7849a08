/** Texts that stand for a missing value in other people's files. */

/** Nothing else is meant by them, as pandas and R read them. */
const SURE = ['NA', 'N/A', 'n/a', '#N/A', '<NA>', 'NaN', 'nan', 'NaT', 'NULL', 'null', '?'];
/** They may as well be a level, such as the plan of those who have none. */
const UNSURE = ['None', 'none', 'NONE', 'na', '-', '--', '.', '..', '*'];

const ALL = new Set([...SURE, ...UNSURE]);
const LONGEST = Math.max(...[...ALL].map(({ length }) => length));

/** Whether a text may stand for a missing value. */
export function mayBeMissing(text: string): boolean {
  return text.length <= LONGEST && ALL.has(text);
}

/** Whether it always does. */
export function isSureToken(text: string): boolean {
  return SURE.includes(text);
}
