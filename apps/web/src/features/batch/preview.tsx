/** The file, a page at a time, with what is wrong in it and what was answered. */
'use client';
import { Button, Switch } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { memo, useEffect, useState } from 'react';
import { Panel } from '../../components/panel.tsx';
import type { DatasetSchema } from '../../lib/api/types.ts';
import type { AnswerSummary } from './answers.ts';
import css from './batch.module.css';
import type { PreviewRow } from './batch-job.ts';
import { PreviewTable } from './preview-table.tsx';
import type { FileSummary } from './summary.ts';
import type { Batch } from './use-batch.ts';

const ROWS_A_PAGE = 20;

export interface PreviewProps {
  readonly schema: DatasetSchema;
  readonly summary: FileSummary;
  /** What has been answered; undefined before the first scoring has ended. */
  readonly answers: AnswerSummary | undefined;
  readonly load: Batch['preview'];
}

/** Not drawn again while progress is reported: only other rows, or answers, change it. */
export const Preview = memo(function Preview({ schema, summary, answers, load }: PreviewProps) {
  const t = useTranslations('batch');
  const [faultyOnly, setFaultyOnly] = useState(false);
  const [page, setPage] = useState(0);
  const faulty = summary.rows - summary.valid;
  const pages = Math.max(1, Math.ceil((faultyOnly ? faulty : summary.rows) / ROWS_A_PAGE));
  const rows = usePage({ load, page, faultyOnly, summary, answers });
  return (
    <Panel
      aside={
        faulty > 0 && (
          <Switch
            checked={faultyOnly}
            label={t('faultyOnly', { faulty })}
            onChange={(event) => {
              setFaultyOnly(event.currentTarget.checked);
              setPage(0);
            }}
          />
        )
      }
      title={t('preview')}
    >
      <PreviewTable answered={answers !== undefined} rows={rows} schema={schema} />
      <div className={css.pages}>
        <Button disabled={page === 0} onClick={() => setPage(page - 1)} size="compact-sm" variant="default">
          {t('previous')}
        </Button>
        <span className="tabular">{t('page', { page: page + 1, pages })}</span>
        <Button disabled={page + 1 >= pages} onClick={() => setPage(page + 1)} size="compact-sm" variant="default">
          {t('next')}
        </Button>
      </div>
    </Panel>
  );
});

interface PageOptions extends Pick<PreviewProps, 'load' | 'summary' | 'answers'> {
  readonly page: number;
  readonly faultyOnly: boolean;
}

/** The rows of a page, from the worker; those of the page before stay until they are there. */
function usePage({ load, page, faultyOnly, summary, answers }: PageOptions): readonly PreviewRow[] {
  const [rows, setRows] = useState<readonly PreviewRow[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file, and more answers, are another page
  useEffect(() => {
    let current = true;
    void load({ offset: page * ROWS_A_PAGE, limit: ROWS_A_PAGE, faultyOnly }).then((loaded) => {
      if (current) setRows(loaded);
    });
    return () => {
      current = false;
    };
  }, [load, page, faultyOnly, summary, answers]);
  return rows;
}
