/** Where a value is in a JSON document. */

/** JSON pointer (RFC 6901) to a member below members, or an item. */
export function pointerTo(...path: readonly (string | number)[]): string {
  return path.map((at) => `/${String(at).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
