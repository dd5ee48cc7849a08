\if :{?read_to_its_end}
\else
  DO $$ BEGIN RAISE 'the backup could not be read to its end; nothing was changed'; END $$;
\endif
-- The dump leaves it empty.
SET search_path = public, pg_temp;
SELECT to_regclass('prediction_erasures') IS NOT NULL AS has_erasures, to_regclass('kept_erasures') IS NOT NULL AS has_kept \gset
\if :has_erasures
  \if :has_kept
    INSERT INTO prediction_erasures SELECT * FROM kept_erasures ON CONFLICT (erasure_id) DO NOTHING;
  \endif
  DELETE FROM predictions AS prediction USING prediction_erasures AS erasure
  WHERE erasure.subject_hash = encode(sha256(convert_to(prediction.request_id, 'UTF8')), 'hex') AND prediction.created_at <= erasure.up_to
    AND to_jsonb(prediction) ->> erasure.target IS NOT NULL;
  -- As the migration has it: default privileges have given the audit to roles that may not have it.
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
  END $$;
\endif
-- The same for the list of steps, which its owner alone writes.
SELECT to_regclass('prediction_log_migrations') IS NOT NULL AS has_steps \gset
\if :has_steps
  DO $$ DECLARE other name; BEGIN
    REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON prediction_log_migrations FROM PUBLIC;
    FOR other IN SELECT DISTINCT pg_get_userbyid(grantee) FROM pg_class, aclexplode(relacl)
      WHERE oid = 'prediction_log_migrations'::regclass AND grantee NOT IN (0, relowner)
    LOOP
      EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON prediction_log_migrations FROM %I', other);
    END LOOP;
  END $$;
\endif
