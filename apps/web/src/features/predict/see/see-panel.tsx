/** See: the sample among the others, as a plot or as a table. */
'use client';
import { SegmentedControl } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { ApiState } from '../../../components/api-state.tsx';
import { Panel } from '../../../components/panel.tsx';
import type { DatasetSchema, Instance, ReferenceSamples } from '../../../lib/api/types.ts';
import { type SampleValues, startValues } from '../sample-values.ts';
import { useSamplesOf } from '../use-samples-of.ts';
import { separatingAxes } from './axes.ts';
import { pickPoints } from './points.ts';
import { SampleTable } from './sample-table.tsx';
import css from './see-panel.module.css';
import { SeePlot } from './see-plot.tsx';

/** Samples that are drawn, and rows that are written, at most. */
const MAX_POINTS = 1000;
const MAX_ROWS = 200;

export interface SeePanelProps {
  readonly schema: DatasetSchema;
  readonly values: SampleValues;
  /** The sample in the form; undefined while it is not complete. */
  readonly instance: Instance | undefined;
  /** The class that the model says of it; undefined while it is not known. */
  readonly classIndex: number | undefined;
  /** Of the model in service. */
  readonly checksum: string | undefined;
  readonly onChange: (changes: SampleValues) => void;
}

export function SeePanel(props: SeePanelProps) {
  const t = useTranslations('predict.see');
  const [view, setView] = useState('plot');
  const views = [
    { value: 'plot', label: t('plot') },
    { value: 'table', label: t('table') },
  ];
  const control = <SegmentedControl aria-label={t('view')} data={views} onChange={setView} size="xs" value={view} />;
  return (
    <Panel aside={control} title={t('title')}>
      <ApiState of={useSamplesOf(props.schema)}>{(samples) => <Content {...props} samples={samples} view={view} />}</ApiState>
    </Panel>
  );
}

interface ContentProps extends SeePanelProps {
  readonly samples: ReferenceSamples;
  readonly view: string;
}

function Content({ samples, view, ...props }: ContentProps) {
  const t = useTranslations('predict.see');
  const { schema, instance, onChange } = props;
  const points = useMemo(() => pickPoints(schema, samples, MAX_POINTS), [schema, samples]);
  const rows = useMemo(() => pickPoints(schema, samples, MAX_ROWS), [schema, samples]);
  const axes = useMemo(() => separatingAxes(schema, samples), [schema, samples]);
  const held = useLast(instance) ?? startValues(schema);
  if (samples.samples.length === 0) return <p className={css.hint}>{t('noSamples')}</p>;
  if (view === 'table') return <SampleTable onUse={onChange} points={rows} schema={schema} />;
  if (!axes) return <p className={css.hint}>{t('noAxes')}</p>;
  return <SeePlot {...props} firstAxes={axes} held={held} points={points} />;
}

/** The last value that was not undefined. */
function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}
