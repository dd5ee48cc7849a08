/** Turns samples into the numeric rows that models read: numeric features as they are, levels one-hot. */
import type { DatasetSchema, Feature, Sample } from './schema.ts';

/** Encodes samples of one dataset schema. */
export interface Encoder {
  /** Columns of an encoded row. */
  readonly size: number;
  /** Name of each column, such as `petal_width` or `plan_type=premium`. */
  readonly columnNames: readonly string[];
  /**
   * Writes one encoded sample.
   *
   * @param sample one valid value per feature, in schema order; validate first, nothing is checked here.
   * @param out row-major matrix that receives `size` numbers from `offset` on.
   */
  encode(sample: Sample, out: Float64Array, offset: number): void;
}

/** Builds the encoder of a dataset schema. */
export function createEncoder(schema: DatasetSchema): Encoder {
  const columnNames = schema.features.flatMap(columnsOf);
  const writers = schema.features.map(createWriter);
  return {
    size: columnNames.length,
    columnNames,
    encode(sample, out, offset) {
      let column = offset;
      for (let index = 0; index < writers.length; index++) column = writers[index]!(sample[index]!, out, column);
    },
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

function columnsOf(feature: Feature): readonly string[] {
  return feature.kind === 'numeric' ? [feature.name] : feature.levels.map((level) => `${feature.name}=${level}`);
}

type ValueWriter = (value: number | string, out: Float64Array, column: number) => number;

function createWriter(feature: Feature): ValueWriter {
  if (feature.kind === 'numeric') {
    return function writeNumber(value, out, column) {
      out[column] = value as number;
      return column + 1;
    };
  }
  const indexes = new Map(feature.levels.map((level, index) => [level, index]));
  const width = feature.levels.length;
  return function writeLevel(value, out, column) {
    out.fill(0, column, column + width);
    out[column + indexes.get(value as string)!] = 1;
    return column + width;
  };
}
