/** How versions are told apart without their colours: each has a pattern, and so have failures. */
'use client';
import type { ReactElement } from 'react';
import { classMark } from '../../components/class-marks.ts';

const TILE = 8;
const INK = { fill: 'none', stroke: 'var(--iris-card)', strokeOpacity: 0.75, strokeWidth: 1.5 } as const;

/** Drawn over a version's colour, by its index; the first is plain. */
const PATTERNS: readonly (ReactElement | null)[] = [
  null,
  <path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" key="rising" {...INK} />,
  <circle cx="4" cy="4" key="dots" r="1.6" {...INK} fill="var(--iris-card)" fillOpacity="0.75" stroke="none" />,
  <path d="M0 4H8" key="lines" {...INK} />,
  <path d="M-2 6L2 10M0 0L8 8M6 -2L10 2" key="falling" {...INK} />,
  <path d="M4 0V8" key="columns" {...INK} />,
];
const CROSSES = <path d="M1.5 1.5L6.5 6.5M6.5 1.5L1.5 6.5" {...INK} />;

/** What fills the band of a series; -1 are failures. Needs `<SeriesPatterns>` in the page. */
export function seriesFill(series: number): string {
  return `url(#${patternId(series)})`;
}

const patternId = (series: number): string => (series < 0 ? 'traffic-failures' : `traffic-${series}`);

export interface SeriesPatternsProps {
  /** Number of versions. */
  readonly count: number;
}

/** Defines the patterns, once for chart and legend. Nothing of it is seen; hidden altogether it could not be referred to. */
export function SeriesPatterns({ count }: SeriesPatternsProps) {
  return (
    <svg aria-hidden="true" height="0" style={{ position: 'absolute' }} width="0">
      <defs>
        {[-1, ...Array.from({ length: count }, (_, index) => index)].map((series) => (
          <pattern height={TILE} id={patternId(series)} key={series} patternUnits="userSpaceOnUse" width={TILE}>
            <rect fill={series < 0 ? 'var(--iris-bad)' : classMark(series).color} height={TILE} width={TILE} />
            {series < 0 ? CROSSES : PATTERNS[series % PATTERNS.length]}
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

/** A sample of a series' fill beside its name. */
export function SeriesSwatch({ series }: { readonly series: number }) {
  return (
    <svg aria-hidden="true" height="16" style={{ flex: 'none' }} width="24">
      <rect fill={seriesFill(series)} height="16" rx="3" width="24" />
    </svg>
  );
}
