/** The plot with its axes to choose, its legend, and how to use it. */
'use client';
import { isValueOf } from '@iris/dataset/feature-value';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { Instance } from '../../../lib/api/types.ts';
import { type Axes, chooseAxis, numericFeatures } from './axes.ts';
import { AxisSelect } from './axis-select.tsx';
import { Legend } from './legend.tsx';
import { frameOf } from './plot-frame.ts';
import type { Point } from './points.ts';
import { SamplePlot } from './sample-plot.tsx';
import css from './see-panel.module.css';
import type { SeePanelProps } from './see-panel.tsx';
import { useLiveRegions } from './use-live-regions.ts';

export interface SeePlotProps extends SeePanelProps {
  readonly firstAxes: Axes;
  readonly points: readonly Point[];
  /** The last complete sample of the form. */
  readonly held: Instance;
}

export function SeePlot({ schema, values, held, classIndex, checksum, firstAxes, points, onChange }: SeePlotProps) {
  const t = useTranslations('predict.see');
  const [axes, setAxes] = useState(firstAxes);
  const features = numericFeatures(schema);
  const frame = frameOf(axes, values);
  const { regions, failed } = useLiveRegions({ schema, held, frame, checksum });
  const { x, y } = axes;
  const placed = useMemo(
    () => [x, y].every((feature) => isValueOf(feature, values[feature.name]) && values[feature.name] !== null),
    [x, y, values],
  );
  return (
    <div className={css.see}>
      <div className={css.axes}>
        <AxisSelect
          features={features}
          label={t('across')}
          onChange={(feature) => setAxes(chooseAxis(axes, 'x', feature))}
          value={x}
        />
        <AxisSelect
          features={features}
          label={t('up')}
          onChange={(feature) => setAxes(chooseAxis(axes, 'y', feature))}
          value={y}
        />
      </div>
      <SamplePlot
        classIndex={classIndex}
        frame={frame}
        onMove={onChange}
        points={points}
        regions={regions}
        schema={schema}
        values={placed ? values : NOWHERE}
      />
      <Legend classes={schema.classes} />
      <p className={css.hint} id="plot-help">
        {t('help')}
        {failed && <span role="status"> {t('regionsFailed')}</span>}
      </p>
    </div>
  );
}

/** Values that are not there have no place on the plot. */
const NOWHERE = {};
