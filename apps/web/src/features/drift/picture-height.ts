/** Heights of pictures, known before their code is loaded: what stands below must not move when they come. */
import type { Bin } from './bins.ts';

const NUMBERS_HEIGHT = 150;
const ROW_HEIGHT = 30;

/** Height of a column's picture in pixels: a row for each category, the same for all numbers. */
export function pictureHeight(bins: readonly Bin[]): number {
  return bins.some(({ kind }) => kind === 'category') ? bins.length * ROW_HEIGHT + 4 : NUMBERS_HEIGHT;
}
