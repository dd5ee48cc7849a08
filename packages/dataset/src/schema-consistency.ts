/** What a JSON Schema cannot say of a dataset schema: names are distinct and ranges fit each other. */
import { dayOf } from './days.ts';
import { DatasetError, type DatasetProblem } from './errors.ts';
import type { DatasetSchemaDraft, DateRange, FeatureDraft } from './schema.ts';
import { normalized } from './table/columns.ts';

/**
 * Checks a document that already follows `DATASET_SCHEMA_DOCUMENT`.
 *
 * @throws DatasetError `DATASET_SCHEMA_INVALID` with all contradictions.
 */
export function requireConsistentSchema(draft: DatasetSchemaDraft): void {
  const found = [...duplicateNames(draft), ...draft.features.flatMap(contradictions)];
  if (found.length > 0) throw new DatasetError('DATASET_SCHEMA_INVALID', found);
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

function contradictions(feature: FeatureDraft, index: number): DatasetProblem[] {
  const where = `/features/${index}`;
  switch (feature.kind) {
    case 'numeric':
      return contradictoryRanges(feature, where);
    case 'date':
      return feature.observed ? impossibleDays(feature.observed, `${where}/observed`) : [];
    case 'categorical':
      if (feature.other === undefined || feature.levels.includes(feature.other)) return [];
      return [{ where: `${where}/other`, detail: 'must be one of the levels' }];
  }
}

function impossibleDays({ min, max }: DateRange, where: string): DatasetProblem[] {
  const impossible = [min, max].find((text) => Number.isNaN(dayOf(text)));
  if (impossible !== undefined) return [{ where, detail: `${impossible} is no day of the calendar` }];
  return dayOf(min) > dayOf(max) ? [{ where, detail: 'min is above max' }] : [];
}

function contradictoryRanges(
  { observed, plausible }: FeatureDraft & { readonly kind: 'numeric' },
  where: string,
): DatasetProblem[] {
  const problems: DatasetProblem[] = [];
  for (const [key, range] of [
    ['observed', observed],
    ['plausible', plausible],
  ] as const) {
    if (range && range.min > range.max) problems.push({ where: `${where}/${key}`, detail: 'min is above max' });
  }
  if (observed && plausible && (observed.min < plausible.min || observed.max > plausible.max)) {
    problems.push({ where: `${where}/observed`, detail: 'must lie within the plausible range' });
  }
  return problems;
}
