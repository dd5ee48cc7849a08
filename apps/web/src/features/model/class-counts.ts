/** How many reference samples each class has. */

/** Counts in the order of `classes`; labels of no class are left out. */
export function countLabels(classes: readonly string[], labels: readonly string[]): readonly number[] {
  const counts = Map.groupBy(labels, (label) => label);
  return classes.map((name) => counts.get(name)?.length ?? 0);
}
