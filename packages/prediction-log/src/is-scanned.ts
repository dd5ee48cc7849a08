/** Which rows a scan gives. */
import type { ScanQuery, StoredPrediction } from './port.ts';

/** Whether a row is in the query's span, and of its model and version where it names them. */
export function isScanned(
  row: Pick<StoredPrediction, 'createdAt' | 'model' | 'version'>,
  { from, to, model, version }: ScanQuery,
): boolean {
  const isWithin = row.createdAt >= from && row.createdAt < to;
  return isWithin && (model === undefined || row.model === model) && (version === undefined || row.version === version);
}
