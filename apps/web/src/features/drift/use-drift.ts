/** What the API measured, asked for again and again while the page is shown. */
'use client';
import { useSearchParams } from 'next/navigation';
import useSWR from 'swr';
import type { ApiProblem } from '../../lib/api/client.ts';
import type { DriftReport } from '../../lib/api/drift-types.ts';
import type { Loaded } from '../../lib/api/hooks.ts';
import { driftPath, readSpan, type Span, spanAddress } from './span.ts';

/** As long as the API keeps a measurement. */
const REFRESH_MS = 15_000;

/** The span of the page's address, and how to go to another: the browser's own "back" leads back. */
export function useSpan(): { readonly span: Span; readonly go: (span: Span) => void } {
  const span = readSpan(useSearchParams().get('last'));
  return { span, go: (next) => window.history.pushState(null, '', spanAddress(next)) };
}

/** The drift of a span; what was shown stays until the next answer is there. */
export function useDrift(span: Span): Loaded<DriftReport> {
  return useSWR<DriftReport, ApiProblem>(driftPath(span), {
    refreshInterval: REFRESH_MS,
    revalidateIfStale: true,
    keepPreviousData: true,
  });
}
