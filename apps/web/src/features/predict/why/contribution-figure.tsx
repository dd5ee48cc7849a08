/** The plot of an explanation, in the page. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { classMark } from '../../../components/class-marks.ts';
import { PlotFigure } from '../../../components/plot-figure.tsx';
import { contributionRows } from './contribution-rows.ts';
import type { ContributionTableProps } from './contribution-table.tsx';
import { drawContributions } from './draw-contributions.ts';
import { useValueName } from './use-value-name.ts';

export function ContributionFigure({ schema, explained }: ContributionTableProps) {
  const t = useTranslations('predict.why');
  const format = useFormatter();
  const nameOf = useValueName(schema, explained);
  const change = (share: number) => format.number(share, 'change');
  const rows = contributionRows(explained);
  const { color } = classMark(explained.class_index);
  // biome-ignore lint/correctness/useExhaustiveDependencies: texts change with the language only, and then all of the page does
  const draw = useCallback((width: number) => drawContributions(rows, { nameOf, change, color }, width), [explained]);
  const parts = rows.map(({ feature, change: share }) => t('part', { name: nameOf(feature), change: change(share) }));
  return <PlotFigure draw={draw} label={t('figure', { label: explained.prediction, parts: parts.join('; ') })} />;
}
