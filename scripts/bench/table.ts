/** Markdown tables. */

/** A table with a header. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A number for people; `n/a` where there is none. */
export function show(value: number | undefined, digits: number): string {
  if (value === undefined) return 'n/a';
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
