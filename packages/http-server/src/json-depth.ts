/** How deep a JSON text nests, found before it is parsed: parsing half a million brackets holds the event loop for a tenth of a second. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Both opening brackets, and both closing ones, differ from each other in this bit only. */
const BRACE_BIT = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** Whether a text nests arrays and objects deeper than so many levels; of what is no JSON nothing is said. Linear, without allocations. */
export function nestsDeeperThan(text: string, levels: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if ((code | BRACE_BIT) === OPENING) {
      depth++;
      if (depth > levels) return true;
    } else if ((code | BRACE_BIT) === CLOSING) depth--;
  }
  return false;
}
