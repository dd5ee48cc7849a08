/** Turns samples into the numeric rows that all models read, and back. */
import { DAY_PARTS, dayOf, dayParts, isoDay } from './days.ts';
import type { CategoricalFeature, DatasetSchemaDraft, FeatureDraft, FeatureValue, Sample } from './schema.ts';

/** Encodes samples of one dataset schema: a number as it is, a level as its index, a date as its parts, NaN for what is missing or unknown. */
export interface Encoder {
  /** Columns of an encoded row. */
  readonly size: number;
  /** Name of each column, such as `petal_width`, `plan_type` or `joined.month`. */
  readonly columnNames: readonly string[];
  /** Index of the feature that each column comes from. */
  readonly columnFeatures: readonly number[];
  /** Levels of each column; 0 for a number. */
  readonly levelCounts: readonly number[];
  /**
   * Writes one encoded sample.
   *
   * @param sample one valid value per feature, in schema order; validate first, nothing is checked here.
   * @param out row-major matrix that receives `size` numbers from `offset` on.
   */
  encode(sample: Sample, out: Float64Array, offset: number): void;
  /** The sample of an encoded row, whose columns the function gives. */
  decode(column: (index: number) => number): Sample;
}

/** Builds the encoder of a dataset schema. */
export function createEncoder(schema: Pick<DatasetSchemaDraft, 'features'>): Encoder {
  const { features } = schema;
  const widths = features.map(({ kind }) => (kind === 'date' ? DAY_PARTS.length : 1));
  const columnFeatures = widths.flatMap((width, feature) => new Array<number>(width).fill(feature));
  const firstColumns: number[] = [];
  let columns = 0;
  for (const width of widths) {
    firstColumns.push(columns);
    columns += width;
  }
  const writers = features.map(createWriter);
  const readers = features.map(createReader);
  return {
    size: columnFeatures.length,
    columnNames: features.flatMap(columnsOf),
    columnFeatures,
    levelCounts: columnFeatures.map((index) => levelCountOf(features[index]!)),
    encode(sample, out, offset) {
      let column = offset;
      for (let index = 0; index < writers.length; index++) column = writers[index]!(sample[index]!, out, column);
    },
    decode: (column) => readers.map((read, index) => read(column, firstColumns[index]!)),
  };
}

/** Encodes all samples: a row-major matrix of `samples.length` × `encoder.size`. */
export function encodeSamples(encoder: Encoder, samples: readonly Sample[]): Float64Array {
  const rows = new Float64Array(samples.length * encoder.size);
  samples.forEach((sample, index) => {
    encoder.encode(sample, rows, index * encoder.size);
  });
  return rows;
}

/** Index of the level that a text stands for; NaN for an unknown one. */
export type LevelIndex = (text: string) => number;

/** Builds the lookup of a feature's levels: its `other` takes every text that is none of them. */
export function createLevelIndex({ levels, other }: Pick<CategoricalFeature, 'levels' | 'other'>): LevelIndex {
  const indexes = new Map(levels.map((level, index) => [level, index]));
  const otherwise = other === undefined ? Number.NaN : indexes.get(other)!;
  return (text) => indexes.get(text) ?? otherwise;
}

function columnsOf(feature: FeatureDraft): readonly string[] {
  return feature.kind === 'date' ? DAY_PARTS.map((part) => `${feature.name}.${part}`) : [feature.name];
}

function levelCountOf(feature: FeatureDraft): number {
  return feature.kind === 'categorical' ? feature.levels.length : 0;
}

type ValueWriter = (value: FeatureValue, out: Float64Array, column: number) => number;

function createWriter(feature: FeatureDraft): ValueWriter {
  if (feature.kind === 'date') return writeDate;
  if (feature.kind === 'categorical') {
    const indexOf = createLevelIndex(feature);
    return function writeLevel(value, out, column) {
      out[column] = value === null ? Number.NaN : indexOf(value as string);
      return column + 1;
    };
  }
  return writeNumber;
}

const writeNumber: ValueWriter = function writeNumber(value, out, column) {
  out[column] = value === null ? Number.NaN : (value as number);
  return column + 1;
};

const writeDate: ValueWriter = function writeDate(value, out, column) {
  const day = value === null ? Number.NaN : dayOf(value as string);
  if (Number.isNaN(day)) out.fill(Number.NaN, column, column + DAY_PARTS.length);
  else out.set(dayParts(day), column);
  return column + DAY_PARTS.length;
};

type ValueReader = (column: (index: number) => number, first: number) => FeatureValue;

function createReader(feature: FeatureDraft): ValueReader {
  if (feature.kind === 'numeric') return (column, first) => orNull(column(first), (value) => value);
  if (feature.kind === 'date') return (column, first) => orNull(column(first + DAY_PARTS.length - 1), isoDay);
  return (column, first) => orNull(column(first), (value) => feature.levels[value]!);
}

function orNull(value: number, read: (value: number) => FeatureValue): FeatureValue {
  return Number.isNaN(value) ? null : read(value);
}
