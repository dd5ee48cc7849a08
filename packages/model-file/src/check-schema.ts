/** Checks a document against the published JSON Schema. */
import { type Schema, Validator } from '@cfworker/json-schema';
import { ModelFileError } from './errors.ts';
import publishedSchema from './model-file.schema.json' with { type: 'json' };

const MAX_REPORTED = 5;

// The validator interprets: compiling this schema with Ajv takes 60 ms of a cold start, interpreting it 2 ms. `parseModel`
// proves the thousands of numbers in the parameters, so those are not looked at twice; that no member is unknown stays the schema's to say.
const { $defs } = publishedSchema;
const runtimeSchema = {
  ...publishedSchema,
  $defs: {
    ...$defs,
    rf: withoutArrays($defs.rf),
    trees: withoutArrays($defs.trees),
    svm: withoutArrays($defs.svm),
    logreg: withoutArrays($defs.logreg),
  },
};

let validator: Validator | undefined;

/**
 * Checks everything but the inside of the parameters' arrays.
 *
 * @throws ModelFileError `MODEL_FILE_SCHEMA` with the first faults, each with its JSON pointer.
 */
export function checkSchema(document: unknown): void {
  validator ??= new Validator(runtimeSchema as Schema, '2020-12', false);
  const { valid, errors } = validator.validate(document);
  if (valid) return;
  // A fault is reported once where it is and once more for each member around it.
  const pointers = errors.map(({ instanceLocation }) => instanceLocation);
  const faults = errors.filter(({ instanceLocation: own }) => !pointers.some((other) => other.startsWith(`${own}/`)));
  const texts = faults.map(({ instanceLocation, error }) => `${instanceLocation.slice(1) || '/'}: ${error}`);
  const shown = [...new Set(texts)].slice(0, MAX_REPORTED).join(' ');
  throw new ModelFileError('MODEL_FILE_SCHEMA', `the model file does not follow its schema: ${shown}`, { faults: shown });
}

function withoutArrays<T extends { readonly properties: object }>(definition: T) {
  const members = Object.entries<{ type?: string }>({ ...definition.properties });
  return {
    ...definition,
    properties: Object.fromEntries(members.map(([name, member]) => [name, member.type === 'array' || member])),
  };
}
