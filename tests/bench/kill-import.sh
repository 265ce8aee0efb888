#!/bin/sh
# Kills imports at random moments and runs them again. Each must have the same state as an undisturbed run. The store
# must
# be intact right after each kill.
#
#     sh tests/bench/kill-import.sh             builds the release binary first; SSD=path uses an existing one
#     ROUNDS=200 ROWS=1000000 SEED=7            200 rounds instead of 50, more rows than 300,000, other moments
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
    echo 'skipped: sleep does not support fractions of a second'
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
# A quarter of the rows exists already. Some have accounts, and the import closes some of these.
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
# The visible state from the program and from the file. Without the audit log, which has an entry per group of each run.
state() {
    "$SSD" state-hash
    for table in registry account contact code guard session message policy; do
        sqlite3 "$SSD_STORE" "select * from $table"
    done | sha256sum
}

begin
from=$(date +%s%N)
"$SSD" registry import "$work/rows.csv" >"$work/out"
duration=$(($(date +%s%N) - from))
expected=$(state)
closed=$(sqlite3 "$SSD_STORE" "select count(*) from account where state = 'closed'")

killed=0
half_way=0
before=$(($(wc -l <"$work/before.csv") - 1))
round=0
while [ $round -lt "$rounds" ]; do
    begin
    "$SSD" registry import "$work/rows.csv" >"$work/out" &
    moment=$(awk -v seed="$seed" -v round=$round -v duration="$duration" 'BEGIN { srand(seed * 1000 + round); rand(); printf "%.4f", rand() * duration / 1e9 }')
    sleep "$moment"
    kill -9 $! 2>/dev/null || true
    if ! wait $! 2>/dev/null; then killed=$((killed + 1)); fi
    "$SSD" store check >"$work/out" || { echo "round $round, killed after $moment s: the store is damaged"; exit 1; }
    left=$(sqlite3 "$SSD_STORE" "select count(*) from audit where action = 'registry_import'")
    there=$(sqlite3 "$SSD_STORE" 'select count(*) from registry')
    if [ "$there" -gt "$before" ] && [ "$there" -lt "$rows" ]; then half_way=$((half_way + 1)); fi
    "$SSD" registry import "$work/rows.csv" >"$work/out"
    if [ "$(state)" != "$expected" ]; then
        echo "round $round, killed after $moment s and $left groups: the state differs"
        exit 1
    fi
    "$SSD" store check >"$work/out" || { echo "round $round, run again after $moment s: the store is damaged"; exit 1; }
    if [ "$(ls "$work/at" | grep -c '\.tmp\.')" != 0 ]; then
        echo "round $round: temporary files remain beside the store"
        exit 1
    fi
    round=$((round + 1))
done
echo "kill     $rounds imports of $rows rows: $killed killed before their end, $half_way of them between two groups; all have the same state, with $closed accounts closed"
if [ "$half_way" -eq 0 ]; then
    echo 'no import was killed half-way: use more rows'
    exit 1
fi
