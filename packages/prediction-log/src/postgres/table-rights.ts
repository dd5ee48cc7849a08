/** Default privileges may give every new table to roles that serve, read or delete. Two tables are not for them; a restore does the same (after.sql). */

/** Which steps were made: others may read it, and its owner alone writes it. */
export const KEEP_STEPS_FROM_OTHERS = `
  DO $$ DECLARE other name; BEGIN
    REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON prediction_log_migrations FROM PUBLIC;
    FOR other IN SELECT DISTINCT pg_get_userbyid(grantee) FROM pg_class, aclexplode(relacl)
      WHERE oid = 'prediction_log_migrations'::regclass AND grantee NOT IN (0, relowner)
    LOOP
      EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON prediction_log_migrations FROM %I', other);
    END LOOP;
  END $$`;

/** The audit is its owner's; whoever may delete predictions adds to it. */
export const KEEP_AUDIT_PRIVATE = `
  DO $$ DECLARE other name; BEGIN
    REVOKE ALL ON prediction_erasures FROM PUBLIC;
    FOR other IN SELECT DISTINCT pg_get_userbyid(grantee) FROM pg_class, aclexplode(relacl)
      WHERE oid = 'prediction_erasures'::regclass AND grantee NOT IN (0, relowner)
    LOOP
      EXECUTE format('REVOKE ALL ON prediction_erasures FROM %I', other);
      IF has_table_privilege(other, 'predictions', 'DELETE') THEN
        EXECUTE format('GRANT SELECT, INSERT ON prediction_erasures TO %I', other);
      END IF;
    END LOOP;
  END $$`;
