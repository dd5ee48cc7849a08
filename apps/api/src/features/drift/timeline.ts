/** Drift piece by piece of a span, each measured on its newest predictions, and again only when others have come. */
import { MIN_ROWS, type Verdict } from '@iris/drift';
import type { PeriodQuery, PredictionStore, ScannedPrediction, TimeSpan } from '@iris/prediction-log';
import type { Served, ServedModel } from '../../models/served-model.ts';
import { periodsUpTo, startOf, type TimelineSpan } from '../periods.ts';
import { comparePredictions } from './measure.ts';

/** Newest predictions of a piece that are compared: enough to find a shift of half a standard deviation. */
const PERIOD_ROWS = 500;
/** Pieces that are remembered: all spans' together, and those that have left them lately. */
const MAX_KNOWN = 500;
/** Within it, the same question gets the same answer. */
const FRESH_MS = 15_000;

/** What was found in a piece; figures are null where there were too few. */
export interface DriftPeriod {
  readonly start: Date;
  /** Of the whole piece. */
  readonly predictions: number;
  /** Predictions compared. */
  readonly rows: number;
  readonly verdict: Verdict;
  readonly shareOfDriftedColumns: number | null;
  /** The column that is furthest from the training data. */
  readonly greatest: { readonly column: string; readonly effect: number } | null;
}

/** A span, measured. */
export interface DriftTimeline {
  readonly query: PeriodQuery;
  readonly periods: readonly DriftPeriod[];
}

/** A piece, counted. */
interface Piece extends TimeSpan {
  /** Its place. */
  readonly period: number;
  readonly predictions: number;
}

interface Answer {
  readonly model: ServedModel;
  readonly timeline: Promise<DriftTimeline>;
  /** Infinite until then. */
  endedAt: number;
}

export interface TimelineOptions {
  readonly served: Served;
  readonly store: PredictionStore;
  readonly now: () => Date;
}

/** Measures and keeps; one span at a time, however many ask. */
export class DriftTimelines {
  readonly #options: TimelineOptions;
  readonly #answers = new Map<TimelineSpan, Answer>();
  /** By beginning and length, the newest last. */
  readonly #known = new Map<string, DriftPeriod>();
  #knownOf: ServedModel | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: TimelineOptions) {
    this.#options = options;
  }

  /**
   * Drift over a span up to now, against the training data of the model in service.
   *
   * @throws PredictionLogError when the log cannot be read; the next call tries again
   */
  get(span: TimelineSpan): Promise<DriftTimeline> {
    const { served, now } = this.#options;
    const model = served();
    const known = this.#answers.get(span);
    if (known?.model === model && now().getTime() - known.endedAt < FRESH_MS) return known.timeline;
    const timeline = this.#last.then(() => this.#measure(model, periodsUpTo(now(), span)));
    const answer: Answer = { model, timeline, endedAt: Number.POSITIVE_INFINITY };
    this.#answers.set(span, answer);
    const end = (endedAt: number) => () => {
      answer.endedAt = endedAt;
    };
    this.#last = timeline.then(() => end(now().getTime())(), end(Number.NEGATIVE_INFINITY));
    return timeline;
  }

  async #measure(model: ServedModel, query: PeriodQuery): Promise<DriftTimeline> {
    if (this.#knownOf !== model) this.#known.clear();
    this.#knownOf = model;
    const pieces = await this.#count(query);
    const periods = pieces.map((piece) => this.#withoutRows(piece));
    const unknown = pieces.filter((_, period) => periods[period] === undefined);
    for await (const { span, rows } of this.#options.store.scanNewest(unknown, PERIOD_ROWS)) {
      const piece = unknown[span]!;
      periods[piece.period] = await measurePiece(model, piece, rows);
      this.#remember(keyOf(piece), periods[piece.period]!);
    }
    return { query, periods: periods.map((period) => period!) };
  }

  async #count(query: PeriodQuery): Promise<readonly Piece[]> {
    const counts = await this.#options.store.countByPeriod(query);
    return Array.from({ length: query.periods }, (_, period) => ({
      period,
      from: startOf(query, period),
      to: startOf(query, period + 1),
      predictions: counts.filter((count) => count.period === period).reduce((sum, count) => sum + count.predictions, 0),
    }));
  }

  /** What can be said without reading a piece's predictions. */
  #withoutRows(piece: Piece): DriftPeriod | undefined {
    const { from, predictions } = piece;
    if (predictions < MIN_ROWS) return tooFew(from, predictions);
    const known = this.#known.get(keyOf(piece));
    return known?.predictions === predictions ? known : undefined;
  }

  #remember(key: string, period: DriftPeriod): void {
    this.#known.delete(key);
    this.#known.set(key, period);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MAX_KNOWN) return;
      this.#known.delete(oldest);
    }
  }
}

async function measurePiece(
  model: ServedModel,
  { from: start, predictions }: Piece,
  newest: readonly ScannedPrediction[],
): Promise<DriftPeriod> {
  const { columns, rows, verdict } = (await comparePredictions(model, [newest])).report;
  const [greatest] = [...columns].sort((a, b) => (b.effect ?? 0) - (a.effect ?? 0));
  return {
    ...{ start, predictions, rows, verdict },
    shareOfDriftedColumns: columns.filter((column) => column.verdict === 'drift').length / columns.length,
    greatest: greatest?.effect == null ? null : { column: greatest.name, effect: greatest.effect },
  };
}

function keyOf({ from, to }: Piece): string {
  return `${to.getTime() - from.getTime()}/${from.getTime()}`;
}

function tooFew(start: Date, predictions: number): DriftPeriod {
  return { start, predictions, rows: 0, verdict: 'too few', shareOfDriftedColumns: null, greatest: null };
}

/** The body of `GET /drift/timeline`. */
export function presentTimeline({ query, periods }: DriftTimeline) {
  return {
    from: query.from.toISOString(),
    to: startOf(query, query.periods).toISOString(),
    period_seconds: query.periodMs / 1000,
    rows_per_period: PERIOD_ROWS,
    periods: periods.map(({ start, predictions, rows, verdict, shareOfDriftedColumns, greatest }) => ({
      start: start.toISOString(),
      predictions,
      rows,
      verdict,
      share_of_drifted_columns: shareOfDriftedColumns,
      greatest_effect: greatest?.effect ?? null,
      greatest_effect_column: greatest?.column ?? null,
    })),
  };
}
