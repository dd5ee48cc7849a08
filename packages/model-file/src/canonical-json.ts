/** Canonical JSON (RFC 8785): one text for one value, whatever the order its members were written in. */

/**
 * Writes a JSON value without white space, members sorted by UTF-16 code units; numbers and strings as `JSON.stringify`,
 * which RFC 8785 took its rules from.
 *
 * @param value what `JSON.parse` can give, nested no deeper than the stack allows.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    // Parameters are long arrays of numbers: their own text is canonical already.
    return value.some(isObject) ? `[${value.map(canonicalJson).join(',')}]` : JSON.stringify(value);
  }
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
