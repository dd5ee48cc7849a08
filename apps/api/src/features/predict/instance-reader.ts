/** Reads instances that do not come as a route's JSON body: lines of a stream, rows of a table, tensors. */
import type { DatasetSchema, Sample } from '@iris/dataset';
import type { FieldFault } from '../../errors.ts';
import type { CompileSchema } from '../../plugins/compilers.ts';
import { fieldFaults } from '../../plugins/validation-faults.ts';
import { createComposer } from './composed-letters.ts';
import { createInstanceForms } from './instance-forms.ts';
import { type Instance, instanceSchema } from './schema.ts';

/** A valid instance, or what is wrong with it. */
export type ReadInstance =
  | { readonly sample: Sample; readonly requestId: string | undefined; readonly faults?: undefined }
  | { readonly faults: readonly FieldFault[] };

/** Validates by the same schema as `POST /predict`. */
export type InstanceReader = (value: unknown) => ReadInstance;

/** Compiles the reader of a dataset schema. */
export function createInstanceReader(schema: DatasetSchema, compile: CompileSchema): InstanceReader {
  const validate = compile(instanceSchema(schema, undefined));
  const { sampleOf, requestIdOf } = createInstanceForms(schema);
  const compose = createComposer(schema);
  return function readInstance(given) {
    const value = compose ? compose(given) : given;
    if (!validate(value)) return { faults: fieldFaults(validate.errors ?? []) };
    const instance = value as Instance;
    return { sample: sampleOf(instance), requestId: requestIdOf(instance) };
  };
}

/** Faults in one line: `/petal_width is missing; /sepal_width must be a finite number without quotes`. */
export function describeFaults(faults: readonly FieldFault[]): string {
  return faults.map(({ pointer, detail }) => `${pointer || '/'} ${detail}`).join('; ');
}
