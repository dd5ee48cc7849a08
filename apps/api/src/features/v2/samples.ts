/** Input tensors to samples: rows side by side in the model's order, each validated like any other instance. */
import type { DatasetSchema, Sample } from '@iris/dataset';
import { ApiError, type FieldFault } from '../../errors.ts';
import type { InstanceReader } from '../predict/instance-reader.ts';
import type { InputTensor } from './read-inputs.ts';

/** More samples at fault than this help nobody. */
const MAX_FAULTY_SAMPLES = 5;

/**
 * Assembles all samples, or none.
 *
 * @throws ApiError `VALIDATION_FAILED` telling the first samples and features at fault.
 */
export function readSamples(
  schema: DatasetSchema,
  readInstance: InstanceReader,
  tensors: readonly InputTensor[],
): readonly Sample[] {
  const faults: string[] = [];
  const samples: Sample[] = [];
  for (let row = 0; row < tensors[0]!.rows && faults.length < MAX_FAULTY_SAMPLES; row++) {
    const read = readInstance({ features: sampleAt(tensors, row) });
    if (read.faults) faults.push(`sample ${row}: ${describeSample(schema, read.faults)}`);
    else samples.push(read.sample);
  }
  if (faults.length > 0) throw new ApiError('VALIDATION_FAILED', faults.join('; '));
  return samples;
}

function sampleAt(tensors: readonly InputTensor[], row: number): Sample {
  return tensors.flatMap(({ elements, width }) => elements.slice(row * width, (row + 1) * width));
}

// `/features/2` is no name that this protocol's callers know.
function describeSample({ features }: DatasetSchema, faults: readonly FieldFault[]): string {
  return faults
    .map(({ pointer, detail }) => `${features[Number(pointer.split('/')[2])]?.name ?? 'features'} ${detail}`)
    .join(', ');
}
