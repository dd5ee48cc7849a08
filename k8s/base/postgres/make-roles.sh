# Makes the roles as soon as the server answers. It is the startup probe: until it succeeds it runs each second, and the pod is not Ready.
set -euo pipefail

# By TCP: while it makes its database, PostgreSQL answers on its socket only. With a name, because a user whom the image does not know has none.
pg_isready --host=127.0.0.1 --username=postgres
# Volumes made before there was a superuser of its own have none but iris.
admin=postgres
psql --no-psqlrc --username=postgres --dbname="$POSTGRES_DB" --command='' 2>/dev/null || admin=iris
exec psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --single-transaction --username="$admin" --dbname="$POSTGRES_DB" --file="${0%/*}/roles.sql"
