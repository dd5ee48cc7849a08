/** The prediction of the sample in the form, for components. */
'use client';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { predict } from '../../lib/api/client.ts';
import type { Instance } from '../../lib/api/types.ts';
import { createLivePrediction, type PredictionState } from './live-prediction.ts';

/**
 * Follows a sample.
 *
 * @param instance undefined while the form is not complete.
 * @param checksum of the model in service: another one is asked again.
 */
export function useLivePrediction(instance: Instance | undefined, checksum: string | undefined) {
  const [live] = useState(() => createLivePrediction({ predict, now: () => performance.now() }));
  const state: PredictionState = useSyncExternalStore(live.subscribe, live.state, live.state);
  // Before the next frame: none may show a sample with another one's answer.
  useLayoutEffect(() => live.moveTo(instance));
  useLayoutEffect(() => () => live.moveTo(undefined), [live]);
  const asked = useRef(checksum);
  useEffect(() => {
    if (checksum === undefined || checksum === asked.current) return;
    asked.current = checksum;
    live.refresh();
  }, [checksum, live]);
  return { state, keep: live.keep };
}
