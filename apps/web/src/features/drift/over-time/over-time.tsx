/**
 * Live accuracy and drift over time, with marks where another version came.
 *
 * A page that shows it needs the texts `drift`; it asks for its data itself, and shows nothing where the API keeps no log.
 */
'use client';
import { NativeSelect } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { ApiState } from '../../../components/api-state.tsx';
import { Outdated } from '../../../components/outdated.tsx';
import { Panel } from '../../../components/panel.tsx';
import type { DriftTimeline, PredictionTimeline } from '../../../lib/api/drift-types.ts';
import css from '../drift.module.css';
import { PieceTable } from './piece-table.tsx';
import { piecesOf } from './pieces.ts';
import { TIMELINE_SPANS, type TimelineSpan, useDriftTimeline, usePredictionTimeline } from './use-timeline.ts';

const TimelineFigures = dynamic(() => import('./timeline-figures.tsx').then((module) => module.TimelineFigures), { ssr: false });

export interface OverTimeProps {
  /** Whether the page says already that what it shows is old: once is enough. */
  readonly isToldOutdated?: boolean;
}

export function OverTime({ isToldOutdated = false }: OverTimeProps) {
  const t = useTranslations('drift');
  const [span, setSpan] = useState<TimelineSpan>('24h');
  const counts = usePredictionTimeline(span);
  const drift = useDriftTimeline(span);
  const problem = counts.error ?? drift.error;
  if (counts.error?.code === 'LOG_NOT_CONFIGURED') return null;
  return (
    <Panel
      aside={
        <NativeSelect
          aria-label={t('overTime.span')}
          data={TIMELINE_SPANS.map((value) => ({ value, label: t(`spans.${value}`) }))}
          onChange={({ currentTarget }) => setSpan(currentTarget.value as TimelineSpan)}
          value={span}
        />
      }
      title={t('overTime.title')}
    >
      <ApiState of={{ ...counts, error: counts.data ? undefined : counts.error }}>
        {(data) => <Timeline counts={data} drift={drift.data} />}
      </ApiState>
      {counts.data && problem && !isToldOutdated && <Outdated problem={problem} />}
    </Panel>
  );
}

interface TimelineProps {
  readonly counts: PredictionTimeline;
  readonly drift: DriftTimeline | undefined;
}

function Timeline({ counts, drift }: TimelineProps) {
  const t = useTranslations('drift');
  const pieces = useMemo(() => piecesOf(counts, drift), [counts, drift]);
  if (pieces.every(({ predictions }) => predictions === 0)) return <p className={css.note}>{t('overTime.nothing')}</p>;
  return (
    <>
      <TimelineFigures pieces={pieces} />
      <p className={css.note}>{t('overTime.note')}</p>
      <PieceTable pieces={pieces} />
    </>
  );
}
