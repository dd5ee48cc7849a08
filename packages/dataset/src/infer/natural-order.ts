/** The order in which people expect levels and classes: numbers by their value, also within texts. */

/** Compares two texts for sorting: `level 2` stands before `level 10`. The same everywhere, whatever the language of the machine. */
export function compareNaturally(first: string, second: string): number {
  const [left, right] = [partsOf(first), partsOf(second)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = compareParts(left[index]!, right[index]!);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareTexts(first, second);
}

/** A number without a sign stands within a text; a text that is a number as a whole has one. */
function partsOf(text: string): string[] {
  return isNumber(text) ? [text] : (text.match(/\d+(?:\.\d+)?|\D+/g) ?? []);
}

function compareParts(first: string, second: string): number {
  if (isNumber(first) && isNumber(second)) return Number(first) - Number(second);
  return compareTexts(first.toLowerCase(), second.toLowerCase());
}

function isNumber(text: string): boolean {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text);
}

function compareTexts(first: string, second: string): number {
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
