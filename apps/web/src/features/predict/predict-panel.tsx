/** The start page's work: a sample, the model's answer to it, and where it lies among the others. */
'use client';
import { useSessionStorage } from '@mantine/hooks';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ApiState } from '../../components/api-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { useDataset, useModelCard } from '../../lib/api/hooks.ts';
import type { DatasetSchema } from '../../lib/api/types.ts';
import { AnswerPanel } from './answer-panel.tsx';
import { fieldFaults } from './field-faults.ts';
import css from './predict-panel.module.css';
import { SampleForm } from './sample-form.tsx';
import { type SampleValues, shownValues, toInstance } from './sample-values.ts';
import { SeePlaceholder } from './see-placeholder.tsx';
import { useLivePrediction } from './use-live-prediction.ts';
import { WhyPanel } from './why/why-panel.tsx';

/** The plot's library is as large as half of the page: it comes when the page is there. */
const SeePanel = dynamic(() => import('./see/see-panel.tsx').then((module) => module.SeePanel), {
  ssr: false,
  loading: () => <SeePlaceholder />,
});

/** Nothing is typed yet; one object, as the storage compares it. */
const NOTHING: SampleValues = {};

export function PredictPanel() {
  const dataset = useDataset();
  // What is typed belongs to the tab: it outlives other pages, reloads, and a model with other columns.
  const [typed, setTyped] = useSessionStorage<SampleValues>({ key: 'typed-sample', defaultValue: NOTHING });
  return (
    <ApiState of={dataset}>
      {(schema) => (
        <Workbench
          key={JSON.stringify([schema.classes, schema.features])}
          onChange={(changes) => setTyped((before) => ({ ...before, ...changes }))}
          schema={schema}
          typed={typed}
        />
      )}
    </ApiState>
  );
}

interface WorkbenchProps {
  readonly schema: DatasetSchema;
  readonly typed: SampleValues;
  readonly onChange: (changes: SampleValues) => void;
}

function Workbench({ schema, typed, onChange }: WorkbenchProps) {
  const t = useTranslations('predict');
  const values = useMemo(() => shownValues(schema, typed), [schema, typed]);
  const instance = useMemo(() => toInstance(schema, values), [schema, values]);
  const checksum = useModelCard().data?.checksum;
  const { state, keep } = useLivePrediction(instance, checksum);
  const answer = state.phase === 'answered' ? state.answer?.prediction : undefined;
  return (
    <div className={css.columns}>
      <Panel title={t('sample')}>
        <SampleForm
          answer={answer}
          faults={fieldFaults(state.problem)}
          onChange={onChange}
          onPredict={instance && keep}
          predicting={state.phase === 'keeping'}
          schema={schema}
          values={values}
        />
      </Panel>
      <div className={css.results}>
        <AnswerPanel schema={schema} state={state} />
        <WhyPanel
          checksum={checksum}
          instance={state.phase === 'answered' ? state.answer?.instance : undefined}
          schema={schema}
        />
        <SeePanel
          checksum={checksum}
          classIndex={answer?.class_index}
          instance={instance}
          onChange={onChange}
          schema={schema}
          values={values}
        />
      </div>
    </div>
  );
}
