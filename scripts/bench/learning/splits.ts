/** Stratified splits: a quarter of each class is held out. */
import { createRandom } from '../../random.ts';

const HELD_OUT = 0.25;

/** Rows to hold out, ascending: of each class a quarter, at least one row, and at least one is left. */
export function holdOut(labels: Int32Array, classCount: number, seed: number): number[] {
  const random = createRandom(seed);
  const byClass: number[][] = Array.from({ length: classCount }, () => []);
  labels.forEach((label, row) => {
    byClass[label]!.push(row);
  });
  return byClass
    .flatMap((rows) => shuffle(rows, random).slice(0, Math.min(Math.max(Math.round(rows.length * HELD_OUT), 1), rows.length - 1)))
    .sort((a, b) => a - b);
}

function shuffle(rows: readonly number[], random: () => number): number[] {
  const shuffled = [...rows];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}
