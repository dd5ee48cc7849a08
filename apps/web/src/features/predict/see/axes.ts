/** Which two features the plot shows at first: those that tell the classes apart best. */
import type { DatasetSchema, NumericFeature, ReferenceSamples } from '../../../lib/api/types.ts';

/** Features of the horizontal and the vertical axis. */
export interface Axes {
  readonly x: NumericFeature;
  readonly y: NumericFeature;
}

/** Features that an axis can show. */
export function numericFeatures(schema: DatasetSchema): NumericFeature[] {
  return schema.features.filter((feature) => feature.kind === 'numeric');
}

/** The two numeric features whose values depend most on the class, the better one across; undefined where there are not two. */
export function separatingAxes(schema: DatasetSchema, reference: ReferenceSamples): Axes | undefined {
  const ranked = numericFeatures(schema)
    .map((feature) => ({ feature, ratio: correlationRatio(reference, feature.name) }))
    .sort((a, b) => b.ratio - a.ratio);
  const [x, y] = ranked;
  return x && y && { x: x.feature, y: y.feature };
}

/** Axes after one of them was chosen: they change places where it was the other one. */
export function chooseAxis(axes: Axes, axis: 'x' | 'y', feature: NumericFeature): Axes {
  const other = axis === 'x' ? 'y' : 'x';
  return feature.name === axes[other].name ? { x: axes.y, y: axes.x } : { ...axes, [axis]: feature };
}

/** Share of a column's variance that its classes explain (eta squared), 0 to 1; 0 for a constant column. */
export function correlationRatio({ features, samples, labels }: ReferenceSamples, name: string): number {
  const at = features.indexOf(name);
  const column = samples.map((sample) => Number(sample[at]));
  const groups = Map.groupBy(column, (_, row) => labels[row]);
  const middle = mean(column);
  const total = column.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const between = [...groups.values()].reduce((sum, group) => sum + group.length * (mean(group) - middle) ** 2, 0);
  return total > 0 ? between / total : 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
