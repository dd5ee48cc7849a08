/** Finds the levels of categorical features in a text. */
import { plain } from '../turn/language.ts';
import type { CategoricalFeature, Domain } from './domain.ts';
import { mentions } from './name-features.ts';

/** Levels stand for themselves; one that several features have is the nearest named feature's before it, else the first's. */
export function readLevels(text: string, domain: Domain): Record<string, string> {
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
