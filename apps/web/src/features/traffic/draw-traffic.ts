/** Draws shares over time: a column for each span, filled by the versions that answered. */
import { axisX, axisY, plot, rect, ruleY } from '@observablehq/plot';
import type { Band } from './series.ts';
import { seriesFill } from './series-marks.tsx';

const HEIGHT = 300;
/** Room for one time on the axis. */
const TICK_PX = 140;
/** The axis is at least this long, so that the first columns do not fill the whole width. */
const SHORTEST_AXIS_MS = 60_000;

export interface TrafficDrawing {
  readonly bands: readonly Band[];
  readonly width: number;
  readonly formatTime: (at: Date) => string;
  readonly formatShare: (share: number) => string;
}

/** The figure, `width` pixels wide. */
export function drawTraffic({ bands, width, formatTime, formatShare }: TrafficDrawing): Element {
  const from = bands[0]?.from ?? 0;
  const to = Math.max(bands.at(-1)?.to ?? 0, from + SHORTEST_AXIS_MS);
  return plot({
    width,
    height: HEIGHT,
    marginLeft: 52,
    marginRight: 36,
    style: { background: 'transparent', fontFamily: 'inherit', fontSize: '12px' },
    x: { type: 'time', domain: [new Date(from), new Date(to)] },
    y: { domain: [0, 1] },
    color: { type: 'identity' },
    marks: [
      rect(bands, {
        x1: ({ from }: Band) => new Date(from),
        x2: ({ to }: Band) => new Date(to),
        y1: 'low',
        y2: 'high',
        fill: ({ series }: Band) => seriesFill(series),
        // A line of the card's colour between neighbours: the border is seen whatever their colours.
        stroke: 'var(--iris-card)',
        strokeWidth: 0.75,
      }),
      ruleY([0, 1], { stroke: 'var(--iris-line)' }),
      axisX({ ticks: Math.floor(width / TICK_PX), tickFormat: formatTime, label: null }),
      axisY({ ticks: 4, tickFormat: formatShare, label: null }),
    ],
  });
}
