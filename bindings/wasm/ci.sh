#!/usr/bin/env bash
# Builds and tests the npm package. What it needs and cannot install, it names, and skips the rest.
set -euo pipefail
cd "$(dirname "$0")"

skip() { printf '\n== SKIPPED: bindings/wasm: %s\n' "$*"; exit 0; }

command -v npm >/dev/null || skip "npm is not installed"
rustup target list --installed 2>/dev/null | grep -q '^wasm32-unknown-unknown$' ||
  rustup target add wasm32-unknown-unknown || skip "the target wasm32-unknown-unknown cannot be had"
version=$(sed -n 's/^wasm-bindgen = "=\(.*\)"/\1/p' Cargo.toml)
[ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $version" ] ||
  cargo install wasm-bindgen-cli --version "$version" --profile dev ||
  skip "wasm-bindgen-cli $version cannot be installed"
npm ci --no-fund --no-audit || skip "the npm packages cannot be installed"

cargo fmt --check
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-../../target/wasm} cargo clippy --all-targets --locked -- -D warnings
# Fast to build, for tests; build.sh alone optimizes as a release does.
CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 ./build.sh
npm test
