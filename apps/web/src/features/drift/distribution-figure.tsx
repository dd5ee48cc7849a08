/** The picture of a column, training against live. Load it lazily: it brings Observable Plot. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { PlotFigure } from '../../components/plot-figure.tsx';
import { type Bin, mostDifferent } from './bins.ts';
import { drawDistribution } from './draw-distribution.ts';
import { useBinName } from './use-names.ts';

export interface DistributionFigureProps {
  /** What the column is called. */
  readonly name: string;
  readonly bins: readonly Bin[];
}

export function DistributionFigure({ name, bins }: DistributionFigureProps) {
  const t = useTranslations('drift');
  const format = useFormatter();
  const nameOf = useBinName();
  const draw = useCallback(
    (width: number) =>
      drawDistribution({
        bins,
        width,
        nameOf,
        formatShare: (share) => format.number(share, 'roundPercent'),
        formatNumber: (value) => format.number(value, 'value'),
      }),
    [bins, format, nameOf],
  );
  const most = mostDifferent(bins);
  const label = most ? t('picture', { name, bin: nameOf(most), training: most.training, live: most.live }) : name;
  return <PlotFigure draw={draw} label={label} />;
}
