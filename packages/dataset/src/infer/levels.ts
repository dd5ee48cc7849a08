/** A categorical feature from the values of a column: all of them, or the frequent ones and a group of all others. */
import type { ColumnProfile } from '../profile/index.ts';
import { MAX_LABEL_CHARS, MAX_LEVELS } from '../schema-document.ts';
import { normalized } from '../table/columns.ts';
import { compareNaturally } from './natural-order.ts';
import type { Draft } from './types.ts';

/** What a group of levels is called, unless a level has that name. */
const OTHER = 'other';

/**
 * Lists the levels in natural order; beyond 255 the rarest are grouped into one that comes last.
 *
 * @param tokens texts of the column that were taken for levels, though they may stand for a missing value.
 */
export function levelsDraft({ name, summary }: ColumnProfile, reason: string, tokens: ReadonlyMap<string, number> = NONE): Draft {
  const counts = mergeEqual([...summary.counts, ...tokens]);
  if ([...counts.keys()].some((level) => !isLabel(level)))
    return { leftOut: true, reason: 'texts that no level can be: too long, or of several lines' };
  if (summary.isComplete && counts.size <= MAX_LEVELS) {
    const levels = [...counts.keys()].sort(compareNaturally);
    return { reason, feature: { kind: 'categorical', name, levels } };
  }
  const frequent = [...counts].sort(byCount).slice(0, MAX_LEVELS - 1);
  const levels = frequent.map(([level]) => level).sort(compareNaturally);
  const other = freeName(new Set(levels));
  const amount = summary.isComplete ? counts.size : `about ${summary.distinct}`;
  return {
    reason: `${reason}; ${amount} of them: the ${levels.length} most frequent, and "${other}" for the rest`,
    feature: { kind: 'categorical', name, levels: [...levels, other], other },
  };
}

const NONE: ReadonlyMap<string, number> = new Map();

/** Composed and decomposed letters are the same level. */
export function mergeEqual(counts: Iterable<readonly [text: string, count: number]>): Map<string, number> {
  const merged = new Map<string, number>();
  for (const [text, count] of counts) merged.set(normalized(text), (merged.get(normalized(text)) ?? 0) + count);
  return merged;
}

/** Whether a text can be a level or a class. */
export function isLabel(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text !== '__proto__' && text.length <= MAX_LABEL_CHARS && !/[\u0000-\u001f\u007f]/.test(text) && text.isWellFormed();
}

function byCount([first, count]: readonly [string, number], [second, other]: readonly [string, number]): number {
  return other - count || compareNaturally(first, second);
}

function freeName(taken: ReadonlySet<string>): string {
  let name = OTHER;
  for (let number = 2; taken.has(name); number++) name = `${OTHER} ${number}`;
  return name;
}
