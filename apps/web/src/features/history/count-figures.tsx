/** The pictures of the log's counts, in the page. Load them lazily: they bring Observable Plot. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { PlotFigure } from '../../components/plot-figure.tsx';
import { type ClassCount, drawAccuracy, drawCounts } from './figures.ts';
import type { JudgedVersion } from './judged-versions.ts';

export function AccuracyFigure({ versions }: { readonly versions: readonly JudgedVersion[] }) {
  const t = useTranslations('history');
  const format = useFormatter();
  const draw = useCallback(
    (width: number) => drawAccuracy(versions, (share) => format.number(share, 'percent'), width),
    [versions, format],
  );
  const parts = versions.map((version) => t('stats.accuracyOf', { ...version }));
  return <PlotFigure draw={draw} label={`${t('stats.accuracy')}: ${parts.join('; ')}`} />;
}

export function CountsFigure({ counts }: { readonly counts: readonly ClassCount[] }) {
  const t = useTranslations('history');
  const format = useFormatter();
  const draw = useCallback((width: number) => drawCounts(counts, (count) => format.number(count), width), [counts, format]);
  const parts = counts.map(({ label, count }) => t('stats.countOf', { label, count }));
  return <PlotFigure draw={draw} label={`${t('stats.classes')}: ${parts.join('; ')}`} />;
}
