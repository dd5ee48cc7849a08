/** Errors of the dataset package: one class, a code, and every problem found rather than the first. */

/** `DATASET_SCHEMA_INVALID`: the schema document; `DATASET_ROWS_INVALID`: the rows of a CSV file; `DATASET_TARGET_UNSUITABLE`: its column to predict. */
export type DatasetErrorCode = 'DATASET_SCHEMA_INVALID' | 'DATASET_ROWS_INVALID' | 'DATASET_TARGET_UNSUITABLE';

/** One thing that is wrong, and where. */
export interface DatasetProblem {
  /** JSON pointer into the schema document, or the column's name in a CSV file. */
  readonly where: string;
  /** 1-based line of a CSV file; absent for a schema document. */
  readonly line?: number;
  /** What is wrong and what would be right. */
  readonly detail: string;
}

/** A dataset that cannot be used; `problems` holds all reasons, in reading order. */
export class DatasetError extends Error {
  readonly code: DatasetErrorCode;
  readonly problems: readonly DatasetProblem[];

  constructor(code: DatasetErrorCode, problems: readonly DatasetProblem[]) {
    super(
      `${problems.length} problem${problems.length === 1 ? '' : 's'}: ${problems.slice(0, 3).map(describeProblem).join('; ')}`,
    );
    this.name = 'DatasetError';
    this.code = code;
    this.problems = problems;
  }
}

/** One line for people: `line 7, petal_width: "x" is not a number`. */
export function describeProblem(problem: DatasetProblem): string {
  const place = problem.line === undefined ? problem.where : `line ${problem.line}, ${problem.where}`;
  return `${place}: ${problem.detail}`;
}
