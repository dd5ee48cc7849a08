/**
 * How deep a JSON text nests and how wide its objects are, found before it is parsed: parsing half a million brackets holds the event loop for a
 * tenth of a second, and an object of 60,000 names takes eight times the bytes of its text.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
/** Both opening brackets, and both closing ones, differ from each other in this bit only. */
const BRACE_BIT = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** The most that a text may have. */
export interface JsonBounds {
  /** Arrays and objects in one another. */
  readonly levels: number;
  /** Names of one object. */
  readonly names: number;
}

/** What our services are asked nests five levels deep and has some dozens of names. */
const BOUNDS: JsonBounds = { levels: 64, names: 10_000 };

/** Which bound a text exceeds; of what is no JSON nothing is said. Linear. */
export function exceededBound(text: string, { levels, names } = BOUNDS): keyof JsonBounds | undefined {
  const namesAt = new Uint32Array(levels + 1);
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (code === COLON) {
      namesAt[depth]!++;
      if (namesAt[depth]! > names) return 'names';
    } else if ((code | BRACE_BIT) === OPENING) {
      depth++;
      if (depth > levels) return 'levels';
      namesAt[depth] = 0;
    } else if ((code | BRACE_BIT) === CLOSING) depth--;
  }
  return undefined;
}
