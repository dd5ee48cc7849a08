/** The explanation of the answered sample, as a plot or as a table. */
'use client';
import { Button, SegmentedControl } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import useSWR from 'swr';
import { ProblemNotice } from '../../../components/api-state.tsx';
import { type ApiProblem, explain } from '../../../lib/api/client.ts';
import type { DatasetSchema, ExplainedPrediction, Instance } from '../../../lib/api/types.ts';
import { ContributionFigure } from './contribution-figure.tsx';
import { hasMore } from './contribution-rows.ts';
import { ContributionTable } from './contribution-table.tsx';
import { useExplainedFigures } from './use-explained-figures.ts';
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
  const [all, setAll] = useState(false);
  const { level } = useExplainedFigures(explained);
  const { explained: what, prediction: label, base, total, contributions, reference_samples: count } = explained;
  const views = [
    { value: 'plot', label: t('plot') },
    { value: 'table', label: t('table') },
  ];
  return (
    <div className={css.answer}>
      <p className={css.lead}>
        {t('lead', { explained: what, count, label, base: level(base[label] ?? 0), total: level(total[label] ?? 0) })}
      </p>
      <div>
        <SegmentedControl aria-label={t('view')} data={views} onChange={setView} size="xs" value={view} />
      </div>
      {view === 'plot' && <ContributionFigure all={all} explained={explained} schema={schema} />}
      {view === 'table' && <ContributionTable all={all} explained={explained} schema={schema} />}
      {hasMore(explained) && (
        <div>
          <Button aria-expanded={all} onClick={() => setAll(!all)} size="compact-sm" variant="default">
            {all ? t('fewer') : t('all', { count: contributions.length })}
          </Button>
        </div>
      )}
      <p className={css.hint}>{t('note')}</p>
    </div>
  );
}
