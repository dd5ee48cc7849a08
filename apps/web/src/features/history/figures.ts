/** The pictures of the log's counts, drawn by Observable Plot. */
import { axisX, barX, dot, plot, ruleX, ruleY, text } from '@observablehq/plot';
import { classMark } from '../../components/class-marks.ts';
import { AXIS_HEIGHT, accuracyHeight, countsHeight } from './figure-heights.ts';
import type { JudgedVersion } from './judged-versions.ts';

const CHARACTER_WIDTH = 7.5;
/** Below it, only some shares fit below the picture. */
const NARROW = 400;
const LOOK = { background: 'transparent', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' };

/** Formats a number as the reader's language does. */
export type FormatNumber = (value: number) => string;

/** A count by class, with its place among the model's classes; −1 for a class that the model does not have. */
export interface ClassCount {
  readonly label: string;
  readonly count: number;
  readonly classIndex: number;
}

/** Each version's live accuracy: a point, and a line over its 95 % Wilson interval. */
export function drawAccuracy(versions: readonly JudgedVersion[], percent: FormatNumber, width: number): Element {
  const names = versions.map(({ version }) => version);
  const ticks = width < NARROW ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  return plot({
    width,
    height: accuracyHeight(versions.length),
    marginTop: 4,
    marginBottom: AXIS_HEIGHT - 4,
    marginLeft: marginFor(names, width),
    marginRight: 64,
    style: LOOK,
    x: { domain: [0, 1], label: null },
    y: { domain: names, label: null, type: 'band', tickSize: 0 },
    marks: [
      axisX(ticks, { tickFormat: percent, tickSize: 0 }),
      ruleX(ticks, { stroke: 'var(--iris-line)' }),
      ruleY(versions, {
        y: 'version',
        x1: 'low',
        x2: 'high',
        stroke: 'var(--iris-accent-text)',
        strokeOpacity: 0.4,
        strokeWidth: 8,
      }),
      dot(versions, { x: 'estimate', y: 'version', r: 5, fill: 'var(--iris-accent-text)' }),
      text(versions, {
        y: 'version',
        text: ({ estimate }: JudgedVersion) => percent(estimate),
        frameAnchor: 'right',
        textAnchor: 'start',
        dx: 14,
      }),
    ],
  });
}

/** How often each class was predicted. */
export function drawCounts(counts: readonly ClassCount[], number: FormatNumber, width: number): Element {
  const names = counts.map(({ label }) => label);
  return plot({
    width,
    height: countsHeight(counts.length),
    margin: 2,
    marginLeft: marginFor(names, width),
    marginRight: 56,
    style: LOOK,
    x: { axis: null },
    y: { domain: names, label: null, type: 'band', padding: 0.35, tickSize: 0 },
    marks: [
      barX(counts, { y: 'label', x: 'count', fill: colorOf, rx2: 3 }),
      text(counts, { y: 'label', x: 'count', text: ({ count }: ClassCount) => number(count), dx: 6, textAnchor: 'start' }),
    ],
  });
}

function colorOf({ classIndex }: ClassCount): string {
  return classIndex < 0 ? 'var(--mantine-color-dimmed)' : classMark(classIndex).color;
}

function marginFor(names: readonly string[], width: number): number {
  const longest = Math.max(...names.map(({ length }) => length));
  return Math.min(longest * CHARACTER_WIDTH + 14, width / 2);
}
