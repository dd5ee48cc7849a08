/** Rows without a fault: what refuses all of them refuses any. */
import { randomUUID } from 'node:crypto';
import { type Batch, decodeBatch } from '../batch.ts';
import { encodeRecord } from '../record-json.ts';

const PLAIN = { label: 'canary', model: 'canary', version: '0', instance: 'canary' };

/**
 * Their lines, for a row that was refused. The first has its label and its model, as a table of others may have a list of those; the second
 * has letters only that every database has, as the label may be the fault.
 */
export function canaryLines(refused: Batch): string[] {
  return [...decodeBatch(refused), PLAIN].map(({ label, model, version, instance }) => {
    const recordId = randomUUID();
    const fixed = { recordId, requestId: recordId, createdAt: new Date(), features: {}, probabilities: {} };
    return encodeRecord({ ...fixed, label, model, version, instance });
  });
}
