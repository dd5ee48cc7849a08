/**
 * The table `prediction_erasures`: who had whose predictions deleted, when and why. It is the audit, and what keeps them from coming back: a trigger deletes
 * rows that arrive late, out of a spool, a file or a printed log, whoever sends them.
 */
import { escapeLiteral } from 'pg';
import { SEARCH_PATH } from './minute-counts.ts';
import { KEEP_AUDIT_PRIVATE } from './table-rights.ts';
import { nameForTarget } from './target-column.ts';

/** What the statements need of the target. */
interface Target {
  /** Quoted identifier of its column. */
  readonly target: string;
  readonly targetName: string;
}

/**
 * Held by whoever adds rows, together with others, and by an erasure alone: each row is either there when it deletes, or is asked about
 * afterwards. ASCII "eras".
 */
const LOCK_KEY = 0x65726173;
/** Waits for those who are adding rows: milliseconds. */
export const LOCK_ERASURES = `SELECT pg_advisory_xact_lock(${LOCK_KEY})`;

const TABLE = `
  CREATE TABLE IF NOT EXISTS prediction_erasures (
    erasure_id uuid PRIMARY KEY DEFAULT gen_random_uuid(), target text NOT NULL, subject_hash text NOT NULL,
    requested_by text NOT NULL, reason text NOT NULL, erased_at timestamptz NOT NULL, up_to timestamptz NOT NULL,
    predictions bigint NOT NULL
  )`;

/** SHA-256 of the UTF-8 bytes, hexadecimal; `text` is an expression. */
export function hashSql(text: string): string {
  return `encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;
}

/** Whether a row was erased; `row` is the alias of one of `predictions`, `erasure` of one of `prediction_erasures`. */
export function isErasedSql(row: string, erasure: string, targetName: string): string {
  return `${erasure}.target = ${escapeLiteral(targetName)} AND ${erasure}.subject_hash = ${hashSql(`${row}.request_id`)} AND ${row}.created_at <= ${erasure}.up_to`;
}

/**
 * Statements that make the table and the trigger. Where nothing was ever erased, the trigger costs one look at an empty table for each
 * statement that adds rows. The counts by minute follow, by their own triggers.
 */
export function keepErased({ target, targetName }: Target): string[] {
  const name = nameForTarget('prediction_erasures', targetName);
  const body = `
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(${LOCK_KEY});
      IF EXISTS (SELECT FROM prediction_erasures WHERE target = ${escapeLiteral(targetName)}) THEN
        DELETE FROM predictions USING added, prediction_erasures AS erasures
        WHERE predictions.id = added.id AND added.${target} IS NOT NULL AND ${isErasedSql('added', 'erasures', targetName)};
      END IF;
      RETURN NULL;
    END`;
  return [
    TABLE,
    'CREATE INDEX IF NOT EXISTS prediction_erasures_subject ON prediction_erasures (target, subject_hash)',
    KEEP_AUDIT_PRIVATE,
    SEARCH_PATH,
    `CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS ${escapeLiteral(body)}`,
    // Not dropped and made again: that would wait for everybody who reads, and everybody else for it.
    `DO $$ BEGIN
       IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'predictions'::regclass AND tgname = '${name}_insert') THEN
         CREATE TRIGGER ${name}_insert AFTER INSERT ON predictions REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ${name}();
       END IF;
     END $$`,
    // Old rows go a little each day: by default they would lie until they are a fifth of a large table. One that others have partitioned has no such setting.
    `DO $$ BEGIN
       IF (SELECT relkind FROM pg_class WHERE oid = 'predictions'::regclass) = 'r' THEN
         ALTER TABLE predictions SET (autovacuum_vacuum_scale_factor = 0.02);
       END IF;
     END $$`,
  ];
}
