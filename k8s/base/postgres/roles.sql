-- Three roles and what they may do. Each statement may run again: passwords follow the Secret.
--   iris          owns the database and its tables, and migrates them
--   iris_writer   the API: reads and writes rows
--   iris_reader   statistics and analysis: reads rows
\set owner_password `cat "${PASSWORDS:-/run/secrets/postgres}/password"`
\set writer_password `cat "${PASSWORDS:-/run/secrets/postgres}/writer-password"`
\set reader_password `cat "${PASSWORDS:-/run/secrets/postgres}/reader-password"`

SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(ARRAY['iris', 'iris_writer', 'iris_reader']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE iris PASSWORD :'owner_password';
ALTER ROLE iris_writer PASSWORD :'writer_password';
ALTER ROLE iris_reader PASSWORD :'reader_password';
-- The superuser comes in by the socket of the container alone.
SELECT 'ALTER ROLE postgres PASSWORD NULL' WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = 'postgres') \gexec

ALTER DATABASE :"DBNAME" OWNER TO iris;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO iris_writer, iris_reader;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- Of the tables that are there, and of those that iris will make.
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO iris_writer;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO iris_writer;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO iris_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE iris IN SCHEMA public GRANT SELECT, INSERT, UPDATE ON TABLES TO iris_writer;
ALTER DEFAULT PRIVILEGES FOR ROLE iris IN SCHEMA public GRANT USAGE ON SEQUENCES TO iris_writer;
ALTER DEFAULT PRIVILEGES FOR ROLE iris IN SCHEMA public GRANT SELECT ON TABLES TO iris_reader;
