/** What a dataset is: its columns, its classes, its rows. Every later part (request schema, encoder, form) is derived from these. */

/** Closed interval in the unit of its feature; `min <= max`, both finite. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What every feature has. */
interface NamedFeature {
  readonly name: string;
  /** Whether a value may be missing: only where it was among the training rows, so that a model has learned what that means. */
  readonly missing?: true;
}

/** A measured column. */
export interface NumericFeature extends NamedFeature {
  readonly kind: 'numeric';
  /** Unit for people, such as `cm`; `1` for a count. Absent where nobody said it. */
  readonly unit?: string;
  /** Smallest and largest value among the samples: outside it a prediction is an extrapolation. */
  readonly observed: Range;
  /** What the quantity can be at all: outside it the value is a mistake and is refused. */
  readonly plausible: Range;
}

/** A column that takes one of a few named levels. */
export interface CategoricalFeature extends NamedFeature {
  readonly kind: 'categorical';
  /** Accepted levels, distinct, in encoding order. */
  readonly levels: readonly string[];
  /** The one of `levels` that stands for every text that is not among them: rare levels are grouped under it. */
  readonly other?: string;
  /** `accept`: a text that is not among `levels` counts as missing instead of being refused. */
  readonly unknownLevels?: 'accept';
}

/** How a file writes dates; a time of day behind the date is passed over. */
export type DateFormat = 'yyyy-mm-dd' | 'yyyy/mm/dd' | 'yyyymmdd' | 'dd.mm.yyyy' | 'dd/mm/yyyy' | 'mm/dd/yyyy' | 'dd-mm-yyyy';

/** First and last day, as `yyyy-mm-dd`. */
export interface DateRange {
  readonly min: string;
  readonly max: string;
}

/** A column of days. */
export interface DateFeature extends NamedFeature {
  readonly kind: 'date';
  /** How files write it; requests and answers have `yyyy-mm-dd`. */
  readonly format: DateFormat;
  /** First and last day among the samples. */
  readonly observed: DateRange;
}

export type Feature = NumericFeature | CategoricalFeature | DateFeature;

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
  /** Texts that stand for a missing value in files, besides an empty cell. */
  readonly missingTokens?: readonly string[];
}

/** Number for a numeric feature, level name for a categorical one, `yyyy-mm-dd` for a date; null where it is missing. */
export type FeatureValue = number | string | null;

/** One value per feature, in the order of `DatasetSchema.features`. */
export type Sample = readonly FeatureValue[];

/** A feature as people write it: its ranges may be left to the rows. */
export type FeatureDraft =
  | (Omit<NumericFeature, 'observed' | 'plausible'> & Partial<Pick<NumericFeature, 'observed' | 'plausible'>>)
  | CategoricalFeature
  | (Omit<DateFeature, 'observed'> & Partial<Pick<DateFeature, 'observed'>>);

/** A schema as people write it. */
export type DatasetSchemaDraft = Omit<DatasetSchema, 'features'> & { readonly features: readonly FeatureDraft[] };
