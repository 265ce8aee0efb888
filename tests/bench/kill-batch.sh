#!/bin/sh
# Kills batches at random moments and resumes them, some of them several times. Each must have the same replies and the
# same state as an undisturbed run. The store must be intact right after each kill.
#
#     sh tests/bench/kill-batch.sh              builds the release binary first; SSD=path uses an existing one
#     ROUNDS=200 HOLDERS=9000 SEED=7            200 rounds instead of 50, 9,000 holders instead of 3,000, other moments
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
mkdir "$work/start" "$work/at"
export SSD_STORE="$work/at/store.db" SSD_OPERATOR=bench

# Registrations; for every third holder an activation, a login and a request with a session; refused and malformed
# lines.
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
# Cheap hashes, so that a kill hits the writer.
"$SSD" policy set argon2.memory 8 >"$work/out"
"$SSD" policy set argon2.passes 1 >"$work/out"
"$SSD" registry import "$work/rows.csv" >"$work/out"
SSD_STORE=$first

begin() {
    rm -rf "$work/at"
    cp -r "$work/start" "$work/at"
}
# Succeeds if the batch reaches its end. With refused lines its exit code is 5.
run() {
    "$SSD" batch "$work/lines" --out "$work/at/replies" --group "$1" --resume -q >"$work/out" || [ $? -eq 5 ]
}
state() {
    { "$SSD" state-hash && "$SSD" outbox list --json && "$SSD" audit list --json && cat "$work/at/replies"; } | sha256sum
}

begin
from=$(date +%s%N)
run 40
duration=$(($(date +%s%N) - from))
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
        moment=$(awk -v seed="$seed" -v n=$((round * 3 + try)) -v duration="$duration" \
            'BEGIN { srand(seed * 1000 + n); rand(); printf "%.4f", rand() * duration / 1e9 }')
        sleep "$moment"
        # $! is the subshell; its child is the batch.
        pkill -9 -P $! 2>/dev/null || true
        wait $! 2>/dev/null || killed=$((killed + 1))
        "$SSD" store check >"$work/out" || { echo "round $round, killed after $moment s: the store is damaged"; exit 1; }
        try=$((try + 1))
    done
    there=0
    [ ! -e "$work/at/replies" ] || there=$(wc -l <"$work/at/replies")
    if [ "$there" -gt 0 ] && [ "$there" -lt "$lines" ]; then half_way=$((half_way + 1)); fi
    run $((1 + round * 37 % 1500)) || { echo "round $round: the batch can't be resumed"; exit 1; }
    if [ "$(state)" != "$expected" ]; then
        echo "round $round, killed after $moment s and $there replies: the replies or the state differ"
        exit 1
    fi
    "$SSD" store check >"$work/out" || { echo "round $round, resumed: the store is damaged"; exit 1; }
    round=$((round + 1))
done
echo "kill     $rounds batches of $lines lines: $killed times killed before their end, $half_way of them half-way in the end; all have the same replies and state"
if [ "$half_way" -eq 0 ]; then
    echo 'no batch was killed half-way: use more holders'
    exit 1
fi
