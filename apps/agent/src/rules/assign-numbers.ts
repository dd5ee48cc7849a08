/** Gives each number of a text to the feature that the words before or behind it name. */
import type { NumericFeature } from './domain.ts';
import { chooseNamed, mentions, namedBy } from './name-features.ts';
import type { Token } from './tokens.ts';
import { convert, isOtherKind, isSameKind } from './units.ts';

/** A number, in the unit that was said with it. */
export interface Measured {
  readonly value: number;
  readonly unit: string | undefined;
}

/** Numbers by feature, row by row where the text names all features more than once; and those that no words name. */
export interface AssignedNumbers {
  readonly rows: readonly Readonly<Record<string, number>>[];
  readonly loose: readonly Measured[];
}

/** A number with the words of features around it. */
interface Surrounded extends Measured {
  /** Between it and the number before. */
  readonly ahead: readonly string[];
  /** Right behind it. */
  readonly behind: readonly string[];
  readonly touchesAhead: boolean;
  /** Number of the clause that it stands in. */
  readonly clause: number;
}

/** Words that stand between a name and its number and mean nothing by themselves. */
const FILLERS = new Set(
  'a an the of is are was were at about around by in de du des d la le les l un une et and est sont fait font mesure mesurent measures measure environ vaut has have ai avec with for pour only just cm mm m'.split(
    ' ',
  ),
);
/** What follows a number that counts things instead of measuring one. */
const COUNTED =
  /^(?:values?|valeurs?|numbers?|nombres?|measures?|measurements?|mesures?|features?|samples?|echantillons?|rows?|lignes?|predictions?|dernieres?|derniers?|last|latest|recent|recentes|resultats?|results?|plus|more)$/;
const COUNTED_BEFORE = /^(?:last|latest|dernieres|derniers|version|top)$/;

/**
 * Assigns.
 *
 * @param isWanted which features were asked for: they come first where a name fits several.
 */
export function assignNumbers(
  tokens: readonly Token[],
  features: readonly NumericFeature[],
  isWanted: (feature: NumericFeature) => boolean,
): AssignedNumbers {
  const numbers = surround(tokens, features);
  const all = tokens.flatMap((token) => (token.kind === 'word' ? [token.word] : []));
  const rows: Record<string, number>[] = [{}];
  let nameless: Surrounded[] = [];
  let before: readonly string[] = [];
  let used: readonly string[] = [];
  let waiting: NumericFeature[] = [];

  for (const number of numbers) {
    const follow = namesFollow(numbers.filter(({ clause }) => clause === number.clause));
    const words = follow ? [...number.ahead.slice(used.length), ...number.behind] : number.ahead.slice(used.length);
    used = follow ? number.behind : [];
    const candidates = words.length > 0 ? namedBy(words, features) : [];
    if (isNextRow(rows.at(-1)!, candidates, features)) rows.push({});
    const row = rows.at(-1)!;
    const isOpen = ({ name }: NumericFeature) => !(name in row);
    const named = candidates.length > 0 ? chooseNamed(words, candidates, features.length, { before, all, isOpen, isWanted }) : [];
    const give = (feature: NumericFeature, { value, unit }: Measured) => {
      row[feature.name] = convert(value, unit, feature.unit);
      before = feature.words;
    };
    const group = follow ? groupOf(number, named, nameless) : [];
    if (group.length > 1) {
      for (const [index, each] of group.entries()) give(named[index]!, each);
      nameless = nameless.slice(0, 1 - group.length);
      continue;
    }
    if (named.length > 0) waiting = follow ? named.slice(0, named.length === 1 ? 1 : 0) : named;
    const feature =
      waiting.shift() ??
      only(features.filter((each) => isOpen(each) && isSameKind(number.unit, each.unit))) ??
      only(features.filter((each) => isOpen(each) && number.behind.slice(0, 1).some((word) => mentions(each, word))));
    if (!feature || isOtherKind(number.unit, feature.unit)) {
      nameless.push(number);
      continue;
    }
    give(feature, number);
    waiting = waiting.filter((each) => each !== feature);
  }
  return { rows, loose: nameless.map(({ value, unit }) => ({ value, unit })) };
}

function surround(tokens: readonly Token[], features: readonly NumericFeature[]): Surrounded[] {
  const isNaming = (word: string) => features.some((feature) => mentions(feature, word));
  let ahead: string[] = [];
  let clause = 0;
  return tokens.flatMap((token, index) => {
    if (token.kind === 'break') clause++;
    if (token.kind === 'word' && isNaming(token.word)) ahead.push(token.word);
    if (token.kind !== 'number' || isCounted(tokens, index)) return [];
    const number = {
      value: token.value,
      unit: token.unit,
      ahead,
      behind: namesBehind(tokens, index, isNaming),
      touchesAhead: touchesName(tokens, index, isNaming),
      clause,
    };
    ahead = [];
    return [number];
  });
}

function namesBehind(tokens: readonly Token[], index: number, isNaming: (word: string) => boolean): string[] {
  const names: string[] = [];
  for (const token of tokens.slice(index + 1)) {
    if (token.kind !== 'word') break;
    if (isNaming(token.word)) names.push(token.word);
    else if (names.length > 0 || !FILLERS.has(token.word)) break;
  }
  return names;
}

function touchesName(tokens: readonly Token[], index: number, isNaming: (word: string) => boolean): boolean {
  const nearest = tokens.slice(0, index).findLast((token) => token.kind !== 'word' || !FILLERS.has(token.word));
  return nearest?.kind === 'word' && isNaming(nearest.word);
}

/** Whether the numbers of a clause stand before their names: "5.1 cm long and 3.5 cm wide". */
function namesFollow(numbers: readonly Surrounded[]): boolean {
  const followed = numbers.filter(({ behind }) => behind.length > 0).length;
  return followed > 0 && followed >= numbers.filter(({ touchesAhead }) => touchesAhead).length;
}

/** The numbers that a name behind the last of them is for: "5.1 by 3.5 sepals". */
function groupOf(number: Surrounded, named: readonly NumericFeature[], nameless: readonly Surrounded[]): Surrounded[] {
  const group = [...nameless.filter(({ clause }) => clause === number.clause), number];
  return group.length === named.length ? group : [];
}

/** Whether all features have a value and another one is named again: the next sample begins. */
function isNextRow(row: object, candidates: readonly NumericFeature[], features: readonly NumericFeature[]): boolean {
  return candidates.length > 0 && candidates.length < features.length && features.every(({ name }) => name in row);
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** Whether the number counts things. */
function isCounted(tokens: readonly Token[], index: number): boolean {
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  return (after?.kind === 'word' && COUNTED.test(after.word)) || (before?.kind === 'word' && COUNTED_BEFORE.test(before.word));
}
