#!/usr/bin/env bash
# Lists the crates that are part of the program, with their licences: cli/src/licences.md, which `tomtat licences` prints.
#   docs/licences.sh           writes the page
#   docs/licences.sh --check   fails if the page is not what the lock file gives
set -euo pipefail
cd "$(dirname "$0")/.."

page() {
  cat <<'HEAD'
# Licences of what is inside

tomtat itself is MIT or Apache-2.0, at your option. The binary holds these crates, each under the
licence that its package states; `models/MANIFEST.md` has the corpora of the models. Crates under
MPL-2.0 are used as they were published: their source is published under the version given here.
Made by `docs/licences.sh` from `Cargo.lock`.

| crate | version | licence |
|---|---|---|
HEAD
  cargo tree --locked -p tomtat-cli -e normal --target all --prefix none --format '{p}|{l}' |
    sed -e 's/ (\*)$//' -e 's/ (proc-macro)//' | LC_ALL=C sort -u | grep -v '^tomtat' |
    sed -e 's/^\([^ ]*\) v\([^|]*\)|\(.*\)$/| \1 | \2 | \3 |/'
}

if [ "${1:-}" = --check ]; then
  page | diff cli/src/licences.md - || { echo "cli/src/licences.md is old: run docs/licences.sh" >&2; exit 1; }
else
  page > cli/src/licences.md
fi
