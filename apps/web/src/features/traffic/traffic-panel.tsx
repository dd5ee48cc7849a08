/** The traffic page: controls, the live chart, and the totals. */
'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ProblemNotice } from '../../components/api-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { Legend } from './legend.tsx';
import { NothingYet } from './nothing-yet.tsx';
import type { Run } from './run.ts';
import { RunControls } from './run-controls.tsx';
import { RunProgress } from './run-progress.tsx';
import { bandsOf, versionsOf, versionTotals } from './series.ts';
import { SeriesPatterns } from './series-marks.tsx';
import { SharesOverTime } from './shares-over-time.tsx';
import { FailureTable, InstanceTable, VersionTable } from './total-tables.tsx';
import css from './traffic.module.css';
import { useTraffic } from './use-traffic.ts';

const TrafficChart = dynamic(() => import('./traffic-chart.tsx').then((module) => module.TrafficChart), {
  ssr: false,
  loading: () => <div className={css.chartPlace} />,
});

export function TrafficPanel() {
  const t = useTranslations('traffic');
  const [run, change] = useTraffic();
  return (
    <div className={css.page}>
      <Panel aside={<RunControls change={change} run={run} />} title={t('observation')}>
        {run.problem && <ProblemNotice problem={run.problem} recovers />}
        <RunProgress run={run} />
        {run.ticks.length === 0 ? <NothingYet /> : <Shares run={run} />}
      </Panel>
      {run.ticks.length > 0 && <Totals run={run} />}
    </div>
  );
}

function Shares({ run: { ticks } }: { readonly run: Run }) {
  const t = useTranslations('traffic');
  const bands = useMemo(() => bandsOf(ticks), [ticks]);
  const versions = useMemo(() => versionsOf(ticks), [ticks]);
  return (
    <>
      <SeriesPatterns count={versions.length} />
      <Legend hasFailures={bands.some(({ series }) => series < 0)} versions={versions} />
      <TrafficChart bands={bands} label={t('chart')} />
      <SharesOverTime bands={bands} versions={versions} />
    </>
  );
}

function Totals({ run: { ticks } }: { readonly run: Run }) {
  const t = useTranslations('traffic');
  const totals = useMemo(() => versionTotals(ticks), [ticks]);
  return (
    <>
      <Panel title={t('byVersion')}>
        <VersionTable totals={totals} />
      </Panel>
      <div className={css.pair}>
        <Panel title={t('byInstance')}>
          <InstanceTable ticks={ticks} />
        </Panel>
        <Panel title={t('failed')}>
          <FailureTable ticks={ticks} />
        </Panel>
      </div>
    </>
  );
}
