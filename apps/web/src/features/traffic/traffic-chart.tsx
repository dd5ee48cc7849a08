/** The live chart of who answers. Load it lazily: it brings Plot with it. */
'use client';
import { useFormatter, useLocale } from 'next-intl';
import { useCallback } from 'react';
import { PlotFigure } from '../../components/plot-figure.tsx';
import { drawTraffic } from './draw-traffic.ts';
import type { Band } from './series.ts';

export interface TrafficChartProps {
  readonly bands: readonly Band[];
  /** What it shows, in a sentence. */
  readonly label: string;
}

export function TrafficChart({ bands, label }: TrafficChartProps) {
  const locale = useLocale();
  const format = useFormatter();
  const draw = useCallback(
    (width: number) => {
      // The viewer's own time zone, which the server does not know.
      const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
      const formatTime = (at: Date) => time.format(at);
      return drawTraffic({ bands, width, formatTime, formatShare: (share) => format.number(share, 'percent') });
    },
    [bands, format, locale],
  );
  return <PlotFigure draw={draw} label={label} />;
}
