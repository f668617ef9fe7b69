#!/usr/bin/env bash
# Compares two builds of the program by the bytes of their output, after a change that is to change
# nothing: pages, 2,000 articles and clusters, through every command.
#   tests/crosscheck/same_output.sh OLD NEW [DATA]
# OLD and NEW are binaries, DATA the folder that TOMTAT_SHARED names (default: ../shared).
# ARTICLES=N takes another number of articles of each of the three sources (default: 667);
# ONLY=WORD runs only the comparisons whose name holds WORD. Exit code 0: all the same.
set -euo pipefail
old=$(realpath "$1")
new=$(realpath "$2")
data=$(realpath "${3:-${TOMTAT_SHARED:-../shared}}")
each=${ARTICLES:-667}
only=${ONLY:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sample() { (zstd -dcq "$data/data/news/$1-train.jsonl.zst" 2>/dev/null || true) | head -n "$each"; }
for source in vinews baomoi vnds; do sample "$source" > "$work/$source.jsonl"; done
head -n 100 "$work/vinews.jsonl" > "$work/few.jsonl"
head -n 300 "$data/data/sentences/news-sentences.txt" > "$work/sentences.txt"
head -n 400 "$data/data/segmentation/ud-vtb-dev.txt" > "$work/words.txt"
head -n 20 "$data/data/clusters/abmusu-val.jsonl" > "$work/clusters.jsonl"
cp -r "$data/articles" "$work/texts"
rm -f "$work"/texts/*.tsv
mkdir "$work/pages"
find -L "$data/pages" -type f \( -name '*.html' -o -name '*.htm' \) | sort | while read -r page; do
  cp "$page" "$work/pages/$(echo "${page#"$data/pages/"}" | tr / _)"
done
printf 'thông xe\nTrần Văn Sau\t5\n' > "$work/dict.txt"
cd "$work"

failed=0 compared=0
run() { # BINARY OUT ARGUMENT...
  local binary=$1 out=$2 code=0
  shift 2
  "$binary" "$@" > "$out.out" 2> "$out.err" < /dev/null || code=$?
  # Messages name the program as it was called.
  sed -i "s/$(basename "$binary")/tomtat/g" "$out.err"
  echo "exit $code" >> "$out.err"
}
same() { # NAME ARGUMENT...
  local name=$1
  shift
  case $name in *"$only"*) ;; *) return 0 ;; esac
  compared=$((compared + 1))
  run "$old" old "$@"
  run "$new" new "$@"
  if cmp -s old.out new.out && cmp -s old.err new.err; then
    printf 'same  %-28s %9d bytes, %s\n' "$name" "$(stat -c %s new.out)" "$(tail -n 1 new.err)"
  else
    failed=$((failed + 1))
    printf 'OTHER %s: tomtat %s\n' "$name" "$*"
    { diff old.out new.out || true; diff old.err new.err || true; } | head -n 6 | cut -c 1-200
  fi
}

for source in vinews baomoi vnds; do
  same "summarize-$source" summarize "$source.jsonl" -f json
  same "words-$source" summarize "$source.jsonl" -w 60
  same "extract-$source" extract "$source.jsonl" -f jsonl
done
same summarize-pages summarize -R pages texts -f json
same summarize-syllables summarize vinews.jsonl --syllables 80
same summarize-characters summarize few.jsonl -c 280
same summarize-length summarize few.jsonl --length auto
same summarize-raw summarize few.jsonl --raw -n 2
same summarize-query summarize few.jsonl --query 'giá vàng hôm nay' -f json
same summarize-multi summarize --multi -R texts -f json
same summarize-clusters summarize --multi clusters.jsonl -f json
for method in centroid tfidf title lexrank lexrank-threshold textrank textrank-bm25 reduction lsa \
  kl sumbasic luhn edmundson lead; do
  same "method-$method" summarize few.jsonl -m "$method" -f json
done
same extract-pages extract -R pages texts -f json
same extract-keep extract -R pages --keep title,sapo,body,heading
for level in sentence syllable word; do
  same "tokenize-$level" tokenize texts/*.txt --level "$level"
done
same tokenize-lines tokenize --lines sentences.txt
same tokenize-tsv tokenize texts/*.txt -f tsv --offsets chars
same tokenize-jsonl tokenize texts/*.txt -f jsonl --offsets utf16
same tokenize-conllu tokenize texts/*.txt -f conllu
same tokenize-dict tokenize sentences.txt --dict dict.txt
same keywords keywords vinews.jsonl --top 5 -f jsonl
for method in textrank yake; do same "keywords-$method" keywords few.jsonl -m "$method" -f jsonl; done
same terms terms vinews.jsonl --top 200 -f jsonl
same terms-ngrams terms few.jsonl -n 1-3 --top 500 -f csv
same terms-per-doc terms few.jsonl --per-doc -f jsonl
"$old" terms few.jsonl --save few.counts > /dev/null 2>&1 || true
same terms-merge terms --merge few.counts few.counts --top 100 -f jsonl
same collocations collocations vinews.jsonl -f jsonl
same keyness keyness vinews.jsonl --reference baomoi.jsonl -f jsonl
same concordance concordance 'giá vàng' vinews.jsonl
same profile profile few.jsonl
same check check texts/*.txt sentences.txt
same normalize normalize sentences.txt
same evaluate evaluate --pred few.jsonl --pred-field title --ref few.jsonl --ref-field abstract -f json
same bench-summaries bench few.jsonl --resamples 50
same bench-words bench --task words words.txt --resamples 50
same bench-sentences bench --task sentences sentences.txt --resamples 50
# The file goes to standard output, so that its bytes are compared.
same train-lexicon train lexicon words.txt -o /dev/stdout
same train-segmenter train segmenter --gold words.txt -o /dev/stdout
printf '%d of %d comparisons differ\n' "$failed" "$compared"
[ "$failed" = 0 ]
