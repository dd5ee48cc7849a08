/** What a confusion matrix says of each class: accuracy alone hides a class that is never recognised. */

/** `[true class][predicted class]` counts. */
type ConfusionMatrix = readonly (readonly number[])[];

/** Share of each class's samples that are recognised; NaN for a class without samples. */
export function recallByClass(matrix: ConfusionMatrix): number[] {
  return matrix.map((row, index) => row[index]! / sum(row));
}

/** Share of each predicted class's samples that are of it; NaN for a class that is never predicted. */
export function precisionByClass(matrix: ConfusionMatrix): number[] {
  return matrix.map((_, index) => matrix[index]![index]! / sum(matrix.map((row) => row[index]!)));
}

/** Mean recall of the classes that have samples: what accuracy would be if all were as frequent. */
export function balancedAccuracy(matrix: ConfusionMatrix): number {
  const recalls = recallByClass(matrix).filter((recall) => !Number.isNaN(recall));
  return sum(recalls) / recalls.length;
}

/** The class with the most samples, and their share: the accuracy of a model that always says this class. */
export function greatestClass(matrix: ConfusionMatrix): { readonly classIndex: number; readonly share: number } {
  const counts = matrix.map(sum);
  const greatest = Math.max(...counts);
  return { classIndex: counts.indexOf(greatest), share: greatest / sum(counts) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
