/** What the page knows of the registry. */
'use client';
import useSWR from 'swr';
import type { ApiProblem } from '../../lib/api/client.ts';
import type { Loaded } from '../../lib/api/hooks.ts';
import type { ModelsAnswer, VersionDetail } from '../../lib/api/registry-types.ts';

/** Between two looks: others change the model too, and trainings add versions. */
const REFRESH_MS = 4000;

/** The newest versions and the history; `reload` asks at once. */
export function useModels(): { readonly models: Loaded<ModelsAnswer>; readonly reload: () => void } {
  const { mutate, ...models } = useSWR<ModelsAnswer, ApiProblem>('/api/models', {
    refreshInterval: REFRESH_MS,
    revalidateIfStale: true,
  });
  return { models, reload: () => void mutate() };
}

/** Versions older than the one named; those shown stay until the answer for another name is there. Their verdicts never change. */
export function useOlderModels(before: string): Loaded<ModelsAnswer> {
  return useSWR<ModelsAnswer, ApiProblem>(`/api/models?before=${encodeURIComponent(before)}`, { keepPreviousData: true });
}

/** A version with its verdict, which never changes. */
export function useVersion(name: string): Loaded<VersionDetail> {
  return useSWR<VersionDetail, ApiProblem>(`/api/models/${encodeURIComponent(name)}`);
}
