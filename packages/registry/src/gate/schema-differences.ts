/** Whether a model can take another's place: the same question, the same answers. */
import { type DatasetSchema, type Feature, takesAnyText } from '@iris/dataset';

/**
 * Compares what callers of the API see: name, target, classes in their order, features in their order with their kind, unit and levels, and whether they may be missing.
 * Ranges may differ, as they come from the rows.
 *
 * @returns a sentence for each difference, `now → then`; none where one model can replace the other.
 */
export function schemaDifferences(current: DatasetSchema, candidate: DatasetSchema): string[] {
  const parts = [
    ['the dataset', current.name, candidate.name],
    ['the target', current.target, candidate.target],
    ['the classes', list(current.classes), list(candidate.classes)],
    ['the features', list(current.features.map(({ name }) => name)), list(candidate.features.map(({ name }) => name))],
  ] as const;
  const differences = parts.filter(([, now, then]) => now !== then).map(([part, now, then]) => `${part}: ${now} → ${then}`);
  return [...differences, ...featureDifferences(current.features, candidate.features)];
}

function featureDifferences(current: readonly Feature[], candidate: readonly Feature[]): string[] {
  return current.flatMap((feature) => {
    const other = candidate.find(({ name }) => name === feature.name);
    const [now, then] = [describe(feature), other && describe(other)];
    return then === undefined || now === then ? [] : [`the feature ${feature.name}: ${now} → ${then}`];
  });
}

function describe(feature: Feature): string {
  return `${describePresent(feature)}${feature.missing ? ', or missing' : ''}`;
}

function describePresent(feature: Feature): string {
  switch (feature.kind) {
    case 'numeric':
      return `a number in ${feature.unit}`;
    case 'date':
      return 'a date';
    case 'categorical':
      return `${takesAnyText(feature) ? 'a text, known' : 'one of'} ${list(feature.levels)}`;
  }
}

function list(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
