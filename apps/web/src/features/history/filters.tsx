/** What part of the log is shown: since when, which version, which class. */
'use client';
import { NativeSelect } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { PredictionStats } from '../../lib/api/types.ts';
import { filterOptions } from './filter-options.ts';
import css from './filters.module.css';
import { filterView, type LogView, SPANS, type Span } from './log-view.ts';

export interface FiltersProps {
  readonly view: LogView;
  readonly go: (view: LogView) => void;
  /** Classes of the model in service. */
  readonly classes: readonly string[];
  readonly stats: PredictionStats | undefined;
}

export function Filters({ view, go, classes, stats }: FiltersProps) {
  const t = useTranslations('history');
  const form = useRef<HTMLElement>(null);
  useEffect(() => applyEarlyChoices(form.current), []);
  const { versions, labels } = filterOptions(view, classes, stats);
  const withAny = (any: string, values: readonly string[]) => [
    { value: '', label: any },
    ...values.map((value) => ({ value, label: value })),
  ];
  return (
    <search aria-label={t('filters.title')} className={css.filters} ref={form}>
      <NativeSelect
        className={css.filter}
        data={SPANS.map((span) => ({ value: span, label: t(`filters.spans.${span}`) }))}
        label={t('filters.span')}
        onChange={({ currentTarget }) => go(filterView(view, { span: currentTarget.value as Span }))}
        value={view.span}
      />
      <NativeSelect
        className={css.filter}
        data={withAny(t('filters.anyVersion'), versions)}
        label={t('filters.version')}
        onChange={({ currentTarget }) => go(filterView(view, { version: currentTarget.value }))}
        value={view.version}
      />
      <NativeSelect
        className={css.filter}
        data={withAny(t('filters.anyClass'), labels)}
        label={t('filters.class')}
        onChange={({ currentTarget }) => go(filterView(view, { prediction: currentTarget.value }))}
        value={view.prediction}
      />
    </search>
  );
}

/** What was chosen in the server's HTML before this script ran told nobody: React leaves the choice in the list, and hears of it here. */
function applyEarlyChoices(form: HTMLElement | null): void {
  for (const list of form?.querySelectorAll('select') ?? []) {
    const rendered = [...list.options].find(({ defaultSelected }) => defaultSelected);
    if (rendered && rendered.value !== list.value) list.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
