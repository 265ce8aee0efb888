#!/bin/sh
# Imports that are killed at random moments and run again: each comes to what one undisturbed run makes, and the store is whole
# right after the kill.
#
#     sh tests/bench/kill-import.sh              builds the release binary first; SSD=path takes one that is there
#     ROUNDS=200 ROWS=1000000 SEED=7      more rounds than 50, more rows than 300,000, other moments
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${ROUNDS:-50}
rows=${ROWS:-300000}
seed=${SEED:-1}

for tool in sqlite3 sha256sum; do
    if ! command -v $tool >/dev/null; then
        echo "skipped: $tool is not installed"
        exit 0
    fi
done
if ! sleep 0.001 2>/dev/null; then
    echo 'skipped: this sleep knows no fractions of a second'
    exit 0
fi

mkdir -p "$here/target"
work=$(mktemp -d "$here/target/bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -z "${SSD:-}" ]; then
    (cd "$here" && cargo build --release --locked --message-format=json-render-diagnostics) >"$work/build"
    SSD=$(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' "$work/build" | tail -n 1)
fi
unset SSD_SESSION
mkdir "$work/at"
export SSD_STORE="$work/at/store.db"

awk -v rows="$rows" -f "$here/tests/bench/rows.awk" >"$work/rows.csv"
# A quarter of them is there already, with accounts, some of which the import closes.
head -n $((rows / 4 + 1)) "$work/rows.csv" | sed 's/,deceased,/,active,/' >"$work/before.csv"
mkdir "$work/start"
export SSD_OPERATOR=bench
SSD_STORE="$work/start/store.db" "$SSD" init --sandbox >"$work/out"
SSD_STORE="$work/start/store.db" "$SSD" registry import "$work/before.csv" >"$work/out"
awk -F, 'NR > 1 && NR <= 202 { print $1, $5 }' "$work/before.csv" | while read -r niss birth; do
    SSD_STORE="$work/start/store.db" "$SSD" register "$niss" --account-type citizen --birth-date "$birth" --channel sms --accept-terms >"$work/out"
done

begin() {
    rm -rf "$work/at"
    cp -r "$work/start" "$work/at"
}
# All that anybody can see but the audit, which has an entry for each group of each run: as the program tells it, and as it
# stands in the file.
state() {
    "$SSD" state-hash
    for table in registry account contact code guard session message policy; do
        sqlite3 "$SSD_STORE" "select * from $table"
    done | sha256sum
}

begin
from=$(date +%s%N)
"$SSD" registry import "$work/rows.csv" >"$work/out"
life=$(($(date +%s%N) - from))
expected=$(state)
closed=$(sqlite3 "$SSD_STORE" "select count(*) from account where state = 'closed'")

killed=0
half_way=0
before=$(($(wc -l <"$work/before.csv") - 1))
round=0
while [ $round -lt "$rounds" ]; do
    begin
    "$SSD" registry import "$work/rows.csv" >"$work/out" &
    moment=$(awk -v seed="$seed" -v round=$round -v life="$life" 'BEGIN { srand(seed * 1000 + round); rand(); printf "%.4f", rand() * life / 1e9 }')
    sleep "$moment"
    kill -9 $! 2>/dev/null || true
    if ! wait $! 2>/dev/null; then killed=$((killed + 1)); fi
    "$SSD" store check >"$work/out" || { echo "round $round, killed after $moment s: the store is not whole"; exit 1; }
    left=$(sqlite3 "$SSD_STORE" "select count(*) from audit where action = 'registry_import'")
    there=$(sqlite3 "$SSD_STORE" 'select count(*) from registry')
    if [ "$there" -gt "$before" ] && [ "$there" -lt "$rows" ]; then half_way=$((half_way + 1)); fi
    "$SSD" registry import "$work/rows.csv" >"$work/out"
    if [ "$(state)" != "$expected" ]; then
        echo "round $round, killed after $moment s and $left groups: another state"
        exit 1
    fi
    "$SSD" store check >"$work/out" || { echo "round $round, run again after $moment s: the store is not whole"; exit 1; }
    if [ "$(ls "$work/at" | grep -c '\.tmp\.')" != 0 ]; then
        echo "round $round: something is left beside the store"
        exit 1
    fi
    round=$((round + 1))
done
echo "kill     $rounds imports of $rows rows: $killed killed before their end, $half_way of them between two groups; all came to the same state, with $closed accounts closed"
if [ "$half_way" -eq 0 ]; then
    echo 'none was killed half-way: more rows are needed to show anything'
    exit 1
fi
