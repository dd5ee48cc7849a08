/** A column's distribution as bins, each with its share of the training rows and of the predictions. */
import type { DriftDistribution } from '../../lib/api/drift-types.ts';

/** What a bin holds: numbers, from the lower edge on and below the upper one; or one category, or all others. */
export type BinName =
  | { readonly kind: 'below' | 'above'; readonly edge: number }
  | { readonly kind: 'between'; readonly from: number; readonly to: number }
  | { readonly kind: 'category'; readonly name: string }
  | { readonly kind: 'others' };

export type Bin = BinName & {
  /** Shares, 0 to 1. */
  readonly training: number;
  readonly live: number;
};

/** Bins in their order; those outside of the training data's range, and other categories, only where there are any. */
export function binsOf({ edges, categories, reference, current }: DriftDistribution): readonly Bin[] {
  const names = edges ? numericNames(edges) : categoryNames(categories ?? []);
  const bins = names.map((name, place): Bin => ({ ...name, training: reference[place] ?? 0, live: current[place] ?? 0 }));
  return bins.filter(({ kind, training, live }) => kind === 'between' || kind === 'category' || training + live > 0);
}

/** The bin whose shares are furthest apart. */
export function mostDifferent(bins: readonly Bin[]): Bin | undefined {
  const apart = ({ training, live }: Bin) => Math.abs(training - live);
  return bins.reduce<Bin | undefined>((most, bin) => (most && apart(most) >= apart(bin) ? most : bin), undefined);
}

function numericNames(edges: readonly number[]): BinName[] {
  const between = edges.slice(1).map((to, index): BinName => ({ kind: 'between', from: edges[index]!, to }));
  return [{ kind: 'below', edge: edges[0]! }, ...between, { kind: 'above', edge: edges.at(-1)! }];
}

function categoryNames(categories: readonly string[]): BinName[] {
  return [...categories.map((name): BinName => ({ kind: 'category', name })), { kind: 'others' }];
}
