# Dumps the database into a new file. Only when it is whole, older ones go: a backup that fails removes none.
set -euo pipefail
umask 077

cd "${BACKUPS:-/backups}"
keep="${KEEP:-7}"
[[ "$keep" =~ ^[1-9][0-9]*$ ]] || { echo "KEEP must be a whole number from 1, is \"$keep\"" >&2; exit 1; }
name="$PGDATABASE-$(date --utc +%Y%m%dT%H%M%SZ).dump"
# Those of other databases may stand beside: iris-test-…
stamp='[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z'
# What a run left that was killed; two of one database at once there are not (concurrencyPolicy).
rm -f -- ".$PGDATABASE-"$stamp.*part
trap 'rm -f -- ".$name.part" ".$name.sha256.part"' EXIT

pg_dump --no-password --format=custom --no-owner --no-privileges --lock-wait-timeout=60s --file=".$name.part"
# Read to its end, as a restore would.
pg_restore --file=/dev/null ".$name.part"
pg_restore --list ".$name.part" | grep 'TABLE DATA public predictions ' > /dev/null || { echo "there is no table predictions in the dump" >&2; exit 1; }
sum="$(sha256sum < ".$name.part")"
printf '%s  %s\n' "${sum%% *}" "$name" > ".$name.sha256.part"
sync -- ".$name.part" ".$name.sha256.part"
# The checksum first: a dump that has its name is whole.
mv -- ".$name.sha256.part" "$name.sha256"
mv -- ".$name.part" "$name"
sync -- .
echo "$name: $(stat --format=%s -- "$name") bytes, sha256 ${sum%% *}"

printf '%s\n' "$PGDATABASE-"$stamp.dump | sort | head --lines=-"$keep" | while read -r old; do
  rm -f -- "$old" "$old.sha256"
  echo "$old: removed, as there are $keep newer ones"
done
