/** The picture of an explanation, drawn by Observable Plot: a bar for each feature, to the right for the class, to the left against it. */
import { axisX, barX, plot, ruleX, text } from '@observablehq/plot';
import type { ContributionRow } from './contribution-rows.ts';

const ROW_HEIGHT = 46;
const AXIS_HEIGHT = 26;
/** Room beside the longest bars for their figures, as a share of what the bars take. */
const FIGURE_SHARE = 0.3;

export interface ContributionTexts {
  /** Names a feature with its value. */
  readonly nameOf: (feature: string | undefined) => string;
  readonly change: (share: number) => string;
  /** A CSS colour: of the class that is explained. */
  readonly color: string;
}

/** Draws the rows from top to bottom; a bar against the class is paler and has an outline. */
export function drawContributions(rows: readonly ContributionRow[], texts: ContributionTexts, width: number): Element {
  const { nameOf, change, color } = texts;
  return plot({
    width,
    height: rows.length * ROW_HEIGHT + AXIS_HEIGHT,
    marginTop: 0,
    marginBottom: AXIS_HEIGHT,
    marginLeft: 2,
    marginRight: 2,
    style: { background: 'transparent', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' },
    x: { domain: domainOf(rows), label: null, nice: false },
    y: { domain: rows.map(placeOf), axis: null, type: 'band', paddingInner: 0.1, paddingOuter: 0 },
    marks: [
      axisX({ ticks: 5, tickFormat: change, tickSize: 0 }),
      ruleX([0], { stroke: 'var(--mantine-color-dimmed)' }),
      barX(rows, {
        y: placeOf,
        x: 'change',
        fill: color,
        fillOpacity: ({ change: share }: ContributionRow) => (share < 0 ? 0.3 : 1),
        stroke: color,
        insetTop: 20,
        insetBottom: 4,
      }),
      // Above its bar rather than beside the plot: on a phone the longest name would leave no room for the bars.
      text(rows, {
        y: placeOf,
        text: ({ feature }: ContributionRow) => nameOf(feature),
        frameAnchor: 'left',
        dx: 6,
        dy: -14,
        fill: 'var(--mantine-color-text)',
        stroke: 'var(--iris-card)',
        strokeWidth: 4,
      }),
      ...[1, -1].map((sign) =>
        text(
          rows.filter(({ change: share }) => share < 0 === sign < 0),
          {
            y: placeOf,
            x: 'change',
            text: ({ change: share }: ContributionRow) => change(share),
            textAnchor: sign > 0 ? 'start' : 'end',
            dx: 6 * sign,
            dy: 8,
            fontWeight: 600,
            fill: 'var(--mantine-color-text)',
          },
        ),
      ),
    ],
  });
}

/** Each bar has a place of its own; Plot draws nothing at an undefined one. */
function placeOf({ feature }: ContributionRow): string {
  return feature ?? '';
}

/** From the longest bar to the left to the longest to the right, with room for their figures; a width even where nothing counts. */
function domainOf(rows: readonly ContributionRow[]): [number, number] {
  const changes = rows.map(({ change }) => change);
  const [low, high] = [Math.min(0, ...changes), Math.max(0, ...changes)];
  const room = (high - low || 1) * FIGURE_SHARE;
  return [low < 0 ? low - room : low, high + room];
}
