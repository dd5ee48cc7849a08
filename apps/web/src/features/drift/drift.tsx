/** The drift page: which span, the verdict, how good predictions are, and each column, what alarms first. */
'use client';
import { NativeSelect } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { ApiState } from '../../components/api-state.tsx';
import { NoLog } from '../../components/no-log.tsx';
import { Outdated } from '../../components/outdated.tsx';
import type { DriftReport } from '../../lib/api/drift-types.ts';
import { AccuracyPanel } from './accuracy-panel.tsx';
import { ColumnCards } from './column-cards.tsx';
import { ColumnTable } from './column-table.tsx';
import css from './drift.module.css';
import { orderColumns } from './order.ts';
import { OverTime } from './over-time/over-time.tsx';
import { SPANS, type Span } from './span.ts';
import { useDrift, useSpan } from './use-drift.ts';
import { VerdictPanel } from './verdict-panel.tsx';

export function Drift() {
  const { span, go } = useSpan();
  const drift = useDrift(span);
  if (drift.error?.code === 'LOG_NOT_CONFIGURED') return <NoLog />;
  return (
    <div className={css.page}>
      <SpanSelect go={go} span={span} />
      <ApiState of={{ ...drift, error: drift.data ? undefined : drift.error }}>
        {(report) => <Report isOutdated={drift.error !== undefined} report={report} />}
      </ApiState>
      {drift.data && drift.error && <Outdated problem={drift.error} />}
    </div>
  );
}

interface ReportProps {
  readonly report: DriftReport;
  /** Whether it could not be asked for anew. */
  readonly isOutdated: boolean;
}

function Report({ report, isOutdated }: ReportProps) {
  const columns = orderColumns(report);
  return (
    <>
      <VerdictPanel report={report} />
      <AccuracyPanel accuracy={report.accuracy} />
      <ColumnCards columns={columns} report={report} />
      <ColumnTable columns={columns} report={report} />
      <OverTime isToldOutdated={isOutdated} />
    </>
  );
}

function SpanSelect({ span, go }: { readonly span: Span; readonly go: (span: Span) => void }) {
  const t = useTranslations('drift');
  return (
    <NativeSelect
      className={css.span}
      data={SPANS.map((value) => ({ value, label: t(`spans.${value}`) }))}
      label={t('span')}
      onChange={({ currentTarget }) => go(currentTarget.value as Span)}
      value={span}
    />
  );
}
