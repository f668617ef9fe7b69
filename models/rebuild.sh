#!/usr/bin/env bash
# Rebuilds the shipped models from the corpora. Takes some minutes; the same corpora give the same bytes.
#   models/rebuild.sh [FOLDER WITH THE CORPORA]
set -euo pipefail
cd "$(dirname "$0")/.."
data=${1:-${TOMTAT_SHARED:-../shared}/data}
tomtat() { cargo run --release --quiet --locked -- "$@"; }

licence='news: none stated by the publishers; UD Vietnamese VTB: CC BY-SA 4.0; VTB: research use stated'

tomtat train lexicon --name vi-news --licence "$licence" -o models/vi-news.lexicon \
  "$data"/news/vnds-train.jsonl.zst \
  "$data"/segmentation/silver-vinews-rdr.txt.zst \
  "$data"/segmentation/silver-vnds-rdr.txt.zst \
  "$data"/segmentation/vtb-train.txt \
  "$data"/segmentation/ud-vtb-train.txt

tomtat train idf --name vi-news --licence 'none stated by the publishers' \
  --lexicon models/vi-news.lexicon -o models/vi-news.background \
  "$data"/news/vnds-train.jsonl.zst \
  "$data"/news/vinews-train.jsonl.zst
