/** Where things are on the plot: what its axes show, and how a place on it becomes values. */
import type { SampleValues } from '../sample-values.ts';
import { snap, stepOf } from '../sample-values.ts';
import type { Axes } from './axes.ts';
import { type Span, spanOf } from './grid.ts';

/** Room around the frame for the axes, in pixels. */
export const MARGINS = { marginTop: 24, marginRight: 16, marginBottom: 44, marginLeft: 48 } as const;
/** Height by width, and its bounds in pixels. */
const HEIGHT = { share: 0.62, least: 280, most: 440 } as const;
/** Steps that an arrow key goes with the shift key. */
const STRIDE = 10;

/** What the two axes show. */
export interface PlotFrame {
  readonly axes: Axes;
  readonly x: Span;
  readonly y: Span;
}

/** A place on the drawn plot, in pixels from its top left, and the plot's size. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** The frame in which all samples and the user's own have room. */
export function frameOf(axes: Axes, values: SampleValues): PlotFrame {
  return { axes, x: spanOf(axes.x, values[axes.x.name]), y: spanOf(axes.y, values[axes.y.name]) };
}

/** Height of a plot of this width. */
export function heightOf(width: number): number {
  return Math.round(Math.min(HEIGHT.most, Math.max(HEIGHT.least, width * HEIGHT.share)));
}

/** The values of both features at a place, on their steps and plausible. */
export function valuesAt({ axes, x, y }: PlotFrame, { left, top, width }: Place): SampleValues {
  const { marginLeft, marginRight, marginTop, marginBottom } = MARGINS;
  const across = share(left - marginLeft, width - marginLeft - marginRight);
  const down = share(top - marginTop, heightOf(width) - marginTop - marginBottom);
  return {
    [axes.x.name]: snap(axes.x, x.from + across * (x.to - x.from)),
    [axes.y.name]: snap(axes.y, y.to - down * (y.to - y.from)),
  };
}

/** The change of values that an arrow key makes, by one step or, with the shift key, by ten; undefined for other keys. */
export function valuesAfterKey(axes: Axes, values: SampleValues, key: string, shift: boolean): SampleValues | undefined {
  const move = MOVES.get(key);
  if (!move) return undefined;
  const feature = axes[move.axis];
  const value = values[feature.name];
  if (typeof value !== 'number') return undefined;
  return { [feature.name]: snap(feature, value + move.direction * stepOf(feature) * (shift ? STRIDE : 1)) };
}

const MOVES: ReadonlyMap<string, { readonly axis: 'x' | 'y'; readonly direction: 1 | -1 }> = new Map([
  ['ArrowLeft', { axis: 'x', direction: -1 }],
  ['ArrowRight', { axis: 'x', direction: 1 }],
  ['ArrowDown', { axis: 'y', direction: -1 }],
  ['ArrowUp', { axis: 'y', direction: 1 }],
]);

function share(part: number, whole: number): number {
  return Math.min(1, Math.max(0, part / whole));
}
