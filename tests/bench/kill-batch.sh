#!/bin/sh
# Batches that are killed at random moments and resumed, some of them more than once: each comes to the bytes and the state of one
# undisturbed run, and the store is whole right after the kill.
#
#     sh tests/bench/kill-batch.sh              builds the release binary first; SSD=path takes one that is there
#     ROUNDS=200 HOLDERS=9000 SEED=7            more rounds than 50, more holders than 3,000, other moments
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${ROUNDS:-50}
holders=${HOLDERS:-3000}
seed=${SEED:-1}

for tool in sha256sum pkill; do
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
mkdir "$work/start" "$work/at"
export SSD_STORE="$work/at/store.db" SSD_OPERATOR=bench

# Registrations; of every third holder activation, login and what wants a session; lines that are refused and malformed.
awk -v rows="$holders" -f "$here/tests/bench/rows.awk" >"$work/rows.csv"
awk -F, 'NR > 1 {
    holder = "\"niss\":\"" $1 "\""
    printf "{\"op\":\"register\",%s,\"account_type\":\"citizen\",\"birth_date\":\"%s\",", holder, $5
    printf "\"channel\":\"%s\",\"accept_terms\":true}\n", $10 == "" ? "sms" : "email"
    if (NR % 7 == 0) print "{\"id\":" NR ",\"op\":\"regster\"}"
    if (NR % 3) next
    print "{\"op\":\"activate\"," holder ",\"code\":\"@outbox\",\"password\":\"Tordo-" NR * 7 "-giesta\"}"
    print "{\"op\":\"login\"," holder ",\"password\":\"Tordo-" NR * (NR % 5 ? 7 : 8) "-giesta\"}"
    print "{\"op\":\"alerts_set\"," holder ",\"session\":\"@login\",\"alerts\":\"sms\"}"
}' "$work/rows.csv" >"$work/lines"
first=$SSD_STORE
SSD_STORE="$work/start/store.db"
"$SSD" init --sandbox >"$work/out"
# What is killed is the writer, not the hashes.
"$SSD" policy set argon2.memory 8 >"$work/out"
"$SSD" policy set argon2.passes 1 >"$work/out"
"$SSD" registry import "$work/rows.csv" >"$work/out"
SSD_STORE=$first

begin() {
    rm -rf "$work/at"
    cp -r "$work/start" "$work/at"
}
# 0 where it came to its end; a batch with refused lines ends with 5.
run() {
    "$SSD" batch "$work/lines" --out "$work/at/replies" --group "$1" --resume -q >"$work/out" || [ $? -eq 5 ]
}
state() {
    { "$SSD" state-hash && "$SSD" outbox list --json && "$SSD" audit list --json && cat "$work/at/replies"; } | sha256sum
}

begin
from=$(date +%s%N)
run 40
life=$(($(date +%s%N) - from))
expected=$(state)
lines=$(wc -l <"$work/at/replies")

killed=0
half_way=0
round=0
while [ $round -lt "$rounds" ]; do
    begin
    try=0
    while [ $try -le $((round % 3)) ]; do
        (run 40) 2>/dev/null &
        moment=$(awk -v seed="$seed" -v n=$((round * 3 + try)) -v life="$life" \
            'BEGIN { srand(seed * 1000 + n); rand(); printf "%.4f", rand() * life / 1e9 }')
        sleep "$moment"
        # The shell that waits for it, and the batch itself.
        pkill -9 -P $! 2>/dev/null || true
        wait $! 2>/dev/null || killed=$((killed + 1))
        "$SSD" store check >"$work/out" || { echo "round $round, killed after $moment s: the store is not whole"; exit 1; }
        try=$((try + 1))
    done
    there=0
    [ ! -e "$work/at/replies" ] || there=$(wc -l <"$work/at/replies")
    if [ "$there" -gt 0 ] && [ "$there" -lt "$lines" ]; then half_way=$((half_way + 1)); fi
    run $((1 + round * 37 % 1500)) || { echo "round $round: it could not be resumed"; exit 1; }
    if [ "$(state)" != "$expected" ]; then
        echo "round $round, killed after $moment s and $there replies: other bytes or another state"
        exit 1
    fi
    "$SSD" store check >"$work/out" || { echo "round $round, resumed: the store is not whole"; exit 1; }
    round=$((round + 1))
done
echo "kill     $rounds batches of $lines lines: $killed times killed before their end, $half_way of them half-way at last; all came to the same bytes and the same state"
if [ "$half_way" -eq 0 ]; then
    echo 'none was killed half-way: more holders are needed to show anything'
    exit 1
fi
