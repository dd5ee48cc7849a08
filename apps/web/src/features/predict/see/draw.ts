/** Draws the plot with Observable Plot: the samples on the regions, and the user's own sample above both. */
import * as Plot from '@observablehq/plot';
import { classMark } from '../../../components/class-marks.ts';
import type { NumericFeature } from '../../../lib/api/types.ts';
import type { SampleValues } from '../sample-values.ts';
import { heightOf, MARGINS, type PlotFrame } from './plot-frame.ts';
import type { Point } from './points.ts';
import type { Area, RegionMark, Regions } from './regions.ts';

/** Opacity of a region by how sure the model is. */
const CERTAINTY_OPACITY = [0.08, 0.17, 0.28] as const;

/** Below this width in pixels the marks are smaller. */
const NARROW = 480;

/** What the plot says in the reader's language. */
export interface PlotTexts {
  readonly labelOf: (feature: NumericFeature) => string;
  readonly number: (value: number) => string;
  /** What a sample's tip tells. */
  readonly tip: (point: Point) => string;
}

/** Draws samples and regions. Colours are variables: the figure follows the scheme without being drawn again. */
export function drawSamples(
  width: number,
  frame: PlotFrame,
  points: readonly Point[],
  { areas, marks }: Regions,
  texts: PlotTexts,
): Element {
  const at = positionOf(frame);
  return Plot.plot({
    ...base(width),
    x: { ...scale(frame.x), label: texts.labelOf(frame.axes.x), tickFormat: texts.number, labelArrow: 'none', ticks: 6 },
    y: { ...scale(frame.y), label: texts.labelOf(frame.axes.y), tickFormat: texts.number, labelArrow: 'none', ticks: 6 },
    marks: [
      Plot.rect(areas, {
        x1: 'x1',
        x2: 'x2',
        y1: 'y1',
        y2: 'y2',
        fill: ({ classIndex }: Area) => classMark(classIndex).color,
        fillOpacity: ({ certainty }: Area) => CERTAINTY_OPACITY[certainty] ?? 0,
        shapeRendering: 'crispEdges',
      }),
      Plot.dot(marks, {
        x: 'x',
        y: 'y',
        stroke: ({ classIndex }: RegionMark) => classMark(classIndex).color,
        symbol: ({ classIndex }: RegionMark) => classMark(classIndex).symbol,
        strokeOpacity: 0.35,
        strokeWidth: 1,
        r: 2.5,
      }),
      Plot.frame({ stroke: 'var(--iris-line)' }),
      Plot.dot(points, {
        ...at,
        fill: ({ classIndex }: Point) => classMark(classIndex).color,
        symbol: ({ classIndex }: Point) => classMark(classIndex).symbol,
        stroke: 'var(--iris-card)',
        strokeWidth: 0.75,
        r: width < NARROW ? 3.5 : 4.5,
      }),
      Plot.tip(points, Plot.pointer({ ...at, title: texts.tip, fill: 'var(--iris-card)', stroke: 'var(--iris-line)' })),
    ],
  });
}

/** Draws the user's own sample in the same frame: a ring, and in it the mark of the class that the model says; nothing while it is incomplete. */
export function drawOwn(
  width: number,
  frame: PlotFrame,
  values: SampleValues,
  classIndex: number | undefined,
  text: string,
): Element {
  const own = [values];
  const at = { x: frame.axes.x.name, y: frame.axes.y.name };
  const mark = classIndex === undefined ? undefined : classMark(classIndex);
  return Plot.plot({
    ...base(width),
    x: { ...scale(frame.x), axis: null },
    y: { ...scale(frame.y), axis: null },
    marks: [
      Plot.dot(own, { ...at, r: 10, fill: 'var(--iris-card)', stroke: 'var(--iris-card)', strokeWidth: 6 }),
      Plot.dot(own, { ...at, r: 10, stroke: 'currentColor', strokeWidth: 2.5 }),
      mark && Plot.dot(own, { ...at, r: 5, fill: mark.color, symbol: mark.symbol }),
      Plot.text(own, {
        ...at,
        text: () => text,
        dy: -22,
        fontWeight: 650,
        stroke: 'var(--iris-card)',
        fill: 'currentColor',
        strokeWidth: 4,
      }),
    ],
  });
}

function base(width: number) {
  const style = { background: 'none', color: 'inherit', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' };
  return { ...MARGINS, width, height: heightOf(width), style };
}

function scale({ from, to }: { readonly from: number; readonly to: number }) {
  return { type: 'linear', domain: [from, to] } as const;
}

function positionOf({ axes }: PlotFrame) {
  return { x: ({ values }: Point) => values[axes.x.name], y: ({ values }: Point) => values[axes.y.name] };
}
