/** The newest predictions of several spans, from the files, which are read once for all of them. */
import { isScanned } from '../is-scanned.ts';
import type { NewestRows, ScannedPrediction, TimeSpan } from '../port.ts';
import { readNewestFirst } from './prediction-files.ts';
import { isWrittenBefore, toScanned } from './scan-files.ts';

/** As `PredictionStore.scanNewest` says: time linear in the lines since the beginning of the earliest span that has fewer rows than asked for. */
export async function* scanNewest(directory: string, spans: readonly TimeSpan[], limit: number): AsyncGenerator<NewestRows> {
  if (spans.length === 0) return;
  const open = new Map(spans.map((query, span) => [span, { query, rows: [] as ScannedPrediction[] }]));
  for await (const { position, record } of readNewestFirst(directory)) {
    for (const [span, { query, rows }] of open) {
      const isWhole = rows.length >= limit || isWrittenBefore(position, query.from);
      if (!isWhole && isScanned(record, query)) rows.push(toScanned(record));
      if (!isWhole) continue;
      open.delete(span);
      yield { span, rows };
    }
    if (open.size === 0) return;
  }
  for (const [span, { rows }] of open) yield { span, rows };
}
