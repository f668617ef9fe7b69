#!/usr/bin/env bash
# Builds the npm package into dist/: WebAssembly, its JavaScript, the wrapper and its types.
# Needs: rustup target add wasm32-unknown-unknown; cargo install wasm-bindgen-cli --version 0.2.130;
# npm install.
set -euo pipefail
cd "$(dirname "$0")"

target=${CARGO_TARGET_DIR:-../../target/wasm}
CARGO_TARGET_DIR=$target cargo build --release --locked --target wasm32-unknown-unknown
rm -rf dist js/wasm
wasm-bindgen --target web --out-dir js/wasm --out-name tomtat \
  "$target/wasm32-unknown-unknown/release/tomtat_wasm.wasm"
npx tsc
mkdir -p dist/wasm
cp js/wasm/tomtat.js js/wasm/tomtat.d.ts js/wasm/tomtat_bg.wasm dist/wasm/
ls -l dist/wasm/tomtat_bg.wasm
