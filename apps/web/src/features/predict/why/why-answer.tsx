/** The explanation of the answered sample, as a plot or as a table. */
'use client';
import { SegmentedControl } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import useSWR from 'swr';
import { ProblemNotice } from '../../../components/api-state.tsx';
import { type ApiProblem, explain } from '../../../lib/api/client.ts';
import type { DatasetSchema, ExplainedPrediction, Instance } from '../../../lib/api/types.ts';
import { ContributionFigure } from './contribution-figure.tsx';
import { ContributionTable } from './contribution-table.tsx';
import css from './why-panel.module.css';
import type { WhyPanelProps } from './why-panel.tsx';

export function WhyAnswer({ schema, instance, checksum }: WhyPanelProps) {
  const t = useTranslations('predict.why');
  const { data, error, isLoading } = useExplanation(instance, checksum);
  const isLeaving = isLoading || !instance;
  return (
    <div aria-busy={isLoading}>
      {error && <ProblemNotice problem={error} recovers />}
      {data && (
        <div className={isLeaving ? css.leaving : undefined}>
          <Explanation explained={data} schema={schema} />
        </div>
      )}
      {!data && !error && (
        <p className={css.hint} role="status">
          {instance ? t('computing') : t('waiting')}
        </p>
      )}
    </div>
  );
}

/** The explanation of a sample; the one before stays until it is there, or has failed. */
function useExplanation(instance: Instance | undefined, checksum: string | undefined) {
  const key = instance && (['/api/explain', instance, checksum] as const);
  const { data, error, isLoading } = useSWR<ExplainedPrediction, ApiProblem>(key, () => explain(instance ?? {}), {
    keepPreviousData: true,
  });
  return { data: error ? undefined : data, error, isLoading };
}

interface ExplanationProps {
  readonly schema: DatasetSchema;
  readonly explained: ExplainedPrediction;
}

function Explanation({ schema, explained }: ExplanationProps) {
  const t = useTranslations('predict.why');
  const [view, setView] = useState('plot');
  const { prediction: label, base, probabilities, reference_samples: count } = explained;
  const views = [
    { value: 'plot', label: t('plot') },
    { value: 'table', label: t('table') },
  ];
  return (
    <div className={css.answer}>
      <p className={css.lead}>{t('lead', { count, label, base: base[label] ?? 0, share: probabilities[label] ?? 0 })}</p>
      <div>
        <SegmentedControl aria-label={t('view')} data={views} onChange={setView} size="xs" value={view} />
      </div>
      {view === 'plot' && <ContributionFigure explained={explained} schema={schema} />}
      {view === 'table' && <ContributionTable explained={explained} schema={schema} />}
      <p className={css.hint}>{t('note')}</p>
    </div>
  );
}
