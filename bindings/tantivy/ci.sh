#!/usr/bin/env bash
# Checks and tests the tokenizer for tantivy. Without its dependencies it says so and skips.
set -euo pipefail
cd "$(dirname "$0")"

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-../../target/tantivy}
if ! cargo fetch --locked >/dev/null 2>&1; then
  printf '\n== SKIPPED: bindings/tantivy: its dependencies cannot be fetched\n'
  exit 0
fi
cargo fmt --check
cargo clippy --all-targets --locked -- -D warnings
cargo test --locked
