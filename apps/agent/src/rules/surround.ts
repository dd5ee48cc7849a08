/** The numbers of a text, each with the names and the units around it. */
import type { NumericFeature } from './domain.ts';
import { mentions, namesPart } from './name-features.ts';
import type { Token } from './tokens.ts';
import type { Measured } from './units.ts';

/** A number with the words of features around it. */
export interface Surrounded extends Measured {
  /** Between it and the number before. */
  readonly ahead: readonly string[];
  /** Right behind it. */
  readonly behind: readonly string[];
  /** What it is a measure of, where that is named behind it or behind one of the next. */
  readonly part?: string;
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
/** Words between what is measured and what it is measured of. */
const OF = new Set('of for on the pour du de des d la le les l'.split(' '));
/** What follows a number that counts things instead of measuring one. */
const COUNTED =
  /^(?:values?|valeurs?|numbers?|nombres?|measures?|measurements?|mesures?|features?|samples?|echantillons?|rows?|lignes?|predictions?|dernieres?|derniers?|last|latest|recent|recentes|resultats?|results?|plus|more)$/;
const COUNTED_BEFORE = /^(?:last|latest|dernieres|derniers|version|top)$/;

/** The numbers of a text that measure something. */
export function surround(tokens: readonly Token[], features: readonly NumericFeature[]): Surrounded[] {
  const isPart = rememberAnswers((word) => namesPart(word, features));
  return withParts(withNearestUnits(collect(withWholeNames(tokens, features), features), isPart), isPart);
}

/** Asks once for each word: a text repeats its words, and a comparison with slips of the keyboard costs. */
function rememberAnswers(ask: (word: string) => boolean): (word: string) => boolean {
  const answers = new Map<string, boolean>();
  return (word) => {
    const answer = answers.get(word) ?? ask(word);
    answers.set(word, answer);
    return answer;
  };
}

function collect(tokens: readonly Token[], features: readonly NumericFeature[]): Surrounded[] {
  const isNaming = rememberAnswers((word) => features.some((feature) => mentions(feature, word)));
  let ahead: string[] = [];
  let clause = 0;
  return tokens.flatMap((token, index) => {
    if (token.kind === 'break') clause++;
    if (token.kind === 'word' && isNaming(token.word)) ahead.push(token.word);
    if (token.kind !== 'number' || isCounted(tokens, index)) return [];
    const number = {
      value: token.value,
      unit: unitAt(tokens, index, features),
      ahead,
      behind: namesBehind(tokens, index, isNaming),
      touchesAhead: touchesName(tokens, index, isNaming),
      clause,
    };
    ahead = [];
    return [number];
  });
}

/** Names right behind a number, and what they are of: "long", "long for the petal". */
function namesBehind(tokens: readonly Token[], index: number, isNaming: (word: string) => boolean): string[] {
  const names: string[] = [];
  for (let next = index + 1; next < tokens.length; next++) {
    const token = tokens[next]!;
    if (token.kind !== 'word') break;
    if (isNaming(token.word)) names.push(token.word);
    else if (!(names.length > 0 ? OF : FILLERS).has(token.word)) break;
  }
  return names;
}

function touchesName(tokens: readonly Token[], index: number, isNaming: (word: string) => boolean): boolean {
  for (let before = index - 1; before >= 0; before--) {
    const token = tokens[before]!;
    if (token.kind !== 'word') return false;
    if (!FILLERS.has(token.word)) return isNaming(token.word);
  }
  return false;
}

/** A letter between a part and a number is the beginning of a name: "sepal w 3.5". */
function withWholeNames(tokens: readonly Token[], features: readonly NumericFeature[]): Token[] {
  return tokens.map((token, index) => {
    const [part, next] = [tokens[index - 1], tokens[index + 1]];
    if (token.kind !== 'word' || token.word.length > 1 || part?.kind !== 'word' || next?.kind !== 'number') return token;
    const named = features.find(({ words: [first, ...rest] }) => first === part.word && rest[0]?.startsWith(token.word));
    return named ? { kind: 'word', word: named.words[1]! } : token;
  });
}

/** "5.1 in length" tells no inches. */
function unitAt(tokens: readonly Token[], index: number, features: readonly NumericFeature[]): string | undefined {
  const [token, unit, next] = tokens.slice(index, index + 3);
  if (token?.kind !== 'number') return undefined;
  const isPreposition =
    unit?.kind === 'word' &&
    unit.word === 'in' &&
    next?.kind === 'word' &&
    features.some(({ words }) => words.at(-1) === next.word);
  return isPreposition ? undefined : token.unit;
}

/** Tells each number without a unit that of the nearest number, in its own clause first, before it first. */
function withNearestUnits(numbers: readonly Surrounded[], isPart: (word: string) => boolean): Surrounded[] {
  const isSaidLast = numbers.every(({ unit, ahead }, index) => index === 0 || ahead.length === 0 || unit !== undefined);
  const isSaidOnce = isSaidLast && numbers.findIndex(({ unit }) => unit !== undefined) === numbers.length - 1;
  const before = lastsWithUnit(numbers);
  const after = lastsWithUnit(numbers.toReversed()).reverse();
  return numbers.map((number, index) => {
    if (number.unit !== undefined) return number;
    const near = [before[index], after[index]].find((each) => each?.clause === number.clause);
    // "sepal length 51 mm, sepal width 3.5" begins anew.
    const isSameThing = near !== undefined && !(near === before[index] ? number : near).ahead.some(isPart);
    const nearest = (near ?? before[index] ?? after[index])?.unit;
    return { ...number, nearest, isShared: isSameThing || isSaidOnce };
  });
}

/** For each number the last before it that has a unit: one sweep, since a text can hold thousands of numbers. */
function lastsWithUnit(numbers: readonly Surrounded[]): (Surrounded | undefined)[] {
  let last: Surrounded | undefined;
  return numbers.map((number) => {
    const before = last;
    if (number.unit !== undefined) last = number;
    return before;
  });
}

/** Finds the parts that are named behind their values: "6 long and 3.4 wide for the sepal". */
function withParts(numbers: readonly Surrounded[], isPart: (word: string) => boolean): Surrounded[] {
  const isMeasure = (word: string) => !isPart(word);
  const done: Surrounded[] = [];
  let waiting: Surrounded[] = [];
  let taken: readonly string[] = [];
  let isLed = false;
  for (const number of numbers) {
    const own = number.ahead.slice(taken.length);
    const touchesAhead = number.touchesAhead && own.length > 0;
    waiting.push({ ...number, ahead: [...taken.filter(isMeasure), ...own], touchesAhead });
    isLed ||= own.some(isPart);
    const part = number.behind.find(isPart);
    taken = part === undefined || isLed ? [] : number.behind;
    if (part === undefined) continue;
    done.push(...waiting.map((each) => (isLed ? each : { ...each, part, behind: each.behind.filter(isMeasure) })));
    waiting = [];
    isLed = false;
  }
  return [...done, ...waiting];
}

/** Whether the number counts things. */
function isCounted(tokens: readonly Token[], index: number): boolean {
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  return (after?.kind === 'word' && COUNTED.test(after.word)) || (before?.kind === 'word' && COUNTED_BEFORE.test(before.word));
}
