/** libsvm itself (Chang and Lin, 2011), which the tests compare with. */
// So that whoever compiles this file from another workspace finds the types too.
/// <reference path="./libsvm-js.d.ts" />
import SVM from 'libsvm-js/asm.js';

/** RBF kernel, costs by class, and the tolerance to end at. */
export interface LibsvmOptions {
  readonly gamma: number;
  readonly costs: readonly number[];
  readonly tolerance: number;
}

/** What libsvm decides with: the members of the same names in `SupportVectorParameters`. */
export interface LibsvmSolution {
  readonly supportVectorCounts: number[];
  readonly supportVectors: number[];
  readonly dualCoefficients: number[];
  readonly intercepts: number[];
}

/**
 * Solves C-SVC for all pairs of classes.
 *
 * @param rows sorted by class, as libsvm numbers classes by first appearance.
 */
export function trainLibsvm(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  { gamma, costs, tolerance }: LibsvmOptions,
): LibsvmSolution {
  const svm = new SVM({
    type: SVM.SVM_TYPES.C_SVC,
    kernel: SVM.KERNEL_TYPES.RBF,
    cost: 1,
    weight: Object.fromEntries(costs.entries()),
    gamma,
    tolerance,
    probabilityEstimates: false,
    quiet: true,
  });
  try {
    svm.train(rows, labels);
    // The text rounds vectors to eight digits, so they are taken from the rows.
    const supportVectors = svm.getSVIndices().flatMap((index) => rows[index]!);
    return { ...parseSolution(svm.serializeModel()), supportVectors };
  } finally {
    svm.free();
  }
}

/** Reads `rho`, `nr_sv` and the coefficients of the lines below `SV`. */
function parseSolution(text: string): Omit<LibsvmSolution, 'supportVectors'> {
  const [header = '', body = ''] = text.split('\nSV\n');
  const supportVectorCounts = headerNumbers(header, 'nr_sv');
  const vectors = body.trim().split('\n').map(coefficientsOfLine);
  const opponents = supportVectorCounts.length - 1;
  return {
    supportVectorCounts,
    dualCoefficients: Array.from({ length: opponents }, (_, opponent) => vectors.map((row) => row[opponent]!)).flat(),
    intercepts: headerNumbers(header, 'rho').map((rho) => 0 - rho),
  };
}

function headerNumbers(header: string, name: string): number[] {
  const line = header.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line!.trim().split(' ').slice(1).map(Number);
}

// `0.73 -0 1:5.7 2:4.4`: coefficients first. Adding 0 turns -0, which JSON cannot keep, into 0.
function coefficientsOfLine(line: string): number[] {
  const cells = line.trim().split(' ');
  return cells.filter((cell) => !cell.includes(':')).map((cell) => Number(cell) + 0);
}
