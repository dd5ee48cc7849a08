/** Classes that a text names. */
import { plain } from '../turn/language.ts';
import { meansWord } from './words.ts';

const DENIED =
  /(?:\bnot|n't|\bpas|\bnon|\brather than|\binstead of|\bau lieu d[e']|\bplutot qu[e']|\bni|\bnor|\bwas wrong about)(?: (?:an?|une?|the|la|le|de|d|du|it|is))*[\s:,'"«]*$/;
/** Characters before a class in which its denial can stand. */
const DENIAL_REACH = 80;
/** Shorter words mean too much else to stand for a class by their beginning or with a slip. */
const SHORTEST = 5;
const FRENCH: Readonly<Record<string, string>> = { yes: 'oui', no: 'non' };

/** The class that a text says it is: the last one named that is not denied. */
export function classNamed(text: string, classes: readonly string[]): string | undefined {
  const plainText = plain(text);
  const words = [...plainText.matchAll(/[a-z0-9]+/g)];
  const found = words.flatMap((match) => {
    const named = classes.find((name) => isName(match[0], name));
    return named !== undefined && !DENIED.test(plainText.slice(Math.max(0, match.index - DENIAL_REACH), match.index))
      ? [named]
      : [];
  });
  // "No, it was yes": an answer's first word is not what it tells.
  return found.at(-1);
}

function isName(word: string, name: string): boolean {
  const own = plain(name);
  if (word === own || word === FRENCH[own]) return true;
  const last = own.split(/[^a-z0-9]+/).at(-1) ?? own;
  const isShortened = last.startsWith(word) && word.length < SHORTEST;
  return last.length >= SHORTEST && !isShortened && meansWord(word, last);
}
