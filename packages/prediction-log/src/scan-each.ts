/** Newest rows of spans one after the other, for adapters that find the rows of a span by an index. */
import type { NewestRows, PredictionStore, ScannedPrediction, TimeSpan } from './port.ts';

/** As `PredictionStore.scanNewest` says. */
export async function* scanEach(
  scan: PredictionStore['scan'],
  spans: readonly TimeSpan[],
  limit: number,
): AsyncGenerator<NewestRows> {
  for (const [span, query] of spans.entries()) {
    const rows: ScannedPrediction[] = [];
    for await (const part of scan({ ...query, limit })) rows.push(...part);
    yield { span, rows };
  }
}
