#!/usr/bin/env bash
# Has schemathesis (https://schemathesis.io) ask a Filmbase with the bundled sample whatever its API reference allows, and look
# whether the answers are what that says: a second opinion, which no test needs. Takes schemathesis from the PATH, or
# installs it from PyPI into dist/schemathesis. Arguments go to `schemathesis run`.
set -euo pipefail
cd "$(dirname "$0")/.."

node scripts/prepare.mjs
check=$(command -v schemathesis || echo dist/schemathesis/bin/schemathesis)
if [ ! -x "$check" ]; then
  python3 -m venv dist/schemathesis
  dist/schemathesis/bin/pip install --quiet 'schemathesis==4.32.5'
fi

data=$(mktemp -d)
FILMBASE_DATA=$data node dist/src/main.js serve --try-out --no-schedule --port 0 --log json >"$data/log" &
server=$!
stop() { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$data"; }
trap stop EXIT
until grep -q '"event":"serving"' "$data/log"; do
  kill -0 "$server" 2>/dev/null || { cat "$data/log" >&2; exit 1; }
  sleep 0.2
done
field() { sed -n "s/.*\"event\":\"serving\".*\"$1\":\"\([^\"]*\)\".*/\1/p" "$data/log"; }

# That a cursor must be one of ours, and a seller one that there is, is nothing that a schema can say. Most values that the
# reference allows are of things that are not there, so warnings of that say nothing.
"$check" run "$(field address)/openapi.json" \
  --header "Authorization: Bearer $(field key)" \
  --exclude-checks positive_data_acceptance --warnings off "$@"
