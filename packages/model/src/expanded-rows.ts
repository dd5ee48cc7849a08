/** Rows as an algorithm computes with them, whether or not its parameters have `inputs`. */
import { parseInputs } from './inputs.ts';
import type { ParameterReader } from './parameter-reader.ts';

/** From a row as the encoder writes it to one that the algorithm computes with. */
export interface ExpandedRows {
  /** Column of an encoded row that each column of an expanded one comes from. */
  readonly sources: readonly number[];
  /** Writes the expanded row of the encoded one at `rows[offset…]` to `out[outOffset…]`. */
  readonly expand: (rows: Float64Array, offset: number, out: Float64Array, outOffset: number) => void;
}

/** Reads `inputs`; without them rows stay as they are. */
export function parseExpandedRows(reader: ParameterReader, inputSize: number): ExpandedRows {
  const inputs = parseInputs(reader, inputSize);
  if (inputs) return inputs;
  return {
    sources: Array.from({ length: inputSize }, (_, column) => column),
    expand: (rows, offset, out, outOffset) => out.set(rows.subarray(offset, offset + inputSize), outOffset),
  };
}
