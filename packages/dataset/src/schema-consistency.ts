/** What a JSON Schema cannot say of a dataset schema: names are distinct and ranges fit each other. */
import { DatasetError, type DatasetProblem } from './errors.ts';
import type { CategoricalFeature, DatasetSchema, NumericFeature, Range } from './schema.ts';
import { normalized } from './table/columns.ts';

/** A numeric feature whose ranges may still have to come from the rows. */
export type NumericFeatureDraft = Omit<NumericFeature, 'observed' | 'plausible'> & {
  readonly observed?: Range;
  readonly plausible?: Range;
};

/** A schema as people write it: ranges may be left to the rows. */
export type DatasetSchemaDraft = Omit<DatasetSchema, 'features'> & {
  readonly features: readonly (NumericFeatureDraft | CategoricalFeature)[];
};

/**
 * Checks a document that already follows `DATASET_SCHEMA_DOCUMENT`.
 *
 * @throws DatasetError `DATASET_SCHEMA_INVALID` with all contradictions.
 */
export function requireConsistentSchema(draft: DatasetSchemaDraft): void {
  const contradictions = [...duplicateNames(draft), ...draft.features.flatMap(contradictoryRanges)];
  if (contradictions.length > 0) throw new DatasetError('DATASET_SCHEMA_INVALID', contradictions);
}

function duplicateNames(draft: DatasetSchemaDraft): DatasetProblem[] {
  const names = [draft.target, ...draft.features.map(({ name }) => name)];
  return [
    ...repeated(names).map((index) => ({
      where: `/features/${index - 1}/name`,
      detail: `the name ${JSON.stringify(names[index])} is used twice`,
    })),
    ...duplicateLabels('/classes', draft.classes),
    ...draft.features.flatMap((feature, index) =>
      feature.kind === 'categorical' ? duplicateLabels(`/features/${index}/levels`, feature.levels) : [],
    ),
  ];
}

function duplicateLabels(where: string, labels: readonly string[]): DatasetProblem[] {
  return repeated(labels).map((index) => ({
    where: `${where}/${index}`,
    detail: `${JSON.stringify(labels[index])} is there twice: composed and decomposed letters are the same`,
  }));
}

/** Indexes of texts that stand before them already, as tables are compared: in Unicode's normalization form C. */
function repeated(texts: readonly string[]): number[] {
  const seen = new Set<string>();
  return texts.flatMap((text, index) => (seen.size === seen.add(normalized(text)).size ? [index] : []));
}

function contradictoryRanges(feature: NumericFeatureDraft | CategoricalFeature, index: number): DatasetProblem[] {
  if (feature.kind === 'categorical') return [];
  const { observed, plausible } = feature;
  const problems: DatasetProblem[] = [];
  for (const [key, range] of [
    ['observed', observed],
    ['plausible', plausible],
  ] as const) {
    if (range && range.min > range.max) problems.push({ where: `/features/${index}/${key}`, detail: 'min is above max' });
  }
  if (observed && plausible && (observed.min < plausible.min || observed.max > plausible.max)) {
    problems.push({ where: `/features/${index}/observed`, detail: 'must lie within the plausible range' });
  }
  return problems;
}
