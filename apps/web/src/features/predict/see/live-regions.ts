/** Decision regions that follow the plot: asked as its axes or the held values change, a few times a second at most. */
import type { PredictionBatch, Sample } from '../../../lib/api/types.ts';
import { createLatest } from '../latest.ts';
import type { Grid } from './grid.ts';
import { makeRegions, NO_REGIONS, type Regions } from './regions.ts';

/** Between two questions while a slider moves. */
const THROTTLE_MS = 300;
/** Until a question that failed is asked again. */
const RETRY_MS = 3000;

/** What the regions depend on: two questions with the same key have the same answer. */
export interface RegionsQuestion {
  readonly key: string;
  readonly makeGrid: () => Grid;
}

/** Regions of the last question that was answered; whether they belong to the last one asked says `key`. */
interface RegionsState {
  readonly key?: string;
  readonly grid?: Grid;
  readonly regions: Regions;
  /** Whether the last question failed. */
  readonly failed: boolean;
}

/** What the regions need of the world. */
export interface LiveRegionsDependencies {
  readonly predictRows: (samples: readonly Sample[], signal: AbortSignal) => Promise<PredictionBatch>;
  /** Clock in milliseconds. */
  readonly now: () => number;
}

export interface LiveRegions {
  /** The question of the moment; undefined asks nothing any more. */
  moveTo(question: RegionsQuestion | undefined): void;
  readonly state: () => RegionsState;
  /** Calls at every change of state, until the function that it returns is called. */
  subscribe(listener: () => void): () => void;
}

/** Makes one that has been asked nothing. */
export function createLiveRegions({ predictRows, now }: LiveRegionsDependencies): LiveRegions {
  const listeners = new Set<() => void>();
  const latest = createLatest();
  let state: RegionsState = { regions: NO_REGIONS, failed: false };
  let question: RegionsQuestion | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastAsked = Number.NEGATIVE_INFINITY;

  function become(next: RegionsState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function ask(): void {
    if (!question) return;
    const { key, makeGrid } = question;
    const grid = makeGrid();
    lastAsked = now();
    latest.ask(
      (signal) => predictRows(grid.samples, signal),
      ({ predictions }) => become({ key, grid, regions: makeRegions(grid, predictions), failed: false }),
      () => {
        become({ ...state, failed: true });
        timer = setTimeout(ask, RETRY_MS);
      },
    );
  }

  return {
    moveTo(next) {
      if (next?.key === question?.key) return;
      question = next;
      clearTimeout(timer);
      // A question under way may be answered until the next one is asked: a slider that moves without end still shows its effect.
      if (next) timer = setTimeout(ask, Math.max(0, lastAsked + THROTTLE_MS - now()));
      else latest.drop();
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
