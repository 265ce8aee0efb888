#!/bin/sh
# Compares the import of an unsorted registry with the sqlite3 shell's `.import` of the same file into an equal table.
#
#     sh tests/bench/import.sh              a million rows; builds the release binary (SSD=path uses an existing one)
#     ROUNDS=9 sh tests/bench/import.sh     9 rounds instead of 5
#     MANY=10 sh tests/bench/import.sh      also ten million rows, in MANY_ROUNDS=1 rounds: compares the cost
#                                           per row with a million rows. Needs about 10 GB of disk.
#
# ssd validates every value and commits every 10,000 rows to disk. The shell inserts the values unchanged in one
# transaction. A round measures both. The order alternates. A ratio below 1 means that ssd takes less time. `sync` runs
# before each measurement.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${ROUNDS:-5}
rows=${ROWS:-1000000}
many=${MANY:-0}

if ! command -v sqlite3 >/dev/null; then
    echo 'skipped: the sqlite3 shell is not installed'
    exit 0
fi
. "$here/tests/bench/work.sh"

if [ -z "${SSD:-}" ]; then
    (cd "$here" && cargo build --release --locked --message-format=json-render-diagnostics) >"$work/build"
    SSD=$(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' "$work/build" | tail -n 1)
fi

make() { # rows file
    awk -v rows="$1" -f "$here/tests/bench/rows.awk" >"$2"
}

# Prints a command's nanoseconds and its memory in KB (0 without GNU time).
timed() {
    sync
    from=$(date +%s%N)
    if [ -x /usr/bin/time ] && /usr/bin/time -f %M true 2>/dev/null; then
        /usr/bin/time -o "$work/memory" -f %M "$@" >"$work/out"
    else
        "$@" >"$work/out"
        echo 0 >"$work/memory"
    fi
    echo "$(($(date +%s%N) - from)) $(cat "$work/memory")"
}

ours() { # file
    rm -f "$work"/ours.db*
    "$SSD" --store "$work/ours.db" init >"$work/out"
    timed "$SSD" --store "$work/ours.db" registry import "$1"
}

theirs() { # file
    rm -f "$work"/theirs.db*
    sqlite3 "$work/theirs.db" <"$here/schema.sql"
    timed sqlite3 "$work/theirs.db" '.mode csv' ".import --skip 1 $1 registry"
}

make "$rows" "$work/rows.csv"
round=0
while [ $round -lt "$rounds" ]; do
    if [ $((round % 2)) -eq 0 ]; then
        us=$(ours "$work/rows.csv")
        them=$(theirs "$work/rows.csv")
    else
        them=$(theirs "$work/rows.csv")
        us=$(ours "$work/rows.csv")
    fi
    echo "$us $them"
    round=$((round + 1))
done >"$work/times"

awk '{ printf "%.4f %.2f %.2f %d\n", $1 / $3, $1 / 1e9, $3 / 1e9, $2 / 1024 }' "$work/times" | sort -n | awk -v rows="$rows" '
    { ratio[NR] = $1; ours[NR] = $2; theirs[NR] = $3; if ($4 > memory) memory = $4 }
    END {
        middle = int((NR + 1) / 2)
        printf "import   %d rounds of %d rows  ratio: min %.2f, median %.2f, max %.2f (target: at most 0.35)", \
            NR, rows, ratio[1], ratio[middle], ratio[NR]
        printf "  in the median round %.1f and %.1f s; ours took up to %d MB\n", ours[middle], theirs[middle], memory
    }'

# Both sides have the same rows. Empty values of the file are null in ssd's table.
content="select count(*), sum(niss), sum(length(name) + length(coalesce(email, '')) + length(coalesce(telephone, ''))) from registry"
ours=$(sqlite3 "$work/ours.db" "$content")
theirs=$(sqlite3 "$work/theirs.db" "$content")
if [ "$ours" != "$theirs" ]; then
    echo "the two tables differ: $ours and $theirs"
    exit 1
fi
[ "$many" -gt 0 ] || exit 0

# --- Growth: the larger file, between two imports of the smaller one --------- ----------------------------------------

make $((rows * many)) "$work/many.csv"
round=0
while [ $round -lt "${MANY_ROUNDS:-1}" ]; do
    before=$(ours "$work/rows.csv")
    much=$(ours "$work/many.csv")
    after=$(ours "$work/rows.csv")
    echo "$before $much $after"
    round=$((round + 1))
done | awk -v rows="$rows" -v many="$many" '{
    printf "growth   %d times %d rows  cost of a row: %.2f (target: at most 1.8)", many, rows, $3 / many / (($1 + $5) / 2)
    printf "  %.1f and %.1f µs; %d and %d MB\n", $3 / rows / many / 1000, ($1 + $5) / 2 / rows / 1000, $4 / 1024, ($2 > $6 ? $2 : $6) / 1024
}'
