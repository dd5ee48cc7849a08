/** The page of the log that is read, and the counts beside it. */
'use client';
import { useState } from 'react';
import useSWR from 'swr';
import { type ApiProblem, fetchJson } from '../../lib/api/client.ts';
import type { Loaded } from '../../lib/api/hooks.ts';
import type { PredictionPage, PredictionStats } from '../../lib/api/types.ts';
import { type HeldPage, holdPage } from './held-page.ts';
import { type LogView, pagePath, type Span, viewAddress } from './log-view.ts';
import { startOf, statsKey, statsPath } from './span.ts';

/** Between two looks at the log. */
const REFRESH_MS = 4000;
/** Between two counts, which cost the database more than a page. */
const COUNT_MS = 10_000;

/** What a reader sees of the log. */
export interface ReadLog extends Loaded<HeldPage> {
  /** Whether the rows are still those of another view. */
  readonly isOld: boolean;
  /** Takes in what came since reading began. */
  readonly takeIn: () => void;
}

interface Held {
  readonly address: string;
  readonly page: PredictionPage;
  readonly start: number;
}

/** The page of a view. It is held as it first came, because it must not move while someone reads; see `holdPage`. */
export function useLog(view: LogView): ReadLog {
  const address = viewAddress(view);
  const latest = useSWR<PredictionPage, ApiProblem>(pagePath(view), { refreshInterval: REFRESH_MS, revalidateIfStale: true });
  const { data, error, isLoading, isValidating } = latest;
  const [held, setHeld] = useState<Held>();
  const isHeld = held?.address === address;
  const now = data && { address, page: data, start: startOf(view.span, Date.now()) };
  // What is there at first may be a memory of an earlier visit: reading begins with the first answer of this one.
  if (now && !isHeld && !isValidating) setHeld(now);
  const shown = isHeld || (!now && !error) ? held : now;
  return {
    data: shown && holdPage(shown.page, isHeld && data ? data : shown.page, shown.start),
    error,
    isLoading,
    isOld: shown !== undefined && shown.address !== address,
    takeIn: () => setHeld(now),
  };
}

/** Counts and live accuracy of a span; `recount` asks at once. */
export function useLogStats(span: Span): Loaded<PredictionStats> & { readonly recount: () => void } {
  const count = () => fetchJson<PredictionStats>(statsPath(startOf(span, Date.now())));
  const { data, error, isLoading, mutate } = useSWR<PredictionStats, ApiProblem>(statsKey(span), count, {
    refreshInterval: COUNT_MS,
    revalidateIfStale: true,
    keepPreviousData: true,
  });
  return { data, error, isLoading, recount: () => void mutate() };
}
