/** A restore has no Node: what it repeats of the migrations stands in SQL of its own, and is the same. */
import { describe, expect, it } from 'vitest';
import { KEEP_AUDIT_PRIVATE, KEEP_STEPS_FROM_OTHERS } from '../packages/prediction-log/src/postgres/table-rights.ts';
import { readRepositoryFile } from './repository.ts';

const words = (sql: string) => sql.trim().replace(/\s+/g, ' ');

describe('what a restore does after it', () => {
  it.each([
    ['the audit of erasures', KEEP_AUDIT_PRIVATE],
    ['the list of steps', KEEP_STEPS_FROM_OTHERS],
  ])('gives the rights on %s that the migrations give', (_table, statement) => {
    expect(words(readRepositoryFile('k8s/base/postgres-backup/after.sql'))).toContain(words(statement));
  });
});
