/** The history: filters, counts and the log. */
'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { ApiState, ProblemNotice } from '../../components/api-state.tsx';
import { useDataset } from '../../lib/api/hooks.ts';
import { Filters } from './filters.tsx';
import { LogPanel } from './log-panel.tsx';
import { LogStats } from './log-stats.tsx';
import { filterView } from './log-view.ts';
import { NoLog } from './no-log.tsx';
import { useFeedback } from './use-feedback.ts';
import { useLog, useLogStats } from './use-log.ts';
import { useLogView } from './use-log-view.ts';

const NO_CLASSES: readonly string[] = [];

export function History() {
  const t = useTranslations('history');
  const { view, go } = useLogView();
  const log = useLog(view);
  const stats = useLogStats(view.span);
  const feedback = useFeedback(stats.recount);
  const dataset = useDataset().data;
  const classes = dataset?.classes ?? NO_CLASSES;
  if (log.error?.code === 'LOG_NOT_CONFIGURED') return <NoLog />;
  // Asking again would not help: the address holds a cursor that no page gave, or a filter that no log can have.
  const isRefused = log.error?.code === 'VALIDATION_FAILED';
  return (
    <>
      <Filters classes={classes} go={go} stats={stats.data} view={view} />
      {stats.data && <LogStats classes={classes} stats={stats.data} />}
      {isRefused ? (
        <>
          <ProblemNotice problem={log.error!} />
          <Button onClick={() => go(filterView(view, { version: '', prediction: '' }))} variant="default">
            {t('newest')}
          </Button>
        </>
      ) : (
        <ApiState of={log}>
          {(page) => (
            <LogPanel
              dataset={dataset}
              feedback={feedback}
              go={go}
              isOld={log.isOld}
              page={page}
              takeIn={log.takeIn}
              view={view}
            />
          )}
        </ApiState>
      )}
    </>
  );
}
