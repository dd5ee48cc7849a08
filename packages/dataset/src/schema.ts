/** What a dataset is: its columns, its classes, its rows. Every later part (request schema, encoder, form) is derived from these. */

/** Closed interval in the unit of its feature; `min <= max`, both finite. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A measured column. */
export interface NumericFeature {
  readonly kind: 'numeric';
  readonly name: string;
  /** Unit for people, such as `cm`; `1` for a count. */
  readonly unit: string;
  /** Smallest and largest value among the samples: outside it a prediction is an extrapolation. */
  readonly observed: Range;
  /** What the quantity can be at all: outside it the value is a mistake and is refused. */
  readonly plausible: Range;
}

/** A column that takes one of a few named levels. */
export interface CategoricalFeature {
  readonly kind: 'categorical';
  readonly name: string;
  /** Accepted levels, distinct, in encoding order. */
  readonly levels: readonly string[];
}

export type Feature = NumericFeature | CategoricalFeature;

/** The description of a dataset without its rows: it travels inside the model file and shapes every interface. */
export interface DatasetSchema {
  /** Lower-case identifier, such as `iris`. */
  readonly name: string;
  /** One or two sentences for people. */
  readonly description: string;
  /** Name of the predicted column, such as `species`. */
  readonly target: string;
  /** Class names in class-index order, at least two. */
  readonly classes: readonly string[];
  /** Columns in sample order, at least one. */
  readonly features: readonly Feature[];
}

/** Number for a numeric feature, level name for a categorical one. */
export type FeatureValue = number | string;

/** One value per feature, in the order of `DatasetSchema.features`. */
export type Sample = readonly FeatureValue[];

/** A dataset as a value. */
export interface Dataset {
  readonly schema: DatasetSchema;
  readonly samples: readonly Sample[];
  /** Class index of each sample, `0 <= label < classes.length`. */
  readonly labels: readonly number[];
}
