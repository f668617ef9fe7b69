#!/bin/sh
# Instructions a byte of what a bench compares: wall time depends on the machine and its neighbours,
# instructions hardly do.
#   sh docs/instructions.sh BENCH BYTES NAME...
# BYTES is what the bench goes through in one round; it prints it in its first line. Needs valgrind.
set -eu
bench=$1 bytes=$2
shift 2
program=$(cargo bench --locked --no-run --bench "$bench" --message-format json 2>/dev/null |
  sed -n 's/.*"executable":"\([^"]*\/'"$bench"'-[0-9a-f]*\)".*/\1/p' | tail -1)
count() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" --bench --rounds "$1" --only "$2" 2>&1 |
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}
for name in "$@"; do
  # What the program does but once drops out.
  once=$(count 1 "$name")
  thrice=$(count 3 "$name")
  awk -v a="$once" -v b="$thrice" -v bytes="$bytes" -v name="$name" \
    'BEGIN { printf "%-34s %7.1f\n", name, (b - a) / 2 / bytes }'
done
