/** The log itself: rows, what came since, and the way through the pages. */
'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type MouseEvent, type ReactNode, useRef } from 'react';
import { Panel } from '../../components/panel.tsx';
import type { DatasetSchema } from '../../lib/api/types.ts';
import type { HeldPage } from './held-page.ts';
import css from './log-panel.module.css';
import { LogTable } from './log-table.tsx';
import { filterView, type LogView, newerView, olderView, viewAddress } from './log-view.ts';
import type { Feedback } from './use-feedback.ts';
import type { ReadLog } from './use-log.ts';

export interface LogPanelProps extends Pick<ReadLog, 'isOld' | 'takeIn'> {
  readonly page: HeldPage;
  readonly view: LogView;
  readonly go: (view: LogView) => void;
  readonly dataset: DatasetSchema | undefined;
  readonly feedback: Feedback;
}

export function LogPanel({ page, view, go, isOld, takeIn, dataset, feedback }: LogPanelProps) {
  const t = useTranslations('history');
  const top = useRef<HTMLDivElement>(null);
  const { rows, fresh, olderCursor } = page;
  function turn(next: LogView): void {
    go(next);
    top.current?.scrollIntoView({ block: 'start' });
  }
  return (
    <div className={css.anchor} ref={top}>
      <Panel title={t('log')}>
        <div aria-live="polite" className={css.fresh}>
          {fresh.count > 0 && view.trail.length === 0 && (
            <Button onClick={takeIn} radius="xl" size="compact-md">
              {t('fresh', { count: fresh.count, more: String(fresh.isMore) })}
            </Button>
          )}
        </div>
        {rows.length === 0 ? (
          <Nothing go={go} view={view} />
        ) : (
          <LogTable dataset={dataset} feedback={feedback} isOld={isOld} rows={rows} />
        )}
        <div className={css.pages}>
          <p className={css.shown} role="status">
            {t('shown', { page: view.trail.length + 1, count: rows.length })}
          </p>
          <nav aria-label={t('pagesLabel')} className={css.buttons}>
            {view.trail.length > 0 && (
              <PageLink go={turn} to={newerView(view)}>
                {t('newer')}
              </PageLink>
            )}
            {olderCursor !== undefined && (
              <PageLink go={turn} to={olderView(view, olderCursor)}>
                {t('older')}
              </PageLink>
            )}
          </nav>
        </div>
      </Panel>
    </div>
  );
}

function Nothing({ view, go }: Pick<LogPanelProps, 'view' | 'go'>) {
  const t = useTranslations('history');
  const everything: LogView = { version: '', prediction: '', span: 'all', trail: [] };
  return viewAddress(view) === viewAddress(everything) ? (
    <p className={css.empty}>{t('nothingKept')}</p>
  ) : (
    <p className={css.empty}>
      {t('nothingHere')}{' '}
      <Button onClick={() => go(filterView(view, everything))} size="compact-sm" variant="default">
        {t('showAll')}
      </Button>
    </p>
  );
}

interface PageLinkProps {
  readonly to: LogView;
  readonly go: (view: LogView) => void;
  readonly children: ReactNode;
}

/** A link, so that it can be opened beside this page too. */
function PageLink({ to, go, children }: PageLinkProps) {
  function follow(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  }
  return (
    <Button component="a" href={viewAddress(to)} onClick={follow} size="sm" variant="default">
      {children}
    </Button>
  );
}
