/** A row without a fault: what refuses it refuses all. */
import { randomUUID } from 'node:crypto';
import { encodeRecord } from '../record-json.ts';

/** Its line. Other tables take it as ours does, unless they demand more than any row of ours has. */
export function canaryLine(): string {
  const recordId = randomUUID();
  return encodeRecord({
    recordId,
    requestId: recordId,
    createdAt: new Date(),
    label: 'canary',
    model: 'canary',
    version: '0',
    features: {},
    probabilities: {},
    instance: 'canary',
  });
}
