/** Parses a dataset schema document, reporting every problem at once. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { DatasetError, type DatasetProblem } from './errors.ts';
import type { DatasetSchema, DatasetSchemaDraft, FeatureDraft } from './schema.ts';
import { requireConsistentSchema } from './schema-consistency.ts';
import { DATASET_SCHEMA_DOCUMENT } from './schema-document.ts';

/**
 * Parses a complete schema, as it stands in a model file.
 *
 * @throws DatasetError `DATASET_SCHEMA_INVALID` with all problems, a missing range among them.
 */
export function parseDatasetSchema(document: unknown): DatasetSchema {
  const draft = parseDatasetSchemaDraft(document);
  const missing = draft.features.flatMap((feature, index) => missingRanges(feature, index));
  if (missing.length > 0) throw new DatasetError('DATASET_SCHEMA_INVALID', missing);
  return draft as DatasetSchema;
}

/**
 * Parses a schema whose numeric ranges are optional, as it stands beside one's own CSV file.
 *
 * @throws DatasetError `DATASET_SCHEMA_INVALID` with all problems.
 */
export function parseDatasetSchemaDraft(document: unknown): DatasetSchemaDraft {
  const problems = structuralProblems(document);
  if (problems.length > 0) throw new DatasetError('DATASET_SCHEMA_INVALID', problems);
  const draft = document as DatasetSchemaDraft;
  requireConsistentSchema(draft);
  return draft;
}

const NAME_TAKEN =
  '"__proto__", "$ref" and "$id" mean something else to readers of JSON: write such a column as "$ref (column)", here alone';
const LABEL_TAKEN = '"__proto__" means something else to readers of JSON: give the label another name, here and in the file';

let validate: ReturnType<Ajv2020['compile']> | undefined;

function structuralProblems(document: unknown): DatasetProblem[] {
  validate ??= new Ajv2020({ allErrors: true, strict: false }).compile(DATASET_SCHEMA_DOCUMENT);
  if (validate(document)) return [];
  return (validate.errors ?? [])
    .filter((error) => error.keyword !== 'if')
    .slice(0, 100)
    .map((error) => ({ where: error.instancePath || '/', detail: detailOf(error) }));
}

function detailOf({ keyword, instancePath, message = 'is wrong', params }: ErrorObject): string {
  const isName = /^\/target$|\/name$/.test(instancePath) && instancePath !== '/name';
  if (keyword === 'not') return isName ? NAME_TAKEN : LABEL_TAKEN;
  if (isName && keyword === 'pattern') return 'must be a name without blanks at its ends and without control characters';
  return `${message}${allowedText(params)}`;
}

function allowedText(params: Record<string, unknown>): string {
  if (Array.isArray(params.allowedValues)) return `: ${params.allowedValues.join(', ')}`;
  return typeof params.additionalProperty === 'string' ? `: ${params.additionalProperty}` : '';
}

function missingRanges(feature: FeatureDraft, index: number): DatasetProblem[] {
  return rangesOf(feature)
    .filter(([, range]) => range === undefined)
    .map(([key]) => ({ where: `/features/${index}/${key}`, detail: 'is missing' }));
}

function rangesOf(feature: FeatureDraft): (readonly [key: string, range: object | undefined])[] {
  switch (feature.kind) {
    case 'numeric':
      return [
        ['observed', feature.observed],
        ['plausible', feature.plausible],
      ];
    case 'date':
      return [['observed', feature.observed]];
    case 'categorical':
      return [];
  }
}
