#!/usr/bin/env bash
# Rebuilds the shipped models from the corpora; the same corpora and program give the same bytes.
# Takes some twenty minutes on two cores.
#   models/rebuild.sh [FOLDER WITH THE CORPORA]
set -euo pipefail
cd "$(dirname "$0")/.."
data=${1:-${TOMTAT_SHARED:-../shared}/data}
tomtat() { cargo run --release --quiet --locked -- "$@"; }

tomtat train segmenter --name vi-news \
  --licence 'news: none stated by the publishers; laws: public; Wikipedia: CC BY-SA 4.0; treebank: research use stated' \
  --gold "$data"/segmentation/vtb-train.txt \
  --silver "$data"/segmentation/silver-vinews-rdr.txt.zst \
  "$data"/segmentation/silver-law-wiki-rdr.txt.zst \
  --agreed "$data"/segmentation/silver-vnds-rdr.txt.zst "$data"/segmentation/silver-vnds-uet.txt.zst \
  --words "$data"/news/vnds-train.jsonl.zst \
  --held-out "$data"/segmentation/ud-vtb-dev.txt \
  -o models/vi-news.segmenter

tomtat train sentence-starters --name vi-news --licence 'none stated by the publishers' \
  -o models/vi-news.starters "$data"/news/vinews-train.jsonl.zst

tomtat train standalone --name vi-news --licence 'none stated by the publishers' \
  --starters models/vi-news.starters -o models/vi-news.standalone \
  "$data"/news/vnds-train.jsonl.zst "$data"/news/vinews-train.jsonl.zst

tomtat train background --name vi-news --licence 'none stated by the publishers' \
  --segmenter models/vi-news.segmenter -o models/vi-news.background \
  "$data"/news/vnds-train.jsonl.zst \
  "$data"/news/vinews-train.jsonl.zst

# Stop words: words that news spreads like chance (low residual idf), the more so the rarer they are.
{ zstd -dcq "$data"/news/vinews-train.jsonl.zst
  zstd -dcq "$data"/news/vnds-train.jsonl.zst | sed 's/_/ /g'; } |
  tomtat terms --input jsonl --min-df 0.02 --columns share,idf-residual --sort term -f tsv \
    --matching '^[a-zà-ỹăđĩũơư ]+$' - |
  LC_ALL=C awk -F'\t' 'NR > 1 && ($2 >= 0.3 && $3 <= 0.7 || $2 >= 0.1 && $3 <= 0.45 || $3 <= 0.2) {
    printf "%s\t%.3f\t%.3f\n", $1, $2, $3 }' > models/vi-news.stopwords

tomtat train keywords --name vi-news --licence 'none stated by the publishers' \
  -o models/vi-news.keywords "$data"/news/baomoi-train.jsonl.zst

# Every sixth crawled page is set aside for measuring.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
pages=$folder/pages.jsonl
zstd -dcq "$data"/news/baomoi-train.jsonl.zst | awk 'NR % 6 != 1' > "$pages"
tomtat train ranker --name vi-news --licence 'none stated by the publishers' --aside 50 \
  -o "$folder"/vi-news.ranker \
  "$data"/news/vnds-train.jsonl.zst \
  "$data"/news/vinews-train.jsonl.zst \
  "$pages"
tomtat train extracts --ranker "$folder"/vi-news.ranker --extracts docs/reader-picks.tsv \
  -o models/vi-news.ranker \
  "$data"/news/baomoi-train.jsonl.zst "$data"/news/vinews-train.jsonl.zst
