/** The history: filters, counts and the log. */
'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { ApiState, ProblemNotice } from '../../components/api-state.tsx';
import { NoLog } from '../../components/no-log.tsx';
import { Outdated } from '../../components/outdated.tsx';
import type { ApiProblem } from '../../lib/api/client.ts';
import { useDataset } from '../../lib/api/hooks.ts';
import { Filters } from './filters.tsx';
import { LogPanel } from './log-panel.tsx';
import { LogStats } from './log-stats.tsx';
import { filterView } from './log-view.ts';
import { useFeedback } from './use-feedback.ts';
import { useLog, useLogStats } from './use-log.ts';
import { useLogView } from './use-log-view.ts';

const NO_CLASSES: readonly string[] = [];

export function History() {
  const { view, go } = useLogView();
  const log = useLog(view);
  const stats = useLogStats(view.span);
  const feedback = useFeedback(stats.recount);
  const dataset = useDataset().data;
  const classes = dataset?.classes ?? NO_CLASSES;
  if (log.error?.code === 'LOG_NOT_CONFIGURED') return <NoLog />;
  return (
    <>
      <Filters classes={classes} go={go} stats={stats.data} view={view} />
      {stats.data && <LogStats classes={classes} stats={stats.data} />}
      {log.error?.code === 'VALIDATION_FAILED' ? (
        <Refused onLeave={() => go(filterView(view, { version: '', prediction: '' }))} problem={log.error} />
      ) : (
        <ApiState of={{ ...log, error: log.data ? undefined : log.error }}>
          {(page) => <LogPanel {...log} dataset={dataset} feedback={feedback} go={go} page={page} view={view} />}
        </ApiState>
      )}
      {log.data && log.error && <Outdated problem={log.error} />}
    </>
  );
}

/** The address holds a cursor that no page gave, or a filter that no log can have: asking again would not help. */
function Refused({ problem, onLeave }: { readonly problem: ApiProblem; readonly onLeave: () => void }) {
  const t = useTranslations('history');
  return (
    <>
      <ProblemNotice problem={problem} />
      <Button onClick={onLeave} variant="default">
        {t('newest')}
      </Button>
    </>
  );
}
