/** Draws a column's distributions: the training data as wide pale bars, live data as narrow dark ones before them. */
import { axisX, axisY, barX, plot, rect, ruleY, text } from '@observablehq/plot';
import type { Bin } from './bins.ts';
import { pictureHeight } from './picture-height.ts';

const CHARACTER_WIDTH = 7;
/** Room for one edge on the axis. */
const TICK_PX = 56;
/** Between the bins and what lies outside of the training data's range. */
const GAP = 0.6;
const LOOK = { background: 'transparent', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' };
const TRAINING = { fill: 'var(--iris-line)', stroke: 'var(--mantine-color-dimmed)', strokeWidth: 1 };
const LIVE = { fill: 'var(--iris-accent-text)' };

export interface DistributionDrawing {
  readonly bins: readonly Bin[];
  readonly width: number;
  readonly nameOf: (bin: Bin) => string;
  readonly formatShare: (share: number) => string;
  readonly formatNumber: (value: number) => string;
}

/** The picture, `width` pixels wide. */
export function drawDistribution(drawing: DistributionDrawing): Element {
  return drawing.bins.some(({ kind }) => kind === 'category') ? drawCategories(drawing) : drawNumbers(drawing);
}

function drawNumbers({ bins, width, formatShare, formatNumber }: DistributionDrawing): Element {
  const within = bins.filter((bin) => bin.kind === 'between');
  const edges = [...within.map(({ from }) => from), ...within.slice(-1).map(({ to }) => to)];
  const every = Math.ceil((edges.length * TICK_PX) / width);
  const ticks = edges.flatMap((_, index) => (index % every === 0 ? [index] : []));
  const placed = place(bins);
  return plot({
    width,
    height: pictureHeight(bins),
    marginTop: 8,
    marginLeft: 44,
    marginRight: 12,
    style: LOOK,
    x: { type: 'linear', domain: [placed[0]?.from ?? 0, (placed.at(-1)?.from ?? 0) + 1] },
    y: { domain: [0, Math.max(...bins.flatMap(({ training, live }) => [training, live]), 0.01)] },
    marks: [
      axisY({ ticks: 3, tickFormat: formatShare, tickSize: 0, label: null }),
      rect(placed, {
        x1: ({ from }: Placed) => from + 0.04,
        x2: ({ from }: Placed) => from + 0.96,
        y1: 0,
        y2: 'training',
        ...TRAINING,
      }),
      rect(placed, { x1: ({ from }: Placed) => from + 0.28, x2: ({ from }: Placed) => from + 0.72, y1: 0, y2: 'live', ...LIVE }),
      ruleY([0], { stroke: 'var(--mantine-color-dimmed)' }),
      axisX(ticks, { tickFormat: (index: number) => formatNumber(edges[index]!), tickSize: 3, label: null }),
    ],
  });
}

interface Placed {
  readonly from: number;
  readonly training: number;
  readonly live: number;
}

/** The first bin of the range begins at 0, each is 1 wide. */
function place(bins: readonly Bin[]): Placed[] {
  const first = bins.findIndex(({ kind }) => kind === 'between');
  return bins.map(({ kind, training, live }, index) => {
    const aside = kind === 'below' ? -GAP : kind === 'above' ? GAP : 0;
    return { from: index - first + aside, training, live };
  });
}

function drawCategories({ bins, width, nameOf, formatShare }: DistributionDrawing): Element {
  const rows = bins.map((bin) => ({ ...bin, name: nameOf(bin) }));
  const names = rows.map(({ name }) => name);
  const longest = Math.max(...names.map(({ length }) => length));
  return plot({
    width,
    height: pictureHeight(bins),
    margin: 2,
    marginLeft: Math.min(longest * CHARACTER_WIDTH + 12, width / 2.5),
    marginRight: 52,
    style: LOOK,
    x: { axis: null, domain: [0, Math.max(...rows.flatMap(({ training, live }) => [training, live]), 0.01)] },
    y: { domain: names, label: null, type: 'band', padding: 0.25, tickSize: 0 },
    marks: [
      barX(rows, { y: 'name', x1: 0, x2: 'training', ...TRAINING }),
      barX(rows, { y: 'name', x1: 0, x2: 'live', insetTop: 6, insetBottom: 6, ...LIVE }),
      text(rows, {
        y: 'name',
        text: ({ live }: Bin) => formatShare(live),
        frameAnchor: 'right',
        textAnchor: 'start',
        dx: 6,
      }),
    ],
  });
}
