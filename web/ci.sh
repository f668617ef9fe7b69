#!/usr/bin/env bash
# Builds the page and tests it in Chromium. What it needs and cannot install, it names, and skips
# the rest.
set -euo pipefail
cd "$(dirname "$0")"

skip() { printf '\n== SKIPPED: web: %s\n' "$*"; exit 0; }

command -v npm >/dev/null || skip "npm is not installed"
[ -f ../bindings/wasm/dist/wasm/tomtat_bg.wasm ] || skip "bindings/wasm was not built (its ci.sh says why)"
npm ci --no-fund --no-audit || skip "the npm packages cannot be installed"
npm run build
browser=${CHROMIUM:-/usr/bin/chromium}
if [ ! -x "$browser" ]; then
  { apt-get update -qq && apt-get install -y -qq chromium; } >/dev/null 2>&1 ||
    skip "no Chromium at $browser (set CHROMIUM), and it cannot be installed: the page was built, its browser tests were not run"
fi
npm test
