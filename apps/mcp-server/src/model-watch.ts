/** Knows the dataset that the API serves, and notices when it serves another. */
import type { DatasetSchema } from '@iris/dataset';
import type { ModelCard } from './api/answers.ts';
import type { ApiClient } from './api/api-client.ts';
import { createToolbox, type Toolbox } from './tools/toolbox.ts';

/** Between two attempts while nothing is known yet. */
const FIRST_POLL_MS = 250;

/** All that this server derives from a dataset's schema. */
export interface Catalogue {
  readonly schema: DatasetSchema;
  readonly toolbox: Toolbox;
}

export interface ModelWatchOptions {
  readonly api: ApiClient;
  readonly pollMs: number;
  /** Told once for each dataset schema. */
  readonly onSchema: (schema: DatasetSchema) => void;
  /** Told when a look fails after one that did not. */
  readonly onProblem: (error: unknown) => void;
}

/** Follows the API's model. */
export interface ModelWatch {
  current(): Catalogue | undefined;
  /** Resolves with the first catalogue, or with undefined after so long a time. */
  first(timeoutMs: number): Promise<Catalogue | undefined>;
  stop(): void;
}

/** Begins to look; a failed look leaves things as they are. */
export function watchModel({ api, pollMs, onSchema, onProblem }: ModelWatchOptions): ModelWatch {
  const known = Promise.withResolvers<Catalogue>();
  let catalogue: Catalogue | undefined;
  let seen = '';
  let failing = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const { dataset } = await api.get<ModelCard>('/model');
    const text = JSON.stringify(dataset);
    if (text === seen) return;
    catalogue = { schema: dataset, toolbox: createToolbox(dataset) };
    seen = text;
    known.resolve(catalogue);
    onSchema(dataset);
  }

  async function poll(): Promise<void> {
    try {
      await look();
      failing = false;
    } catch (error) {
      if (!failing && !stopped) onProblem(error);
      failing = true;
    }
    if (!stopped) timer = setTimeout(() => void poll(), catalogue ? pollMs : Math.min(FIRST_POLL_MS, pollMs)).unref();
  }

  void poll();
  return {
    current: () => catalogue,
    async first(timeoutMs) {
      if (catalogue) return catalogue;
      const waiting = Promise.withResolvers<undefined>();
      const patience = setTimeout(() => waiting.resolve(undefined), timeoutMs);
      return Promise.race([known.promise, waiting.promise]).finally(() => clearTimeout(patience));
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
