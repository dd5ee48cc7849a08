/** The confusion matrix as a picture: rows true, columns predicted, the darker the greater the share of its row. */
import { svgPicture, svgRect, svgText } from './svg.ts';

const CELL = 84;
const MARGIN = 40;
const CHARACTER_WIDTH = 7.5;
/** Longer names are cut: the model card has them whole. */
const MAX_NAME = 24;
const BLUE = '#1f5fa8';
/** From this share on, dark text could not be read. */
const DARK_SHARE = 0.5;

/**
 * Draws it.
 *
 * @param matrix `[true class][predicted class]` counts.
 * @param classes class names in class-index order.
 */
export function drawConfusionMatrix(matrix: readonly (readonly number[])[], classes: readonly string[], target: string): string {
  const names = classes.map((name) => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name));
  const left = MARGIN + Math.max(...names.map(({ length }) => length)) * CHARACTER_WIDTH;
  const top = MARGIN + 2 * CHARACTER_WIDTH + 30;
  const size = classes.length * CELL;
  const middleOf = (index: number) => index * CELL + CELL / 2;
  return svgPicture(left + size + MARGIN, top + size + MARGIN, [
    svgText({ x: left + size / 2, y: 24, text: `predicted ${target}`, anchor: 'middle', bold: true }),
    svgText({ x: 20, y: top + size / 2, text: `true ${target}`, anchor: 'middle', bold: true, rotate: -90 }),
    ...names.map((text, index) => svgText({ x: left - 8, y: top + middleOf(index) + 4, text, anchor: 'end' })),
    ...names.map((text, index) => svgText({ x: left + middleOf(index), y: top - 10, text: shortFor(text), anchor: 'middle' })),
    ...matrix.flatMap((row, y) => drawRow(row, left, top + y * CELL)),
  ]);
}

/** What fits over a column. */
function shortFor(name: string): string {
  const room = Math.floor(CELL / CHARACTER_WIDTH);
  return name.length > room ? `${name.slice(0, room - 1)}…` : name;
}

function drawRow(row: readonly number[], left: number, y: number): string[] {
  const total = row.reduce((sum, count) => sum + count, 0);
  return row.flatMap((count, column) => {
    const share = total === 0 ? 0 : count / total;
    const x = left + column * CELL;
    const color = share > DARK_SHARE ? '#ffffff' : '#222222';
    const middle = { x: x + CELL / 2, anchor: 'middle', color } as const;
    return [
      svgRect({ x: x + 1, y: y + 1, width: CELL - 2, height: CELL - 2, fill: BLUE, opacity: 0.04 + 0.96 * share }),
      svgText({ ...middle, y: y + CELL / 2, text: String(count), bold: true }),
      svgText({ ...middle, y: y + CELL / 2 + 18, text: `${(100 * share).toFixed(1)} %` }),
    ];
  });
}
