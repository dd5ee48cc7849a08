/** Loads a forest from its parameters as JSON in a process of its own, and times its predictions: `node large-forest-child.ts FILE ROWS COLUMNS`. */
import { readFileSync } from 'node:fs';
import { parseModel } from '@iris/model';
import { createRandom } from '../../random.ts';
import { median } from '../statistics.ts';

const [file, columns] = [process.argv[2]!, Number(process.argv[3])];
const ROWS = 5_000;
const ROUNDS = 5;
/** Values of the made letters are whole numbers up to it. */
const MAX_VALUE = 15;

const text = readFileSync(file, 'utf8');
globalThis.gc?.();
const before = memoryMb();
const parsing = performance.now();
const model = parseModel(JSON.parse(text));
const loadMs = performance.now() - parsing;
globalThis.gc?.();
const addedMb = memoryMb() - before;

const random = createRandom(1);
const rows = Float64Array.from({ length: ROWS * columns }, () => Math.round(random() * MAX_VALUE));
const samples = Array.from({ length: ROWS }, (_, row) => Array.from(rows.subarray(row * columns, (row + 1) * columns)));
const singles: number[] = [];
const batches: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  for (const sample of samples) singles.push(microseconds(() => model.predict(sample)));
  batches.push(microseconds(() => model.predictBatch(rows, ROWS)) / ROWS);
}
const figures = { loadMs, addedMb, singleUs: median(singles), batchUs: Math.min(...batches) };
process.stdout.write(`${JSON.stringify(figures)}\n`);

function memoryMb(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return (heapUsed + external + arrayBuffers) / 1e6;
}

function microseconds(action: () => void): number {
  const start = performance.now();
  action();
  return (performance.now() - start) * 1000;
}
