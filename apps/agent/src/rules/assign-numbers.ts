/** Gives each number of a text to the feature that the words before or behind it name. */
import type { NumericFeature } from './domain.ts';
import { chooseNamed, mentions, namedBy } from './name-features.ts';
import { type Surrounded, surround } from './surround.ts';
import type { Token } from './tokens.ts';
import { isOtherKind, isSameKind, type Measured, valueIn } from './units.ts';

/** Numbers by feature, row by row where the text names all features more than once; and those that no words name. */
export interface AssignedNumbers {
  readonly rows: readonly Readonly<Record<string, number>>[];
  readonly loose: readonly Measured[];
}

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
  const clausesThatFollow = followingClauses(numbers);
  const rows: Record<string, number>[] = [{}];
  const nameless: Surrounded[] = [];
  let before: readonly string[] = [];
  let used: readonly string[] = [];
  let waiting: NumericFeature[] = [];

  for (const number of numbers) {
    const follow = clausesThatFollow.has(number.clause);
    const own = [...(number.part === undefined ? [] : [number.part]), ...number.ahead.slice(used.length)];
    const words = follow ? [...own, ...number.behind] : own;
    used = follow ? number.behind : [];
    const candidates = words.length > 0 ? namedBy(words, features) : [];
    if (isNextRow(rows.at(-1)!, candidates, features)) rows.push({});
    const row = rows.at(-1)!;
    const isOpen = ({ name }: NumericFeature) => !(name in row);
    const named = candidates.length > 0 ? chooseNamed(words, candidates, features.length, { before, isOpen, isWanted }) : [];
    const give = (feature: NumericFeature, measured: Measured) => {
      row[feature.name] = valueIn(feature.unit, measured)!;
      before = feature.words;
    };
    const group = follow ? groupOf(number, named, nameless) : [];
    if (group.length > 1 && group.every((each, index) => fits(each, named[index]!))) {
      for (const [index, each] of group.entries()) give(named[index]!, each);
      nameless.splice(1 - group.length);
      continue;
    }
    if (named.length > 0) waiting = follow ? named.slice(0, named.length === 1 ? 1 : 0) : named;
    // A name that fits nothing open, or several things, says that it is none of the others.
    const others = candidates.length > 0 && named.length === 0 ? [] : features.filter(isOpen);
    if (others.length === 0) waiting = [];
    const feature =
      waiting.shift() ??
      only(others.filter(({ unit }) => isSameKind(number.unit, unit))) ??
      only(others.filter((each) => number.behind.slice(0, 1).some((word) => mentions(each, word))));
    if (!feature || !fits(number, feature)) {
      nameless.push(number);
      continue;
    }
    give(feature, number);
    waiting = waiting.filter((each) => each !== feature);
  }
  return { rows, loose: nameless };
}

/** The clauses in which names follow: each is judged once, since a clause can hold thousands of numbers. */
function followingClauses(numbers: readonly Surrounded[]): ReadonlySet<number> {
  const clauses = Map.groupBy(numbers, ({ clause }) => clause);
  return new Set([...clauses].filter(([, members]) => namesFollow(members)).map(([clause]) => clause));
}

/** Whether the numbers of a clause stand before their names: "5.1 cm long and 3.5 cm wide". */
function namesFollow(numbers: readonly Surrounded[]): boolean {
  const followed = numbers.filter(({ behind }) => behind.length > 0).length;
  return followed > 0 && followed >= numbers.filter(({ touchesAhead }) => touchesAhead).length;
}

/** The numbers that a name behind the last of them is for: "5.1 by 3.5 sepals". */
function groupOf(number: Surrounded, named: readonly NumericFeature[], nameless: readonly Surrounded[]): Surrounded[] {
  // One more than fit tells that they are too many.
  const group = [...nameless.slice(-named.length).filter(({ clause }) => clause === number.clause), number];
  return named.length > 0 && group.length === named.length ? group : [];
}

/** Whether all features have a value and another one is named again: the next sample begins. */
function isNextRow(row: object, candidates: readonly NumericFeature[], features: readonly NumericFeature[]): boolean {
  return candidates.length > 0 && candidates.length < features.length && features.every(({ name }) => name in row);
}

/** Whether the number can be a value of the feature, in a unit that is sure. */
function fits(number: Measured, { unit }: NumericFeature): boolean {
  return !isOtherKind(number.unit, unit) && valueIn(unit, number) !== undefined;
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
