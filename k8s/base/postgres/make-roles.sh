# Makes the roles as soon as the server answers: at each start of the container, which is Ready only after it.
set -euo pipefail

for _ in $(seq 600); do
  # By TCP: while it makes its database, PostgreSQL answers on its socket only.
  if pg_isready --host=127.0.0.1 --username=postgres --quiet; then
    # Volumes made before there was a superuser of its own have none but iris.
    admin=postgres
    psql --no-psqlrc --username=postgres --dbname="$POSTGRES_DB" --command='' 2>/dev/null || admin=iris
    exec psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --single-transaction --username="$admin" --dbname="$POSTGRES_DB" --file="${0%/*}/roles.sql"
  fi
  sleep 0.5
done
echo 'PostgreSQL does not answer after five minutes: no roles made' >&2
exit 1
