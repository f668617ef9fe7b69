#!/usr/bin/env bash
# Builds the wheels for other Linux machines, in release profile and linked by Zig: manylinux (glibc
# 2.17) and musl. Checks what each asks of its system, and its size. Takes some 15 minutes of one
# processor, so it is no part of ci.sh.
#
#   ./wheels.sh [FOLDER]   where the wheels go; target/wheels of this package without it
set -euo pipefail
cd "$(dirname "$0")"

out=${1:-target/wheels}
most_bytes=9000000
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say() { printf '\n== wheels: %s\n' "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'maturin>=1.9,<2' ziglang
export PATH="$work/venv/bin:$PATH"
mkdir -p "$out"

# Undefined symbols of a library that are none of the interpreter.
wanted() { nm -D --undefined-only "$1" | awk '{print $NF}' | grep -Ev '^_?Py' | sort -u; }

# Builds for TARGET, with the tag of a platform, and unpacks the module.
build() {
  say "$1 ($2)"
  rm -rf "$work/wheel" "$work/module"
  maturin build --quiet --release --locked --zig --compression-level 9 --target "$1" --compatibility "$2" \
    --interpreter python3 --out "$work/wheel"
  wheel=$(ls "$work"/wheel/*.whl)
  bytes=$(stat -c %s "$wheel")
  [ "$bytes" -lt "$most_bytes" ] || fail "$(basename "$wheel") has $bytes bytes, more than $most_bytes"
  python3 -m zipfile -e "$wheel" "$work/module"
  module=$(ls "$work"/module/tomtat/*.so)
  cp "$wheel" "$out"
  say "$(basename "$wheel"): $bytes bytes; needs $(readelf -d "$module" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | tr '\n' ' ')"
}

build x86_64-unknown-linux-gnu manylinux2014
newest=$(wanted "$module" | sed -n 's/.*@GLIBC_//p' | sort -Vu | tail -1)
[ "$(printf '%s\n2.17\n' "$newest" | sort -V | tail -1)" = 2.17 ] || fail "asks for glibc $newest"
say "the newest symbols are of glibc $newest"

musl=x86_64-unknown-linux-musl
if ! { rustup target list --installed | grep -q "^$musl$" || rustup target add "$musl"; }; then
  say "SKIPPED: the target $musl cannot be had"
  exit 0
fi
build "$musl" musllinux_1_2
if wanted "$module" | grep -q GLIBC; then fail "the musl module asks for glibc"; fi
# The C library of the target, which Rust brings along, defines what musl has.
libc=$(rustc --print sysroot)/lib/rustlib/$musl/lib/self-contained/libc.a
nm --defined-only "$libc" 2>/dev/null | awk 'NF == 3 {print $3}' | sort -u >"$work/musl"
# Weak symbols may be missing: the standard library of Rust asks whether they are there.
weak=$(nm -D --undefined-only "$module" | awk '$1 == "w" {print $2}')
missing=$(wanted "$module" | grep -vE '^(__cxa_finalize|_ITM_|__gmon_start__|_Unwind_)' |
  comm -23 - "$work/musl" | grep -vxF "$weak" || true)
[ -z "$missing" ] || fail "symbols that musl does not define: $missing"
say "all symbols of the musl module are those of musl"
