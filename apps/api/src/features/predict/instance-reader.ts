/** Reads instances that do not come as a route's JSON body: lines of a stream, rows of a table, tensors. */
import type { DatasetSchema, Sample } from '@iris/dataset';
import type { FieldFault } from '../../errors.ts';
import type { CompileSchema } from '../../plugins/compilers.ts';
import { fieldFaults } from '../../plugins/validation-faults.ts';
import { type Instance, instanceSchema, sampleOf } from './schema.ts';

/** A valid instance, or what is wrong with it. */
export type ReadInstance =
  | { readonly sample: Sample; readonly requestId: string | undefined; readonly faults?: undefined }
  | { readonly faults: readonly FieldFault[] };

/** Validates by the same schema as `POST /predict`. */
export type InstanceReader = (value: unknown) => ReadInstance;

/** Compiles the reader of a dataset schema. */
export function createInstanceReader(schema: DatasetSchema, compile: CompileSchema): InstanceReader {
  const validate = compile(instanceSchema(schema, undefined));
  return function readInstance(value) {
    if (!validate(value)) return { faults: fieldFaults(validate.errors ?? []) };
    const instance = value as Instance;
    return { sample: sampleOf(schema, instance), requestId: instance.request_id };
  };
}

/** Faults in one line: `/petal_width is missing; /sepal_width must be number`. */
export function describeFaults(faults: readonly FieldFault[]): string {
  return faults.map(({ pointer, detail }) => `${pointer || '/'} ${detail}`).join('; ');
}
