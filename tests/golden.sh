#!/bin/sh
# Writes all public output of the program into a folder, so that `diff -r` can compare two versions: schema, help, man
# pages, completions, reasons and settings. For each example scenario also its replies, audit log, timelines, exports,
# tables and state hash.
#
# Usage: tests/golden.sh PROGRAM FOLDER
#   tests/golden.sh target/x86_64-unknown-linux-gnu/debug/ssd target/golden/before
set -eu
ssd=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset SSD_SESSION SSD_CALL SSD_STORE SSD_KEY_FILE SSD_LANG
export SSD_OPERATOR=golden LC_ALL=C HOME="$work" XDG_DATA_HOME="$work"
cd "$work"
cp "$root"/examples/data/* .

"$ssd" schema >"$out/schema.json"
for lang in en pt; do
    "$ssd" --lang $lang --help >"$out/help-$lang.txt"
    mkdir -p "$out/man-$lang"
    "$ssd" --lang $lang man "$out/man-$lang" >/dev/null
    # The man pages name every command.
    ls "$out/man-$lang" | sed 's/^ssd-//; s/\.1$//' | while read -r name; do
        [ "$name" = ssd ] && continue
        # shellcheck disable=SC2046
        "$ssd" --lang $lang $(echo "$name" | tr ' ' ' ') --help >"$out/help-$lang-$name.txt" 2>&1 ||
            "$ssd" --lang $lang $(echo "$name" | sed 's/-/ /') --help >"$out/help-$lang-$name.txt" 2>&1 || true
    done
    "$ssd" --lang $lang explain all >"$out/explain-$lang.txt" 2>&1 || true
done
for shell in bash zsh fish powershell; do "$ssd" completions $shell >"$out/completions-$shell"; done

for scenario in "$root"/examples/scenarios/*.jsonl; do
    name=$(basename "$scenario" .jsonl)
    to="$out/scenario-$name"
    mkdir -p "$to"
    rm -f "$name.db"
    "$ssd" --json scenario run "$scenario" --keep "$name.db" >"$to/run.json" 2>&1 || true
    [ -e "$name.db" ] || continue
    export SSD_STORE="$name.db"
    "$ssd" --json state-hash >"$to/state-hash.json"
    for kind in json csv table; do
        case $kind in json) as=--json ;; *) as="--format $kind" ;; esac
        for lang in en pt; do
            # shellcheck disable=SC2086
            for list in "audit list" "outbox list" "account list" "policy show"; do
                "$ssd" --lang $lang $as $list >"$to/$(echo "$list" | tr ' ' '-').$lang.$kind" 2>&1 || true
            done
        done
    done
    "$ssd" audit export >"$to/audit-export.jsonl" 2>&1 || true
    "$ssd" audit head >"$to/audit-head.txt" 2>&1 || true
    "$ssd" --json account list | sed -n 's/.*"niss":"\([0-9]*\)".*/\1/p' | while read -r niss; do
        for lang in en pt; do
            "$ssd" --lang $lang account timeline "$niss" >"$to/timeline-$niss.$lang.txt" 2>&1 || true
            "$ssd" --lang $lang account show "$niss" >"$to/account-$niss.$lang.txt" 2>&1 || true
            "$ssd" --lang $lang account history "$niss" >"$to/history-$niss.$lang.txt" 2>&1 || true
            rm -f page.html
            "$ssd" --lang $lang account timeline "$niss" --html page.html >/dev/null 2>&1 || true
            [ ! -e page.html ] || mv page.html "$to/page-$niss.$lang.html"
        done
        "$ssd" --json account timeline "$niss" >"$to/timeline-$niss.json" 2>&1 || true
        "$ssd" --json account export "$niss" >"$to/data-$niss.json" 2>&1 || true
        "$ssd" scenario export "$niss" >"$to/export-$niss.jsonl" 2>&1 || true
        "$ssd" scenario export "$niss" --anonymise >"$to/export-anonymous-$niss.jsonl" 2>&1 || true
    done
    "$ssd" --json audit list | sed -n 's/.*"id":\([0-9]*\).*/\1/p' | while read -r id; do
        "$ssd" --lang en why "$id"
        "$ssd" --lang pt why "$id"
        "$ssd" --json why "$id"
    done >"$to/why.txt" 2>&1
    unset SSD_STORE
done
SSD="$ssd" sh "$root/examples/quickstart.sh" >"$out/quickstart.txt" 2>&1
