/** What pages know of the API, kept by SWR: asked again by itself after a failure, so that every page recovers. */
'use client';
import { useEffect, useRef, useState } from 'react';
import useSWR, { type SWRConfiguration, type SWRResponse, useSWRConfig } from 'swr';
import { ApiProblem, fetchJson } from './client.ts';
import type { BackendInfo, DatasetSchema, ModelCard, ReferenceSamples } from './types.ts';

/** Between two looks at who answers. */
const BACKEND_REFRESH_MS = 2000;
/** Until a request that failed is sent again: soon where the API is away, less often where it refuses. */
const RETRY_MS = 2000;
const RETRY_REFUSED_MS = 10_000;

/** SWR's settings for the whole client. */
export const SWR_SETTINGS: SWRConfiguration = {
  fetcher: (path: string) => fetchJson(path),
  revalidateOnFocus: false,
  // What the server rendered is fresh; a change is seen by the checksum of who answers.
  revalidateIfStale: false,
  onErrorRetry(error, _key, _settings, revalidate, { retryCount }) {
    const refused = error instanceof ApiProblem && error.status >= 400 && error.status < 500;
    setTimeout(() => void revalidate({ retryCount }), refused ? RETRY_REFUSED_MS : RETRY_MS);
  },
};

/** A value that may not be there yet; `error` is set while the last request failed, `data` stays what it was. */
export type Loaded<T> = Pick<SWRResponse<T, ApiProblem>, 'data' | 'error' | 'isLoading'>;

/** Who answers now, looked at every two seconds while the page is shown. */
export function useBackendInfo(): Loaded<BackendInfo> {
  return useSWR<BackendInfo, ApiProblem>('/api/backend', { refreshInterval: BACKEND_REFRESH_MS });
}

/** Asks for the model again when another one answers. To be called once, by the shell. */
export function useModelChanges(): void {
  const { data } = useBackendInfo();
  const { mutate } = useSWRConfig();
  const checksum = data?.version.checksum;
  const seen = useRef(checksum);
  useEffect(() => {
    if (checksum === undefined || checksum === seen.current) return;
    const isFirst = seen.current === undefined;
    seen.current = checksum;
    if (isFirst) return;
    for (const path of ['/api/model', '/api/samples']) void mutate(path);
  }, [checksum, mutate]);
}

/** The model card. */
export function useModelCard(): Loaded<ModelCard> {
  return useSWR<ModelCard, ApiProblem>('/api/model');
}

/** The reference samples. */
export function useSamples(): Loaded<ReferenceSamples> {
  return useSWR<ReferenceSamples, ApiProblem>('/api/samples');
}

/**
 * The dataset's schema: form, plots and texts are made of it.
 *
 * The object stays the same while its content does, whatever version answers: what a person typed is not lost to a rollout.
 */
export function useDataset(): Loaded<DatasetSchema> {
  const { data, error, isLoading } = useModelCard();
  return { data: useSameWhileEqual(data?.dataset), error, isLoading };
}

function useSameWhileEqual<T>(value: T): T {
  const [kept, setKept] = useState(value);
  if (kept === value || JSON.stringify(kept) === JSON.stringify(value)) return kept;
  setKept(value);
  return value;
}
