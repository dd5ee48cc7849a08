/** Names of versions: `v0001`, `v0002`, … in the order in which they came. */

const VERSION_NAME = /^v(\d{4,9})$/;
const DIGITS = 4;

/** `1` → `v0001`. */
export function versionName(number: number): string {
  return `v${String(number).padStart(DIGITS, '0')}`;
}

/** `v0001` → 1; undefined for what is no version's name. */
export function versionNumber(name: string): number | undefined {
  const number = Number(VERSION_NAME.exec(name)?.[1]);
  return versionName(number) === name ? number : undefined;
}

/** Whether a name is a version's. */
export function isVersionName(name: string): boolean {
  return versionNumber(name) !== undefined;
}
