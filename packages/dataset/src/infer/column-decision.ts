/** Decides what becomes of one column. */
import type { ColumnProfile } from '../profile/index.ts';
import type { CategoricalFeature, Feature } from '../schema.ts';
import type { Circumstances } from './circumstances.ts';
import { dateDraft } from './date-feature.ts';
import { levelsDraft } from './levels.ts';
import type { MissingTexts } from './missing-cells.ts';
import { numberDraft } from './number-feature.ts';
import { textDraft } from './text-feature.ts';
import type { ColumnDecision, Draft } from './types.ts';

/** Decides, by the column's values. @param missingTexts those of its texts that stand for a missing value. */
export function decideColumn(
  column: ColumnProfile,
  missingTexts: MissingTexts,
  circumstances: Circumstances,
  unknownLevels: CategoricalFeature['unknownLevels'],
): ColumnDecision {
  const missing = column.empty + sum(missingTexts.values());
  const draft = draftOf(column, missingTexts, circumstances, missing > 0);
  const decision = {
    column: column.name,
    missing,
    missingTokens: [...missingTexts.keys()],
    reason: described(column, draft.reason + describeStrays(column, missingTexts)),
  };
  return draft.leftOut ? decision : { ...decision, feature: completed(draft.feature, missing > 0, unknownLevels) };
}

function completed(feature: Feature, isMissing: boolean, unknownLevels: CategoricalFeature['unknownLevels']): Feature {
  const whole = isMissing ? { ...feature, missing: true as const } : feature;
  return whole.kind === 'categorical' && unknownLevels ? { ...whole, unknownLevels } : whole;
}

function draftOf(column: ColumnProfile, missingTexts: MissingTexts, circumstances: Circumstances, isMissing: boolean): Draft {
  const tokens = new Map([...column.tokens].filter(([text]) => !missingTexts.has(text)));
  const strays = straysOf(column, missingTexts);
  const distinct = column.summary.distinct + tokens.size - strays.length;
  if (distinct === 0) return { leftOut: true, reason: isMissing ? 'is always missing' : 'has no row' };
  if (distinct === 1) return single(column, tokens, strays, isMissing);
  if (tokens.size === 0 && column.numbers.count === column.values - countOf(column, strays)) {
    return numberDraft(strays.length > 0 ? withoutTexts(column, strays) : column, circumstances);
  }
  if (tokens.size === 0 && column.dates.length > 0) return dateDraft(column, circumstances);
  return textDraft(column, tokens);
}

/** Words among numbers were counted as values, and are none. */
function straysOf({ tokens }: ColumnProfile, missingTexts: MissingTexts): string[] {
  return [...missingTexts.keys()].filter((text) => !tokens.has(text));
}

function describeStrays(column: ColumnProfile, missingTexts: MissingTexts): string {
  const strays = straysOf(column, missingTexts).map((text) => JSON.stringify(text.slice(0, 60)));
  return strays.length > 0 ? `; no number, and taken for missing: ${strays.join(', ')}` : '';
}

/** One value says nothing, unless it is there in some rows only. */
function single(
  column: ColumnProfile,
  tokens: ReadonlyMap<string, number>,
  strays: readonly string[],
  isMissing: boolean,
): Draft {
  const value = [...column.summary.counts.keys(), ...tokens.keys()].find((text) => !strays.includes(text))!;
  const shown = JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (!isMissing) return { leftOut: true, reason: `is always ${shown}` };
  return levelsDraft(withoutTexts(column, strays), `${shown} or missing`, tokens);
}

function withoutTexts(column: ColumnProfile, texts: readonly string[]): ColumnProfile {
  const counts = new Map([...column.summary.counts].filter(([text]) => !texts.includes(text)));
  const distinct = column.summary.distinct - texts.length;
  return { ...column, values: column.values - countOf(column, texts), summary: { ...column.summary, counts, distinct } };
}

function countOf({ summary }: ColumnProfile, texts: readonly string[]): number {
  return sum(texts.map((text) => summary.counts.get(text) ?? 0));
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/** Says where a column's name comes from, if it is not the header's. */
function described({ name, header }: ColumnProfile, reason: string): string {
  if (name === header.trim()) return reason;
  return header.trim() === ''
    ? `${reason}; has no name in the header`
    : `${reason}; in the header ${JSON.stringify(header.slice(0, 60))}`;
}
