/** Our learners: a request of JSON a line, an answer of JSON a line, as `learner.py` has it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseModel } from '@iris/model';
import { fit as fitModel } from '@iris/training';
import { readSplit, type TablePart } from './exchange.ts';

/** What is to be fitted. */
export interface LearnRequest {
  readonly algorithm: 'rf' | 'gbt' | 'svm' | 'logreg';
  readonly directory: string;
  readonly split: number;
}

/** What came of it. */
export interface LearnAnswer {
  /** Of the fit. */
  readonly seconds: number;
  /** A row, in a batch. */
  readonly predictUs: number;
  readonly accuracy: number;
  readonly logLoss: number;
  /** Greatest difference between a probability of `logreg` and that of the optimum, of `optimum` alone. */
  readonly gap?: number;
}

const MIN_PROBABILITY = 1e-15;

async function answer({ algorithm, directory, split }: LearnRequest): Promise<LearnAnswer> {
  const { meta, train, test } = readSplit(directory, split);
  const { classCount, levelCounts } = meta;
  const start = performance.now();
  const { parameters } = await fitModel(algorithm, { ...train, levelCounts, classCount }, {}, split);
  const fitted = performance.now();
  const model = parseModel(parameters);
  const rows = toRows(test);
  const predicting = performance.now();
  const { classIndexes, classProbabilities } = model.predictBatch(rows, test.labels.length);
  const predicted = performance.now();
  // For `optimum` of the other side.
  if (algorithm === 'logreg') writeFileSync(join(directory, 'logreg.f64'), new Uint8Array(classProbabilities.buffer));
  const mean = (score: (label: number, row: number) => number) =>
    test.labels.reduce((sum, label, row) => sum + score(label, row), 0) / test.labels.length;
  return {
    seconds: (fitted - start) / 1000,
    predictUs: ((predicted - predicting) * 1000) / test.labels.length,
    accuracy: mean((label, row) => Number(classIndexes[row] === label)),
    logLoss: mean((label, row) => -Math.log(Math.max(classProbabilities[row * classCount + label]!, MIN_PROBABILITY))),
  };
}

function toRows({ columns, labels }: TablePart): Float64Array {
  const rows = new Float64Array(labels.length * columns.length);
  columns.forEach((values, column) => {
    for (let row = 0; row < labels.length; row++) rows[row * columns.length + column] = values[row]!;
  });
  return rows;
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line) as LearnRequest))}\n`);
}
