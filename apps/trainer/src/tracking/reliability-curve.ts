/** The reliability curve as a picture: how often predictions are right, by how sure the model is; below, how many there are. */
import type { ReliabilityBin } from '@iris/training';
import { svgLine, svgPicture, svgRect, svgText } from './svg.ts';

const PLOT = 320;
const LEFT = 60;
const TOP = 40;
const COUNTS_TOP = TOP + PLOT + 60;
const COUNTS_HEIGHT = 70;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const BLUE = '#1f5fa8';
const GREY = '#999999';

/** Draws it from bins of held-out predictions. */
export function drawReliabilityCurve(bins: readonly ReliabilityBin[], expectedCalibrationError: number): string {
  const filled = bins.filter(({ count }) => count > 0);
  const points = filled.map(({ confidence, accuracy }) => [xOf(confidence), yOf(accuracy)] as const);
  return svgPicture(LEFT + PLOT + 40, COUNTS_TOP + COUNTS_HEIGHT + 50, [
    svgText({ x: LEFT, y: 24, text: `expected calibration error ${expectedCalibrationError.toFixed(4)}`, bold: true }),
    ...TICKS.flatMap(drawTick),
    svgLine(
      [
        [xOf(0), yOf(0)],
        [xOf(1), yOf(1)],
      ],
      GREY,
      '6 4',
    ),
    svgLine(points, BLUE),
    ...points.map(([x, y]) => svgRect({ x: round(x - 3), y: round(y - 3), width: 6, height: 6, fill: BLUE })),
    svgText({ x: LEFT + PLOT / 2, y: TOP + PLOT + 38, text: 'confidence: probability of the predicted class', anchor: 'middle' }),
    svgText({ x: 16, y: TOP + PLOT / 2, text: 'accuracy', anchor: 'middle', rotate: -90 }),
    ...drawCounts(bins),
  ]);
}

function drawTick(value: number): string[] {
  const text = String(value);
  return [
    svgLine(
      [
        [xOf(value), yOf(0)],
        [xOf(value), yOf(1)],
      ],
      '#eeeeee',
    ),
    svgLine(
      [
        [xOf(0), yOf(value)],
        [xOf(1), yOf(value)],
      ],
      '#eeeeee',
    ),
    svgText({ x: xOf(value), y: yOf(0) + 18, text, anchor: 'middle' }),
    svgText({ x: LEFT - 8, y: yOf(value) + 4, text, anchor: 'end' }),
  ];
}

function drawCounts(bins: readonly ReliabilityBin[]): string[] {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const width = PLOT / bins.length;
  const bottom = COUNTS_TOP + COUNTS_HEIGHT;
  return [
    svgText({ x: LEFT + PLOT / 2, y: bottom + 34, text: 'predictions', anchor: 'middle' }),
    ...bins.flatMap(({ lower, count }) => {
      const height = round((COUNTS_HEIGHT * count) / most);
      const x = xOf(lower);
      return [
        svgRect({ x: x + 1, y: bottom - height, width: width - 2, height, fill: BLUE, opacity: 0.5 }),
        ...(count > 0 ? [svgText({ x: x + width / 2, y: bottom + 14, text: String(count), anchor: 'middle' })] : []),
      ];
    }),
  ];
}

function xOf(value: number): number {
  return round(LEFT + value * PLOT);
}

function yOf(value: number): number {
  return round(TOP + (1 - value) * PLOT);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
