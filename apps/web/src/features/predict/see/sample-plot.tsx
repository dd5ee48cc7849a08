/** The plot: reference samples, decision regions, and the user's sample, which pointer and arrow keys move. */
'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useCallback } from 'react';
import { PlotFigure } from '../../../components/plot-figure.tsx';
import type { DatasetSchema, FeatureValue } from '../../../lib/api/types.ts';
import type { SampleValues } from '../sample-values.ts';
import { useFeatureLabel } from '../use-feature-label.ts';
import { drawOwn, drawSamples } from './draw.ts';
import { type PlotFrame, valuesAfterKey, valuesAt } from './plot-frame.ts';
import type { Point } from './points.ts';
import type { Regions } from './regions.ts';
import css from './sample-plot.module.css';

export interface SamplePlotProps {
  readonly schema: DatasetSchema;
  readonly frame: PlotFrame;
  readonly points: readonly Point[];
  readonly regions: Regions;
  readonly values: SampleValues;
  /** The class that the model says; undefined while it is not known. */
  readonly classIndex: number | undefined;
  readonly onMove: (values: SampleValues) => void;
}

export function SamplePlot({ schema, frame, points, regions, values, classIndex, onMove }: SamplePlotProps) {
  const t = useTranslations('predict.see');
  const labelOf = useFeatureLabel();
  const { number } = useFormatter();
  const names = { x: labelOf(frame.axes.x), y: labelOf(frame.axes.y) };
  const key = JSON.stringify(frame);
  // biome-ignore lint/correctness/useExhaustiveDependencies: texts change with the language only, and then all of the page does
  const samples = useCallback(
    (width: number) => {
      const tip = ({ label, values: shown }: Point) =>
        [label, ...schema.features.map((feature) => `${labelOf(feature)}: ${show(shown[feature.name])}`)].join('\n');
      return drawSamples(width, frame, points, regions, { labelOf, number, tip });
    },
    [key, points, regions],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const own = useCallback((width: number) => drawOwn(width, frame, values, classIndex, t('own')), [key, values, classIndex]);

  function show(value: FeatureValue | undefined): string {
    return typeof value === 'number' ? number(value) : String(value ?? '');
  }

  function onKeyDown(event: KeyboardEvent): void {
    const change = valuesAfterKey(frame.axes, values, event.key, event.shiftKey);
    if (!change) return;
    event.preventDefault();
    onMove(change);
  }

  return (
    <div
      aria-describedby="plot-help"
      aria-label={t('move', names)}
      className={css.plot}
      onKeyDown={onKeyDown}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is interactive, its arrow keys move the sample
      tabIndex={0}
      {...useDrag(frame, onMove)}
    >
      <PlotFigure draw={samples} label={t('figure', { ...names, count: points.length })} />
      <PlotFigure className={css.own} draw={own} />
    </div>
  );
}

/** A press moves the sample there, and further while it lasts. */
function useDrag(frame: PlotFrame, onMove: (values: SampleValues) => void) {
  function move(event: PointerEvent<HTMLElement>): void {
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    onMove(valuesAt(frame, { left: event.clientX - left, top: event.clientY - top, width }));
  }
  return {
    // Before Plot hears of it, which would pin its tip.
    onPointerDownCapture(event: PointerEvent<HTMLElement>): void {
      if (event.button !== 0) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      move(event);
    },
    onPointerMove(event: PointerEvent<HTMLElement>): void {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) move(event);
    },
  };
}
