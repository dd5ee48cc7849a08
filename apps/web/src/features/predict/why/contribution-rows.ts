/** The contributions to one class, as they are drawn and read out. */
import type { ExplainedPrediction } from '../../../lib/api/types.ts';

/** Features that are shown at first. */
const SHOWN = 10;

/** One bar. */
export interface ContributionRow {
  /** Undefined: the features that are not shown, together. */
  readonly feature: string | undefined;
  /** What is added to the class; negative where it is taken away. */
  readonly change: number;
}

/** Whether there are features beyond those that are shown at first. A single one is shown too: saying that it is not takes as much room. */
export function hasMore({ contributions }: ExplainedPrediction): boolean {
  return contributions.length > SHOWN + 1;
}

/** Names of the features by what they add to the predicted class, those that count most first. */
export function byWeight({ prediction, contributions }: ExplainedPrediction): readonly string[] {
  const weight = ({ contributions: byClass }: ExplainedPrediction['contributions'][number]) => Math.abs(byClass[prediction] ?? 0);
  return contributions.toSorted((a, b) => weight(b) - weight(a)).map(({ feature }) => feature);
}

/** The contributions to a class: of all features, or of those that count most and of the rest together. */
export function contributionRows(explained: ExplainedPrediction, label: string, all: boolean): readonly ContributionRow[] {
  const changes = new Map(explained.contributions.map(({ feature, contributions }) => [feature, contributions[label] ?? 0]));
  const rows = byWeight(explained).map((feature) => ({ feature, change: changes.get(feature) ?? 0 }));
  if (all || !hasMore(explained)) return rows;
  const rest = rows.slice(SHOWN).reduce((sum, { change }) => sum + change, 0);
  return [...rows.slice(0, SHOWN), { feature: undefined, change: rest }];
}
