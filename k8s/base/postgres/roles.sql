-- Five roles and what they may do. Each statement may run again: passwords follow the Secret.
--   iris          owns the database and its tables, and migrates them
--   iris_writer   the API: reads and writes rows
--   iris_reader   statistics and analysis: reads rows
--   iris_cleaner  retention and erasure: reads and deletes predictions and their counts, and writes down who asked for it
--   iris_backup   backups: reads everything
\set owner_password `cat "${PASSWORDS:-/run/secrets/postgres}/password"`
\set writer_password `cat "${PASSWORDS:-/run/secrets/postgres}/writer-password"`
\set reader_password `cat "${PASSWORDS:-/run/secrets/postgres}/reader-password"`
\set cleaner_password `cat "${PASSWORDS:-/run/secrets/postgres}/cleaner-password"`
\set backup_password `cat "${PASSWORDS:-/run/secrets/postgres}/backup-password"`

SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(ARRAY['iris', 'iris_writer', 'iris_reader', 'iris_cleaner', 'iris_backup']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE iris PASSWORD :'owner_password';
ALTER ROLE iris_writer PASSWORD :'writer_password';
ALTER ROLE iris_reader PASSWORD :'reader_password';
ALTER ROLE iris_cleaner PASSWORD :'cleaner_password';
ALTER ROLE iris_backup PASSWORD :'backup_password';
-- The superuser comes in by the socket of the container alone.
SELECT 'ALTER ROLE postgres PASSWORD NULL' WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = 'postgres') \gexec

ALTER DATABASE :"DBNAME" OWNER TO iris;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO iris_writer, iris_reader, iris_cleaner, iris_backup;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- Of the tables that are there, and of those that iris will make.
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO iris_writer;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO iris_writer;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO iris_reader;
GRANT SELECT, DELETE ON ALL TABLES IN SCHEMA public TO iris_cleaner;
GRANT pg_read_all_data TO iris_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE iris IN SCHEMA public GRANT SELECT, INSERT, UPDATE ON TABLES TO iris_writer;
ALTER DEFAULT PRIVILEGES FOR ROLE iris IN SCHEMA public GRANT USAGE ON SEQUENCES TO iris_writer;
ALTER DEFAULT PRIVILEGES FOR ROLE iris IN SCHEMA public GRANT SELECT ON TABLES TO iris_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE iris IN SCHEMA public GRANT SELECT, DELETE ON TABLES TO iris_cleaner;
-- Who asked for whose predictions to be erased: its owner's, and added to by whoever may erase. A new table has this from the migration.
SELECT 'REVOKE ALL ON prediction_erasures FROM PUBLIC, iris_writer, iris_reader, iris_cleaner; GRANT SELECT, INSERT ON prediction_erasures TO iris_cleaner'
WHERE to_regclass('public.prediction_erasures') IS NOT NULL \gexec
-- Which steps of the migration were made: others read it, and its owner alone writes it. A new table has this from the migration too.
SELECT 'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON prediction_log_migrations FROM PUBLIC, iris_writer, iris_reader, iris_cleaner'
WHERE to_regclass('public.prediction_log_migrations') IS NOT NULL \gexec
