/** What is decided of a table. */
import type { DatasetSchema, Feature } from '../schema.ts';
import type { DecimalSign } from '../table/numbers.ts';

/** What becomes of one column, and why. */
export interface ColumnDecision {
  /** By which the column is found in the file. */
  readonly column: string;
  /** Absent where the column is the target, or left out. */
  readonly feature?: Feature;
  readonly isTarget?: true;
  /** A few words for people. */
  readonly reason: string;
  /** How many cells are missing. */
  readonly missing: number;
  /** The texts among them. */
  readonly missingTokens: readonly string[];
}

/** A schema, and what was decided on the way. */
export interface SchemaInference {
  /** Complete: with ranges. */
  readonly schema: DatasetSchema;
  /** One for each column, in the order of the file. */
  readonly decisions: readonly ColumnDecision[];
  /** Rows of each class, in the order of `schema.classes`. */
  readonly classCounts: readonly number[];
  /** Of the numbers of most columns. */
  readonly decimalSign: DecimalSign;
  /** Rows whose target is missing: nothing can be learned from them. */
  readonly rowsWithoutTarget: number;
}

/** What a feature is before its name and its missing values. */
export type Draft = { readonly reason: string } & (
  | { readonly leftOut: true }
  | { readonly leftOut?: undefined; readonly feature: Feature }
);
