#!/usr/bin/env bash
# Builds the wheel, installs it in a new virtual environment and runs its tests, with each Python
# that the machine has. Engines are installed where they can be; Spark and Ray take minutes to
# install and start, and are tested where TOMTAT_HEAVY_ENGINES=1 asks for it.
#
#   TOMTAT_PROGRAM=path         the program that results are compared with
#   TOMTAT_HEAVY_ENGINES=1      tests Spark and Ray, too
#   TOMTAT_ENGINES="a b"        engines to install, instead of those below
#   TOMTAT_WHEEL_PROFILE=name   profile of the build: ci (quick to build), or release
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '\n== python: %s\n' "$*"; }

if ! command -v python3 >/dev/null; then
  say "SKIPPED: there is no python3, so nothing of the Python package was built or tested"
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Set up for old processors on some machines, where it slows newer ones down.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE || true
tools="${TOMTAT_PYTHON_TOOLS:-pytest mypy pyarrow pandas}"
engines="${TOMTAT_ENGINES:-polars duckdb datafusion scikit-learn datatrove spacy datasets rouge_score nbclient nbformat ipykernel matplotlib}"
if [ -n "${TOMTAT_HEAVY_ENGINES:-}" ]; then engines="$engines pyspark ray[data]"; fi

say "wheel"
python3 -m venv "$work/build" || { say "SKIPPED: no venv (apt-get install python3-venv)"; exit 0; }
if ! "$work/build/bin/pip" install -q 'maturin>=1.9,<2'; then
  say "SKIPPED: maturin cannot be installed here"
  exit 0
fi
cargo fmt --check
"$work/build/bin/maturin" build --quiet --locked --profile "${TOMTAT_WHEEL_PROFILE:-ci}" \
  --out "$work/wheels" --interpreter python3
cargo clippy --quiet --locked --profile "${TOMTAT_WHEEL_PROFILE:-ci}" -- -D warnings
ls -l "$work"/wheels/*.whl

# abi3: one wheel for all.
for python in python3 python3.10 python3.11 python3.12 python3.13 python3.14; do
  command -v "$python" >/dev/null || continue
  # A shim may stand where no Python is.
  "$python" -c "" 2>/dev/null ||
    { say "SKIPPED: $python is a shim; PYENV_VERSION=3.11.7:3.12.1 shows several Pythons"; continue; }
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  case " ${done_versions:-} " in *" $version "*) continue ;; esac
  done_versions="${done_versions:-} $version"
  say "tests with Python $version"
  "$python" -m venv "$work/$version" || { say "SKIPPED: Python $version has no venv"; continue; }
  pip="$work/$version/bin/pip"
  "$pip" install -q "$work"/wheels/*.whl
  # shellcheck disable=SC2086 # Words of a list.
  "$pip" install -q $tools
  # shellcheck disable=SC2086
  "$pip" install -q $engines || for engine in $engines; do
    "$pip" install -q "$engine" || say "ENGINE NOT INSTALLED: $engine"
  done
  (cd tests && "$work/$version/bin/python" -m pytest -q -p no:cacheprovider .)
done
