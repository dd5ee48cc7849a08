/** The plot of an explanation, in the page. */
'use client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { classMark } from '../../../components/class-marks.ts';
import { PlotFigure } from '../../../components/plot-figure.tsx';
import { contributionRows } from './contribution-rows.ts';
import type { ContributionTableProps } from './contribution-table.tsx';
import { drawContributions } from './draw-contributions.ts';
import { useExplainedFigures } from './use-explained-figures.ts';
import { useValueName } from './use-value-name.ts';

export function ContributionFigure({ schema, explained, all }: ContributionTableProps) {
  const t = useTranslations('predict.why');
  const { change } = useExplainedFigures(explained);
  const rows = contributionRows(explained, explained.prediction, all);
  const nameOf = useValueName(schema, explained, rows.length - 1);
  const { color } = classMark(explained.class_index);
  // biome-ignore lint/correctness/useExhaustiveDependencies: texts change with the language only, and then all of the page does
  const draw = useCallback((width: number) => drawContributions(rows, { nameOf, change, color }, width), [explained, all]);
  const parts = rows.map(({ feature, change: added }) => t('part', { name: nameOf(feature), change: change(added) }));
  return (
    <PlotFigure
      draw={draw}
      label={t('figure', { explained: explained.explained, label: explained.prediction, parts: parts.join('; ') })}
    />
  );
}
