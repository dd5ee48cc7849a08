/** What every store promises, as tests: each adapter's test file runs them on its own. */
import { afterEach, beforeEach, describe } from 'vitest';
import type { PredictionStore } from '../port.ts';
import { describeFeedback } from './feedback-contract.ts';
import { describePages } from './pages-contract.ts';
import { describeRows } from './rows-contract.ts';
import { describeScans } from './scans-contract.ts';

/** Runs the suite; `open` gives an empty store, and `dispose` removes it. */
export function describeStore(name: string, open: () => Promise<{ store: PredictionStore; dispose: () => Promise<void> }>): void {
  describe(`${name} as a prediction store`, () => {
    let store: PredictionStore;
    let dispose: () => Promise<void>;
    beforeEach(async () => {
      ({ store, dispose } = await open());
    });
    afterEach(async () => {
      await store.close();
      await dispose();
    });

    describeRows(() => store);
    describePages(() => store);
    describeFeedback(() => store);
    describeScans(() => store);
  });
}
