/** Finds names that an object of a JSON text has twice. */
import { pointerTo } from './json-pointer.ts';

// Of a valid text: strings, and what is structure.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;
const QUOTE = 0x22;

/** An object or array that is being read. */
interface Frame {
  /** Of an object. */
  readonly names: Set<string> | undefined;
  /** Where in it the reader is. */
  at: string | number;
}

/**
 * Finds the first repeated name.
 *
 * A text without one has as many colons as its value has names, unless a string holds some: only then it is read a second time.
 *
 * @param value what the text was parsed to.
 * @returns a JSON pointer to the repeated name.
 */
export function repeatedName(text: string, value: unknown): string | undefined {
  return countColons(text) === countNames(value) ? undefined : findRepeated(text);
}

function countColons(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) count++;
  return count;
}

// Not recursive: a text may be nested deeper than the stack is.
function countNames(value: unknown): number {
  const pending = [value];
  let count = 0;
  while (pending.length > 0) {
    const part = pending.pop();
    if (typeof part !== 'object' || part === null) continue;
    if (Array.isArray(part)) {
      for (const item of part) if (typeof item === 'object') pending.push(item);
      continue;
    }
    for (const name of Object.keys(part)) {
      count++;
      const member = (part as Record<string, unknown>)[name];
      if (typeof member === 'object') pending.push(member);
    }
  }
  return count;
}

function findRepeated(text: string): string | undefined {
  const frames: Frame[] = [];
  let string = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const frame = frames.at(-1);
    if (token.charCodeAt(0) === QUOTE) string = token;
    else if (token === '{') frames.push({ names: new Set(), at: '' });
    else if (token === '[') frames.push({ names: undefined, at: 0 });
    else if (token === '}' || token === ']') frames.pop();
    else if (token === ',' && typeof frame?.at === 'number') frame.at++;
    else if (token === ':' && frame?.names) {
      frame.at = JSON.parse(string) as string;
      if (frame.names.has(frame.at)) return pointerTo(...frames.map(({ at }) => at));
      frame.names.add(frame.at);
    }
  }
  return undefined;
}
