#!/bin/sh
# Writes docs/results.md: all methods on all data sets.
#   sh docs/results.sh DATA > docs/results.md
# DATA holds news/ and clusters/. `TOMTAT` names the program.
set -eu
data=$1
tomtat=${TOMTAT:-target/release/tomtat}
rankers=trained,centroid,tfidf,title,lexrank,lexrank-threshold,textrank,textrank-bm25,reduction,lsa,kl
rankers=$rankers,sumbasic,luhn,edmundson

section() {
  title=$1
  shift
  printf '\n## %s\n\n' "$title"
  "$tomtat" bench -f markdown "$@"
}

cat <<'TEXT'
# Results

All methods of `tomtat summarize` on all data sets, by `sh docs/results.sh DATA > docs/results.md`.
What the rows and marks mean: [evaluate.md](evaluate.md). No model was trained on these articles.
TEXT

news=$data/news/vnds-val.jsonl.zst
section 'VietNews, two sentences' "$news" -n 2 \
  --method "floor,random,lead-1,lead-2,lead-3,$rankers,oracle-1,oracle"
section 'VietNews, the ranker chooses one to three sentences' "$news" --length auto --method trained
section 'VietNews without titles, the same' "$news" --length auto --no-title --method trained
for length in 1 3 5 20%; do
  section "VietNews, length $length" "$news" --length "$length" --method "random,lead,trained,centroid,title"
done
section 'VietnameseMDS, 184 syllables' "$data/clusters/vimds-dev.jsonl" --syllables 184 \
  --references average --method "floor,random,lead,multi,$rankers,oracle"
section 'AbMuSu, 205 syllables' "$data/clusters/abmusu-val.jsonl" --syllables 205 \
  --method "floor,random,lead,multi,$rankers,oracle"
