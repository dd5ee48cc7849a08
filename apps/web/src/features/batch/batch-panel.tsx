/** The batch page: choose a file, see what is in it, score it, take it home. */
'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApiState } from '../../components/api-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { useDataset } from '../../lib/api/hooks.ts';
import type { DatasetSchema } from '../../lib/api/types.ts';
import css from './batch.module.css';
import { FaultTable } from './fault-table.tsx';
import { FilePicker } from './file-picker.tsx';
import { Preview } from './preview.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { ScorePanel } from './score-panel.tsx';
import { SummaryText } from './summary-text.tsx';
import { useBatch } from './use-batch.ts';

export function BatchPanel() {
  const dataset = useDataset();
  return <ApiState of={dataset}>{(schema) => <BatchDesk schema={schema} />}</ApiState>;
}

function BatchDesk({ schema }: { readonly schema: DatasetSchema }) {
  const t = useTranslations('batch');
  const batch = useBatch(schema);
  const [logged, setLogged] = useState(false);
  const { state } = batch;
  return (
    <div className={css.page}>
      <Panel title={t('file')}>
        <FilePicker onChoose={batch.choose} schema={schema} />
        {state.phase === 'reading' && <p role="status">{t('reading', { name: state.name })}</p>}
        {state.phase === 'refused' && <RefusalNotice name={state.name} refusal={state.refusal} />}
      </Panel>
      {state.phase === 'open' && (
        <>
          <Panel title={t('check')}>
            <SummaryText name={state.name} summary={state.summary} />
            {state.summary.faults.length > 0 && <FaultTable faults={state.summary.faults} schema={schema} />}
          </Panel>
          <ScorePanel batch={batch} logged={logged} onLogged={setLogged} scoring={state.scoring} summary={state.summary} />
          <Preview
            answers={state.scoring.answers}
            key={state.name}
            load={batch.preview}
            schema={schema}
            summary={state.summary}
          />
        </>
      )}
    </div>
  );
}
