/** Draws accuracy and drift over time, one above the other on the same axis, with a line where another version came. */
import { areaY, axisX, axisY, dot, lineY, type Markish, plot, rect, ruleX, ruleY, text } from '@observablehq/plot';
import type { Piece, VersionChange } from './pieces.ts';

/** Heights of both pictures in pixels: what stands below must not move when they come. */
export const ACCURACY_HEIGHT = 170;
export const DRIFT_HEIGHT = 120;

/** Room for one time on the axis. */
const TICK_PX = 110;
const LOOK = { background: 'transparent', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' };

export interface TimelineDrawing {
  readonly pieces: readonly Piece[];
  readonly changes: readonly VersionChange[];
  readonly width: number;
  readonly formatTime: (at: Date) => string;
  readonly formatShare: (share: number) => string;
  readonly nameOf: (version: string | null) => string;
}

/** Live accuracy: a point for each piece with feedback, a line between neighbours, a band for the 95 % Wilson interval. */
export function drawAccuracy({ changes, nameOf, ...drawing }: TimelineDrawing): Element {
  const { pieces } = drawing;
  const judged = pieces.map((piece) => ({ at: middle(piece), ...(piece.accuracy ?? NOTHING) }));
  return draw(drawing, ACCURACY_HEIGHT, [
    ruleX(changes, { x: ({ at }: VersionChange) => new Date(at), stroke: 'var(--mantine-color-dimmed)', strokeDasharray: '4 3' }),
    text(changes, {
      x: ({ at }: VersionChange) => new Date(at),
      text: ({ version }: VersionChange) => nameOf(version),
      frameAnchor: 'top',
      dy: -14,
      fill: 'var(--mantine-color-dimmed)',
    }),
    areaY(judged, { x: 'at', y1: 'low', y2: 'high', fill: 'var(--iris-accent-text)', fillOpacity: 0.18 }),
    ruleX(judged, { x: 'at', y1: 'low', y2: 'high', stroke: 'var(--iris-accent-text)', strokeOpacity: 0.4, strokeWidth: 4 }),
    lineY(judged, { x: 'at', y: 'estimate', stroke: 'var(--iris-accent-text)', strokeWidth: 2 }),
    dot(judged, { x: 'at', y: 'estimate', r: 4, fill: 'var(--iris-accent-text)' }),
  ]);
}

const NOTHING = { estimate: Number.NaN, low: Number.NaN, high: Number.NaN };

/** Share of columns that drift: a bar for each piece in which some do, a point at 0 where none does, nothing where it is not known. */
export function drawDrift({ changes, ...drawing }: TimelineDrawing): Element {
  const known = drawing.pieces.filter(({ drifting }) => drifting !== null);
  return draw(drawing, DRIFT_HEIGHT, [
    ruleX(changes, { x: ({ at }: VersionChange) => new Date(at), stroke: 'var(--mantine-color-dimmed)', strokeDasharray: '4 3' }),
    rect(known, {
      x1: ({ from }: Piece) => new Date(from),
      x2: ({ to }: Piece) => new Date(to),
      y1: 0,
      y2: 'drifting',
      inset: 1,
      fill: 'var(--iris-bad)',
    }),
    dot(known, { x: middle, y: 0, r: ({ drifting }: Piece) => (drifting === 0 ? 3 : 0), fill: 'var(--iris-good)' }),
  ]);
}

function draw(
  { pieces, width, formatTime, formatShare }: Omit<TimelineDrawing, 'changes' | 'nameOf'>,
  height: number,
  marks: readonly Markish[],
): Element {
  const [first, last] = [pieces[0], pieces.at(-1)];
  const shares = [0, 0.5, 1];
  return plot({
    width,
    height,
    marginTop: 22,
    marginLeft: 48,
    marginRight: 24,
    style: LOOK,
    x: { type: 'time', domain: [new Date(first?.from ?? 0), new Date(last?.to ?? 1)] },
    y: { domain: [0, 1] },
    marks: [
      ruleY(shares, { stroke: 'var(--iris-line)' }),
      ...marks,
      axisX({ ticks: Math.max(2, Math.floor(width / TICK_PX)), tickFormat: formatTime, label: null }),
      axisY(shares, { tickFormat: formatShare, tickSize: 0, label: null }),
    ],
  });
}

function middle({ from, to }: Piece): Date {
  return new Date((from + to) / 2);
}
