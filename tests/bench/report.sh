#!/bin/sh
# Measures `ssd report` on a store with a million audit entries. The target is two seconds.
#
#     sh tests/bench/report.sh                builds the release binary first; SSD=path uses another one
#     ENTRIES=100000 sh tests/bench/report.sh a smaller store
#     KEEP=/tmp/big.db sh tests/bench/report.sh  keeps the store, and uses it again if it is there
#
# The store is a sandbox that one batch has filled: eight requests per holder, of which three are refused, over a year.
# The first report reads the file from the disk, if the system has not cached it; the others read it from memory.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
entries=${ENTRIES:-1000000}
rounds=${ROUNDS:-5}
. "$here/tests/bench/work.sh"

if [ -z "${SSD:-}" ]; then
    (cd "$here" && cargo build --release --locked --message-format=json-render-diagnostics) >"$work/build"
    SSD=$(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' "$work/build" | tail -n 1)
fi
export SSD_OPERATOR=bench
store=${KEEP:-$work/report.db}

if [ ! -e "$store" ]; then
    holders=$((entries / 8))
    # One row in twenty has a deceased holder.
    awk -v rows=$((holders * 20 / 19 + 1)) -f "$here/tests/bench/rows.awk" >"$work/registry.csv"
    awk -F, -v step=$((holders / 365 + 1)) '
    function line(op, rest) { printf "{\"op\":\"%s\",\"niss\":\"%s\",%s}\n", op, niss, rest }
    NR > 1 && $3 == "active" {
        niss = $1
        if (++count % step == 0) print "{\"op\":\"clock_advance\",\"advance\":\"24h\"}"
        line("register", sprintf("\"account_type\":\"citizen\",\"birth_date\":\"%s\",\"channel\":\"%s\",\"accept_terms\":true",
            $5, $10 == "" ? "sms" : "email"))
        line("activate", "\"code\":\"000000\",\"password\":\"Violeta-9-Oceano-Trigo\"")
        line("activate", "\"code\":\"@outbox\",\"password\":\"Violeta-9-Oceano-Trigo\"")
        line("login", "\"password\":\"Errada-1-Porto\"")
        line("login", "\"password\":\"Violeta-9-Oceano-Trigo\"")
        line("phone_code_set", "\"session\":\"@login\"")
        line("phone_line", "\"code\":\"135790\"")
        line("phone_line", "\"code\":\"@phone_code\"")
    }' "$work/registry.csv" >"$work/requests.jsonl"
    "$SSD" --store "$store" init --sandbox >"$work/out"
    "$SSD" --store "$store" policy set argon2.memory 8 >"$work/out"
    "$SSD" --store "$store" policy set argon2.passes 1 >"$work/out"
    "$SSD" --store "$store" registry import "$work/registry.csv" -q >"$work/out"
    "$SSD" --store "$store" batch "$work/requests.jsonl" --out "$work/replies" -q >"$work/out" || [ $? -eq 5 ]
fi

round=0
while [ $round -lt "$rounds" ]; do
    from=$(date +%s%N)
    "$SSD" --store "$store" report --json >"$work/report.json"
    echo "$from $(date +%s%N)" | awk '{ printf "%.3f\n", ($2 - $1) / 1e9 }' >>"$work/times"
    round=$((round + 1))
done
sed 's/.*"entries":\([0-9]*\).*/audit entries: \1/' "$work/report.json"
sort -n "$work/times" | awk '{ value[NR] = $1 }
    END { printf "report  %d rounds  seconds: min %.3f, median %.3f, max %.3f (2 for a million)\n", NR, value[1], \
        value[int((NR + 1) / 2)], value[NR] }'
