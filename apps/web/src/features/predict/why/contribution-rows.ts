/** The contributions to one class, as they are drawn and read out. */
import type { ExplainedPrediction } from '../../../lib/api/types.ts';

/** One bar. */
export interface ContributionRow {
  readonly feature: string;
  /** What is added to the class's probability; negative where it is taken away. */
  readonly change: number;
}

/** The contributions to the predicted class, those that count most first. */
export function contributionRows({ prediction, contributions }: ExplainedPrediction): readonly ContributionRow[] {
  const rows = contributions.map(({ feature, contributions: byClass }) => ({ feature, change: byClass[prediction] ?? 0 }));
  return rows.sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
}
