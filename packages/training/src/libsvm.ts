/** Trains with libsvm (Chang and Lin, 2011) and reads the result out of its text format. */
// So that whoever compiles this file from another workspace finds the types too.
/// <reference path="./libsvm-js.d.ts" />
import SVM from 'libsvm-js/asm.js';
import { type ExpandedRows, selectExpanded, toArrays } from './inputs.ts';
import { indexesByClass } from './rows.ts';

/** RBF kernel and cost. */
export interface LibsvmOptions {
  readonly c: number;
  readonly gamma: number;
}

/** What libsvm decides with: the members of the same names in `SupportVectorParameters`. */
export interface LibsvmSolution {
  readonly supportVectorCounts: number[];
  readonly supportVectors: number[];
  readonly dualCoefficients: number[];
  readonly intercepts: number[];
}

/** Solves C-SVC for all pairs of classes; every class needs a row. Cost: between quadratic and cubic in the rows. */
export function trainLibsvm(rows: ExpandedRows, { c, gamma }: LibsvmOptions): LibsvmSolution {
  // libsvm numbers classes by first appearance: sorted rows make its order ours.
  const sorted = selectExpanded(rows, indexesByClass(rows).flat());
  const svm = new SVM({
    type: SVM.SVM_TYPES.C_SVC,
    kernel: SVM.KERNEL_TYPES.RBF,
    cost: c,
    gamma,
    probabilityEstimates: false,
    quiet: true,
  });
  try {
    svm.train(toArrays(sorted), Array.from(sorted.labels));
    // The text rounds vectors to eight digits, so they are taken from the rows.
    const supportVectors = Array.from(selectExpanded(sorted, svm.getSVIndices()).features);
    return { ...parseSolution(svm.serializeModel()), supportVectors };
  } finally {
    svm.free();
  }
}

/** Reads `rho`, `nr_sv` and the coefficients of the lines below `SV`. */
export function parseSolution(text: string): Omit<LibsvmSolution, 'supportVectors'> {
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
