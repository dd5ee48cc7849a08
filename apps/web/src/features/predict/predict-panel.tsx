/** The form made of the dataset's schema, and the model's answer. */
'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { ApiState, ProblemNotice } from '../../components/api-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { ApiProblem, predict } from '../../lib/api/client.ts';
import { useDataset } from '../../lib/api/hooks.ts';
import type { DatasetSchema, Prediction } from '../../lib/api/types.ts';
import { Answer } from './answer.tsx';
import { FeatureField } from './feature-field.tsx';
import css from './predict-panel.module.css';
import { type SampleValues, startValues, toInstance } from './sample-values.ts';

export function PredictPanel() {
  const dataset = useDataset();
  return <ApiState of={dataset}>{(schema) => <PredictForm key={schema.name} schema={schema} />}</ApiState>;
}

function PredictForm({ schema }: { readonly schema: DatasetSchema }) {
  const t = useTranslations('predict');
  const [values, setValues] = useState<SampleValues>(() => startValues(schema));
  const { answer, problem, ask } = usePrediction();
  const instance = toInstance(schema, values);
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (instance) void ask(() => predict(instance, { logged: true }));
  }
  return (
    <div className={css.columns}>
      <Panel title={t('sample')}>
        <form className={css.form} onSubmit={submit}>
          {schema.features.map((feature) => (
            <FeatureField
              feature={feature}
              key={feature.name}
              onChange={(value) => setValues((before) => ({ ...before, [feature.name]: value }))}
              value={values[feature.name] ?? ''}
            />
          ))}
          <Button disabled={!instance} type="submit">
            {t('predict')}
          </Button>
        </form>
      </Panel>
      <Panel title={t('answer')}>
        {problem && <ProblemNotice problem={problem} />}
        {answer ? <Answer answer={answer} /> : <p className={css.hint}>{t('noAnswer')}</p>}
      </Panel>
    </div>
  );
}

/** The last answer, and the problem of the last request if it had one. */
function usePrediction() {
  const [answer, setAnswer] = useState<Prediction>();
  const [problem, setProblem] = useState<ApiProblem>();
  async function ask(question: () => Promise<Prediction>): Promise<void> {
    try {
      setAnswer(await question());
      setProblem(undefined);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    }
  }
  return { answer, problem, ask };
}
