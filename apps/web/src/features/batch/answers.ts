/** What the API answered to the rows of a file, and what that amounts to. */
import type { Prediction } from '../../lib/api/types.ts';

/** The answer to a row, or why the API refused it. */
export type RowAnswer =
  | Pick<Prediction, 'prediction' | 'probabilities' | 'model' | 'version' | 'request_id'>
  | { readonly refused: string };

/** Something counted by name. */
interface NamedCount {
  readonly name: string;
  readonly count: number;
}

export interface AnswerSummary {
  readonly answered: number;
  /** Rows that the API refused. */
  readonly refused: number;
  /** In the order of the classes. */
  readonly byClass: readonly NamedCount[];
  /** Model and version: a rollout in between shows here. */
  readonly byVersion: readonly NamedCount[];
}

/** Counts answers by class and by version. Rows without an answer are passed over. */
export function summarizeAnswers(answers: readonly (RowAnswer | undefined)[], classes: readonly string[]): AnswerSummary {
  const byClass = new Map(classes.map((name) => [name, 0]));
  const byVersion = new Map<string, number>();
  let [answered, refused] = [0, 0];
  for (const answer of answers) {
    if (!answer) continue;
    if ('refused' in answer) {
      refused++;
      continue;
    }
    answered++;
    countOne(byClass, answer.prediction);
    countOne(byVersion, `${answer.model} ${answer.version}`);
  }
  return { answered, refused, byClass: namedCounts(byClass), byVersion: namedCounts(byVersion) };
}

function countOne(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function namedCounts(counts: ReadonlyMap<string, number>): NamedCount[] {
  return [...counts].map(([name, count]) => ({ name, count }));
}
