/** Start, pause, reset, rate and download. */
'use client';
import { Button, NativeSelect } from '@mantine/core';
import { IconDownload, IconPlayerPause, IconPlayerPlay, IconRotate } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { Dispatch } from 'react';
import { download } from '../../lib/download.ts';
import { MAX_REQUESTS, RATES, type Rate, type Run, type RunAction } from './run.ts';
import css from './traffic.module.css';
import { trafficRows } from './traffic-csv.ts';

export interface RunControlsProps {
  readonly run: Run;
  readonly change: Dispatch<RunAction>;
}

export function RunControls({ run, change }: RunControlsProps) {
  const t = useTranslations('traffic');
  const { running, sent, ticks, rate } = run;
  const Icon = running ? IconPlayerPause : IconPlayerPlay;
  return (
    <div className={css.controls}>
      <NativeSelect
        aria-label={t('rateLabel')}
        data={RATES.map((value) => ({ value: String(value), label: t('rate', { value }) }))}
        onChange={(event) => change({ type: 'rate', rate: Number(event.currentTarget.value) as Rate })}
        value={String(rate)}
      />
      <Button
        disabled={sent >= MAX_REQUESTS}
        leftSection={<Icon aria-hidden="true" size={16} />}
        onClick={() => change({ type: running ? 'pause' : 'start' })}
      >
        {running ? t('pause') : t('start')}
      </Button>
      <Button
        disabled={ticks.length === 0}
        leftSection={<IconRotate aria-hidden="true" size={16} />}
        onClick={() => change({ type: 'reset' })}
        variant="default"
      >
        {t('reset')}
      </Button>
      <Button
        disabled={ticks.length === 0}
        leftSection={<IconDownload aria-hidden="true" size={16} />}
        onClick={() => void downloadRun(run)}
        variant="default"
      >
        {t('download')}
      </Button>
    </div>
  );
}

async function downloadRun({ ticks }: Run): Promise<void> {
  const { writeCsv } = await import('../../lib/csv/write-csv.ts');
  download(new Blob([writeCsv(trafficRows(ticks))], { type: 'text/csv' }), 'traffic.csv');
}
