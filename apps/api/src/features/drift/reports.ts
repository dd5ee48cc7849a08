/** Drift of the newest predictions, measured when someone asks and kept for a moment: one measurement at a time, however many ask. */
import type { PredictionStore } from '@iris/prediction-log';
import type { Served, ServedModel } from '../../models/served-model.ts';
import { type DriftMeasurement, measureDrift } from './measure.ts';

/** Spans that can be asked for, in milliseconds. */
export const SPANS_MS = { '1h': 3_600_000, '6h': 21_600_000, '24h': 86_400_000, '7d': 604_800_000 } as const;
export type Span = keyof typeof SPANS_MS;
export const DEFAULT_SPAN: Span = '24h';
/** Newest predictions of the span that are read: some 50 ms of work. `node drift.js` reads all. */
export const MAX_ROWS = 5000;
/** Within it, the same question gets the same answer. */
const FRESH_MS = 15_000;

export interface ReportsOptions {
  readonly served: Served;
  readonly store: PredictionStore;
  readonly now: () => Date;
}

interface Entry {
  readonly model: ServedModel;
  readonly measurement: Promise<DriftMeasurement>;
  /** Infinite until then: whoever asks while it runs, or before its turn, waits for the same one. */
  endedAt: number;
}

/** Measures and keeps. */
export class DriftReports {
  readonly #options: ReportsOptions;
  readonly #entries = new Map<Span, Entry>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ReportsOptions) {
    this.#options = options;
  }

  /**
   * The drift of a span up to now, measured at most `maxAgeMs` ago.
   *
   * @throws PredictionLogError when the log cannot be read; the next call tries again
   */
  get(span: Span, maxAgeMs: number = FRESH_MS): Promise<DriftMeasurement> {
    const { served, now } = this.#options;
    const model = served();
    const known = this.#entries.get(span);
    if (known?.model === model && now().getTime() - known.endedAt < maxAgeMs) return known.measurement;
    // Behind the one before, whatever became of it.
    const measurement = this.#last.then(() => this.#measure(model, span));
    const entry: Entry = { model, measurement, endedAt: Number.POSITIVE_INFINITY };
    this.#entries.set(span, entry);
    this.#last = measurement.then(
      () => {
        entry.endedAt = now().getTime();
      },
      () => {
        entry.endedAt = Number.NEGATIVE_INFINITY;
      },
    );
    return measurement;
  }

  #measure(model: ServedModel, span: Span): Promise<DriftMeasurement> {
    const { store, now } = this.#options;
    const to = now();
    return measureDrift(model, store, { from: new Date(to.getTime() - SPANS_MS[span]), to, limit: MAX_ROWS });
  }
}
