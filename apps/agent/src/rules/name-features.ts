/** Which feature a run of words names, in whole or in part. */
import type { Feature, NumericFeature } from './domain.ts';
import { initialsOf, meansWord } from './words.ts';

/** What is known where a name is not complete. */
export interface NameContext {
  /** Words of the feature named before: "a length of 5 and a width of 3" are of the same thing. */
  readonly before: readonly string[];
  /** Features still without a value. */
  readonly isOpen: (feature: NumericFeature) => boolean;
  /** Features that were asked for. */
  readonly isWanted: (feature: NumericFeature) => boolean;
}

/** Whether a word is part of the feature's name, or its initials. */
export function mentions(feature: Feature, word: string): boolean {
  return feature.words.some((own) => meansWord(word, own)) || (word.length > 1 && word === initialsOf(feature.words));
}

/** Whether a word names what several features are measures of: the petal of a petal's length and width. */
export function namesPart(word: string, features: readonly Feature[]): boolean {
  return features.filter(({ words }) => words.slice(0, -1).some((own) => meansWord(word, own))).length > 1;
}

/** The features with most of the words; several where the words fit several. */
export function namedBy(words: readonly string[], features: readonly NumericFeature[]): NumericFeature[] {
  return best(features, (feature) => countWords(feature, words));
}

/**
 * Chooses among features that the words fit alike: by the feature before, by what was asked for. Measures of one part
 * are a group, whose values follow in the order of the names, or of the schema; "length" alone, where several things have one, is none.
 */
export function chooseNamed(
  words: readonly string[],
  candidates: readonly NumericFeature[],
  size: number,
  { before, isOpen, isWanted }: NameContext,
): NumericFeature[] {
  const open = candidates.filter(isOpen);
  const isEverything = candidates.length === size;
  if (open.length < 2 || isEverything) return inOrderOfNames(open, words);
  const near = best(open, (feature) => countShared(leadingWords(feature, words), before));
  const wanted = best(near, (feature) => Number(isWanted(feature)));
  const isGroup = wanted.length === 1 || words.some((word) => namesPart(word, wanted));
  return isGroup ? inOrderOfNames(wanted, words) : [];
}

function countWords(feature: NumericFeature, given: readonly string[]): number {
  if (given.includes(initialsOf(feature.words))) return feature.words.length;
  return countShared(feature.words, given);
}

function countShared(own: readonly string[], given: readonly string[]): number {
  return own.filter((word) => given.some((each) => meansWord(each, word))).length;
}

/** The words of a name that a text left out at its beginning: what it is a length or a width of. */
function leadingWords({ words: own }: NumericFeature, given: readonly string[]): readonly string[] {
  const first = own.findIndex((word) => given.some((each) => meansWord(each, word)));
  return own.slice(0, Math.max(0, first));
}

function best<T>(items: readonly T[], score: (item: T) => number): T[] {
  const highest = Math.max(...items.map(score));
  return items.filter((item) => score(item) === highest);
}

/** Features in the order in which a run of words names each in full; those it does not keep the schema's order, behind. */
function inOrderOfNames(candidates: readonly NumericFeature[], words: readonly string[]): NumericFeature[] {
  const ordered: NumericFeature[] = [];
  for (let start = 0; start < words.length; ) {
    const named = candidates.find(
      (feature) => !ordered.includes(feature) && isNamedIn(feature, words.slice(start, start + feature.words.length)),
    );
    if (named) ordered.push(named);
    start += named?.words.length ?? 1;
  }
  return [...ordered, ...candidates.filter((feature) => !ordered.includes(feature))];
}

function isNamedIn({ words: own }: NumericFeature, given: readonly string[]): boolean {
  return given.length === own.length && own.every((word) => given.some((each) => meansWord(each, word)));
}
