/** Finds the values of features in a text: by name, by a part of the name, or in order. */
import { plain } from '../turn/language.ts';
import type { CategoricalFeature, Domain, Feature, NumericFeature } from './domain.ts';
import { type Token, tokenize } from './tokens.ts';
import { convert, isOtherKind, isSameKind } from './units.ts';
import { initialsOf, meansWord } from './words.ts';

/** Values by feature name. */
export type Values = Readonly<Record<string, number | string>>;

/** A number, in the unit that was said with it. */
export interface Measured {
  readonly value: number;
  readonly unit: string | undefined;
}

/** What was found. */
export interface FoundValues {
  /** Values whose feature was named, or is the only one with that level. */
  readonly named: Values;
  /** Numbers without a name, in their order. */
  readonly loose: readonly Measured[];
}

/** What follows a number that counts things instead of measuring one. */
const COUNTED =
  /^(?:value|values|valeur|valeurs|number|numbers|nombre|nombres|measure|measures|measurement|measurements|mesure|mesures|feature|features|sample|samples|echantillon|echantillons|row|rows|ligne|lignes|prediction|predictions|derniere|dernieres|dernier|derniers|last|latest|recent|recentes|resultat|resultats|result|results|plus|more)$/;

/** Reads a text. */
export function readValues(text: string, domain: Domain): FoundValues {
  const numeric = domain.features.filter((feature) => feature.kind === 'numeric');
  const tokens = tokenize(zeroes(text, numeric), numeric.length);
  const ahead = assign(tokens, numeric);
  // "5.1 cm sepal length": read from behind, the name comes first there too.
  const behind = assign(tokens.toReversed(), numeric);
  const best = Object.keys(behind.named).length > Object.keys(ahead.named).length ? behind : ahead;
  const loose = best === behind ? behind.loose.toReversed() : ahead.loose;
  return { named: { ...best.named, ...readLevels(text, domain) }, loose };
}

/** "No complaints": a count of none. */
function zeroes(text: string, features: readonly NumericFeature[]): string {
  const counts = features.filter(({ unit }) => unit === undefined);
  return text.replace(/\b(?:no|without(?: any)?|aucune?|pas de|sans) (\p{L}+)/giu, (whole, word: string) =>
    counts.some((feature) => mentions(feature, plain(word))) ? `0 ${word}` : whole,
  );
}

function assign(tokens: readonly Token[], features: readonly NumericFeature[]): FoundValues {
  const named: Record<string, number> = {};
  const loose: Measured[] = [];
  const all = tokens.flatMap((token) => (token.kind === 'word' ? [token.word] : []));
  let since: string[] = [];
  let before: string[] = [];
  let waiting: NumericFeature[] = [];
  tokens.forEach((token, index) => {
    if (token.kind === 'word' && features.some((feature) => mentions(feature, token.word))) since.push(token.word);
    if (token.kind !== 'number' || isCounted(tokens, index)) return;
    const open = features.filter(({ name }) => !(name in named));
    const meant = since.length > 0 ? meantBy(since, before, all, features).filter((feature) => open.includes(feature)) : [];
    if (meant.length > 0) {
      waiting = meant;
      before = since;
    }
    since = [];
    const byUnit = only(open.filter(({ unit }) => isSameKind(token.unit, unit)));
    const feature = byUnit ?? waiting.shift() ?? only(open.filter((each) => isWord(tokens[index + 1], each)));
    if (feature && !isOtherKind(token.unit, feature.unit)) named[feature.name] = convert(token.value, token.unit, feature.unit);
    else loose.push({ value: token.value, unit: token.unit });
    waiting = waiting.filter((each) => each !== feature);
  });
  return { named, loose };
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** Whether what follows a number is a word of the feature's name: "3 complaints". */
function isWord(token: Token | undefined, feature: NumericFeature): boolean {
  return token?.kind === 'word' && mentions(feature, token.word);
}

/** Whether the number counts things. A unit stands between it and a word that does not belong to it. */
function isCounted(tokens: readonly Token[], index: number): boolean {
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  return (
    (after?.kind === 'word' && COUNTED.test(after.word)) ||
    (before?.kind === 'word' && /^(?:last|latest|dernieres|derniers|version|top)$/.test(before.word))
  );
}

function mentions(feature: Feature, word: string): boolean {
  return feature.words.some((own) => meansWord(word, own)) || (word.length > 1 && word === initialsOf(feature.words));
}

/**
 * The features that a run of words names: those with most of the words. Where several have as many, the words before ("…and a width of")
 * and then those of the whole text decide; what is still alike is a group, whose values follow in order.
 */
function meantBy(
  words: readonly string[],
  before: readonly string[],
  all: readonly string[],
  features: readonly NumericFeature[],
): NumericFeature[] {
  const count = (feature: NumericFeature, given: readonly string[]) => {
    if (given.includes(initialsOf(feature.words))) return feature.words.length;
    return feature.words.filter((own) => given.some((word) => meansWord(word, own))).length;
  };
  let candidates = best(features, (feature) => count(feature, words));
  if (candidates.length > 1)
    candidates = best(candidates, (feature) => (candidates.length === features.length ? 0 : count(feature, before)));
  const distinct = new Set(all);
  if (candidates.length > 1 && candidates.length < features.length)
    candidates = best(candidates, (feature) => count(feature, [...distinct]));
  return inOrderOfNames(candidates, words);
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

/** Levels stand for themselves; one that several features have is the nearest named feature's before it, else the first's. */
function readLevels(text: string, domain: Domain): Record<string, string> {
  const found: Record<string, string> = {};
  const plainText = plain(text.replaceAll('_', ' '));
  const categorical = domain.features.filter((feature) => feature.kind === 'categorical');
  for (const level of new Set(categorical.flatMap(({ levels }) => levels))) {
    const place = placeOfLevel(plainText, level);
    if (place < 0) continue;
    const owners = categorical.filter(({ name, levels }) => levels.includes(level) && !(name in found));
    const owner = nearest(owners, plainText.slice(0, place));
    if (owner) found[owner.name] = level;
  }
  return found;
}

function nearest(owners: readonly CategoricalFeature[], before: string): CategoricalFeature | undefined {
  const words = (before.match(/[a-z]+/g) ?? []).toReversed();
  const distance = (owner: CategoricalFeature) => {
    const index = words.findIndex((word) => mentions(owner, word));
    return index < 0 ? words.length : index;
  };
  return owners.toSorted((one, other) => distance(one) - distance(other))[0];
}

function placeOfLevel(text: string, level: string): number {
  const words = [plain(level), ...(FRENCH_LEVELS[plain(level)] ?? [])];
  for (const word of words) {
    const escaped = word.replaceAll('_', ' ').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const place = text.search(new RegExp(`(?<![a-z0-9])${escaped}(?![a-z0-9])`));
    if (place >= 0) return place;
  }
  return -1;
}

/** French for words that levels are often made of. */
const FRENCH_LEVELS: Readonly<Record<string, readonly string[]>> = {
  good: ['bon', 'bonne'],
  poor: ['mauvais', 'mauvaise', 'pauvre'],
  moderate: ['modere', 'moderee', 'moyen', 'moyenne'],
  low: ['bas', 'basse', 'faible'],
  high: ['haut', 'haute', 'eleve', 'elevee', 'fort', 'forte'],
  basic: ['basique', 'de base'],
  grey: ['gris', 'grise', 'gray'],
  brown: ['brun', 'brune', 'marron'],
  black: ['noir', 'noire'],
  white: ['blanc', 'blanche'],
  red: ['rouge'],
  green: ['vert', 'verte'],
  blue: ['bleu', 'bleue'],
  pale: ['clair', 'claire', 'pale'],
  yes: ['oui'],
  no: ['non'],
};
