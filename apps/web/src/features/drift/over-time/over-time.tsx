/**
 * Live accuracy and drift over time, with marks where another version came.
 *
 * A page that shows it needs the texts `drift`; it asks for its data itself.
 */
'use client';
import { NativeSelect } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { ApiState } from '../../../components/api-state.tsx';
import { Panel } from '../../../components/panel.tsx';
import type { PredictionTimeline } from '../../../lib/api/types.ts';
import css from '../drift.module.css';
import { PieceTable } from './piece-table.tsx';
import { piecesOf } from './pieces.ts';
import { TIMELINE_SPANS, type TimelineSpan, useDriftTimeline, usePredictionTimeline } from './use-timeline.ts';

const TimelineFigures = dynamic(() => import('./timeline-figures.tsx').then((module) => module.TimelineFigures), { ssr: false });

export function OverTime() {
  const t = useTranslations('drift');
  const [span, setSpan] = useState<TimelineSpan>('24h');
  const counts = usePredictionTimeline(span);
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
        {(data) => <Timeline counts={data} span={span} />}
      </ApiState>
    </Panel>
  );
}

function Timeline({ counts, span }: { readonly counts: PredictionTimeline; readonly span: TimelineSpan }) {
  const t = useTranslations('drift');
  const drift = useDriftTimeline(span).data;
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
