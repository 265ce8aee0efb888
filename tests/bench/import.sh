#!/bin/sh
# The import of a registry in no order against the sqlite3 shell's `.import` of the same file into a table like ours.
#
#     sh tests/bench/import.sh              a million rows; builds the release binary first, SSD=path takes one that is there
#     ROUNDS=9 sh tests/bench/import.sh     more rounds than 5
#     MANY=10 sh tests/bench/import.sh      and then ten million, once a round of MANY_ROUNDS=1: the cost of a row against that of
#                                           a million. This takes some 10 GB of disk.
#
# Ours judges every value, and each 10,000 rows are on the disk before it goes on; the shell takes what stands there, in one
# transaction. A round does both, and the side that goes first changes. A ratio below 1 says that ssd took less time. What the
# disk has still to write is written before the time is taken.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${ROUNDS:-5}
rows=${ROWS:-1000000}
many=${MANY:-0}

if ! command -v sqlite3 >/dev/null; then
    echo 'skipped: the sqlite3 shell is not installed'
    exit 0
fi
case $(date +%N) in
*[!0-9]*)
    echo 'skipped: this date knows no nanoseconds'
    exit 0
    ;;
esac

# Beside the build, because a temporary folder may be in memory, where nothing has to become durable.
mkdir -p "$here/target"
work=$(mktemp -d "$here/target/bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -z "${SSD:-}" ]; then
    (cd "$here" && cargo build --release --locked --message-format=json-render-diagnostics) >"$work/build"
    SSD=$(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' "$work/build" | tail -n 1)
fi
unset SSD_STORE SSD_SESSION

make() { # rows file
    awk -v rows="$1" -f "$here/tests/bench/rows.awk" >"$2"
}

# Nanoseconds of a command, and how much memory it took, in KB, where GNU time can tell.
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

# Both sides have the same rows; what is empty in the file is null with us.
content="select count(*), sum(niss), sum(length(name) + length(coalesce(email, '')) + length(coalesce(telephone, ''))) from registry"
ours=$(sqlite3 "$work/ours.db" "$content")
theirs=$(sqlite3 "$work/theirs.db" "$content")
if [ "$ours" != "$theirs" ]; then
    echo "the two tables differ: $ours and $theirs"
    exit 1
fi
[ "$many" -gt 0 ] || exit 0

# --- Growth: many times as many rows, between two imports of the smaller file -------------------------------------------------

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
