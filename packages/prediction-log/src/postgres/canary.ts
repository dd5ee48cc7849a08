/** Rows without a fault: what refuses all of them refuses any. */
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { type Batch, decodeBatch } from '../batch.ts';
import { encodeRecord } from '../record-json.ts';
import { appendSql } from './append-statement.ts';

const PLAIN = { label: 'canary', model: 'canary', version: '0', instance: 'canary' };

/**
 * Their lines, for a row that was refused. The first has its label and its model, as a table of others may have a list of those; the second
 * has letters only that every database has, as the label may be the fault.
 */
function canaryLines(refused: Batch): string[] {
  return [...decodeBatch(refused), PLAIN].map(({ label, model, version, instance }) => {
    const recordId = randomUUID();
    const fixed = { recordId, requestId: recordId, createdAt: new Date(), features: {}, probabilities: {} };
    return encodeRecord({ ...fixed, label, model, version, instance });
  });
}

/** Whether the table takes one of them: each is written and rolled back. */
export async function takesCanary(client: PoolClient, target: string, refused: Batch): Promise<boolean> {
  for (const line of canaryLines(refused)) {
    await client.query('BEGIN');
    const isTaken = await client.query(appendSql(target), [line]).then(
      () => true,
      () => false,
    );
    await client.query('ROLLBACK');
    if (isTaken) return true;
  }
  return false;
}
