# Puts a backup in the place of what the database holds, in one transaction: all of it, or nothing is changed. Erasures of since then are repeated.
set -euo pipefail

cd "${BACKUPS:-/backups}"
scripts="$(cd "$(dirname "$0")" && pwd)"
# Those of other databases may stand beside: iris-test-…
stamp='[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z'
shopt -s nullglob
name="${BACKUP:-$(printf '%s\n' "$PGDATABASE-"$stamp.dump | sort | tail --lines=1)}"
[ -f "$name" ] || { echo "there is no backup ${name:-of $PGDATABASE}; there are:" >&2; ls -1 >&2; exit 1; }
sha256sum --check --strict --quiet -- "$name.sha256" || { echo "$name is damaged; nothing was changed" >&2; exit 1; }

# after.sql asks for the mark at the end: were pg_restore cut off, psql would take the half for the whole.
restored() { pg_restore --clean --if-exists --no-owner --no-privileges --file=- -- "$name" && echo '\set read_to_its_end 1'; }
psql --no-password --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --single-transaction --output=/dev/null \
  --file="$scripts/before.sql" --file=<(restored) --file="$scripts/after.sql"
echo "$name is restored: $(psql --no-password --no-psqlrc --tuples-only --no-align --command='SELECT count(*) FROM predictions') predictions"
