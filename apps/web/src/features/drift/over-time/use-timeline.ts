/** Accuracy and drift over time, asked for again while the page is shown. */
'use client';
import useSWR from 'swr';
import type { ApiProblem } from '../../../lib/api/client.ts';
import type { DriftTimeline, PredictionTimeline } from '../../../lib/api/drift-types.ts';
import type { Loaded } from '../../../lib/api/hooks.ts';

/** Spans that the API offers, the shortest first. */
export const TIMELINE_SPANS = ['1h', '6h', '24h', '7d', '30d', '90d'] as const;

export type TimelineSpan = (typeof TIMELINE_SPANS)[number];

const SETTINGS = { refreshInterval: 30_000, revalidateIfStale: true, keepPreviousData: true };

/** Counts and live accuracy, piece by piece. */
export function usePredictionTimeline(span: TimelineSpan): Loaded<PredictionTimeline> {
  return useSWR<PredictionTimeline, ApiProblem>(`/api/predictions/timeline?last=${span}`, SETTINGS);
}

/** Drift, piece by piece: it may come later than the counts, as rows are read for it. */
export function useDriftTimeline(span: TimelineSpan): Loaded<DriftTimeline> {
  return useSWR<DriftTimeline, ApiProblem>(`/api/drift/timeline?last=${span}`, SETTINGS);
}
