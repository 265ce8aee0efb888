#!/bin/sh
# Measures lists in a large store: the time of a process from its start to its end.
#
#     sh tests/bench/lists.sh                  a million holders with accounts; builds the release binary
#                                              (SSD=path uses an existing one). Needs about 4 GB of disk.
#     HOLDERS=100000 sh tests/bench/lists.sh   fewer holders
#     ROUNDS=9 sh tests/bench/lists.sh         the best of 9 processes instead of 5
#
# The first page of a list is to take less than 10 ms without a filter and with NISS, state, period or lockout. A search,
# and a filter by actor, operation, outcome or reason, is to take less than half a second. The targets are those of the
# release binary.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
holders=${HOLDERS:-1000000}
rounds=${ROUNDS:-5}
days=10
. "$here/tests/bench/work.sh"

if [ -z "${SSD:-}" ]; then
    (cd "$here" && cargo build --release --locked --message-format=json-render-diagnostics) >"$work/build"
    SSD=$(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' "$work/build" | tail -n 1)
fi
export SSD_STORE="$work/lists.db"

# --- Test data: each tenth of the accounts is requested on another day ------------------------------------------------

"$SSD" init --sandbox >"$work/out"
awk -v rows="$holders" -f "$here/tests/bench/rows.awk" >"$work/registry.csv"
"$SSD" registry import "$work/registry.csv" >"$work/out" 2>&1 || [ $? -eq 5 ]
# Rows of active holders: NISS, date of birth and a channel.
awk -F, 'NR > 1 && $3 == "active" { print $1 "," $5 "," ($11 != "" ? "sms" : $10 != "" ? "email" : "letter") }' \
    "$work/registry.csv" >"$work/active"
active=$(wc -l <"$work/active")
day=0
while [ $day -lt $days ]; do
    {
        echo niss,account_type,birth_date,channel,accept_terms
        sed -n "$((active * day / days + 1)),$((active * (day + 1) / days))p" "$work/active" |
            awk -F, '{ print $1 ",citizen," $2 "," $3 ",true" }'
    } >"$work/requests.csv"
    "$SSD" batch "$work/requests.csv" --op register --out "$work/replies.$day" >"$work/out" 2>&1 || [ $? -eq 5 ]
    rm -f "$work/replies.$day"
    "$SSD" clock advance 1d >"$work/out"
    day=$((day + 1))
done
# A thousand identity checks are locked by wrong dates of birth; three accounts are closed with a remark.
{
    echo niss,account_type,birth_date,channel,accept_terms
    head -n 1000 "$work/active" | awk -F, '{ for (n = 0; n < 5; n++) print $1 ",citizen,1900-01-01,sms,true" }'
} >"$work/requests.csv"
"$SSD" batch "$work/requests.csv" --op register --out "$work/replies" >"$work/out" 2>&1 || [ $? -eq 5 ]
some=$(sed -n '3p;5p;7p' "$work/active" | cut -d , -f 1)
# shellcheck disable=SC2086 # three NISS
"$SSD" account close $some --reason 'óbito comunicado por carta' >"$work/out" 2>&1
niss=$(sed -n 3p "$work/active" | cut -d , -f 1)
since=$("$SSD" clock show --json | sed 's/.*"now":"\(..........\).*/\1/')
echo "holders: $holders, accounts: $("$SSD" account list --count), messages: $("$SSD" outbox list --count)," \
    "entries: $("$SSD" audit list --count), blocked: $("$SSD" account list --blocked --count)"

# --- Times ------------------------------------------------------------------------------------------------------------

measured() { # target in ms, then the command
    target=$1
    shift
    round=0
    while [ $round -lt "$rounds" ]; do
        from=$(date +%s%N)
        "$SSD" "$@" --json >"$work/out" 2>"$work/err"
        echo $(($(date +%s%N) - from))
        round=$((round + 1))
    done | sort -n | head -n 1 | awk -v target="$target" -v name="$*" '{
        ms = $1 / 1000000
        printf "%8.1f ms (target: %3d)%s  %s\n", ms, target, (ms > target ? " MISSED" : ""), name
    }'
    printf '                              rows: %s\n' "$(wc -l <"$work/out")"
}

for list in 'account list' 'audit list' 'outbox list'; do
    # shellcheck disable=SC2086 # the words of a command
    {
        measured 10 $list --limit 50
        measured 10 $list --niss "$niss" --limit 50
        measured 10 $list --since "$since" --limit 50
        measured 10 $list --until 5d --limit 50
        measured 10 $list --since 7d --until 5d --limit 50
    }
done
measured 10 registry list --limit 50
measured 10 registry list --niss "$niss"
measured 10 account list --state requested --limit 50
measured 10 account list --state closed --limit 50
measured 10 account list --state active --until 5d --limit 50
measured 10 account list --blocked --limit 50
measured 10 account list --blocked identity --limit 50
measured 10 account list --blocked phone_code --limit 50
measured 10 registry find "$niss"
measured 500 account list --due --limit 50
measured 500 registry find 'nobody of this name'
measured 500 registry find 'joão conceição' --limit 50
measured 500 registry find '912 345 678 901'
measured 500 audit list --actor nobody --limit 50
measured 500 audit list --op account_close --limit 50
measured 500 audit list --outcome refused --limit 50
measured 500 audit list --reason login_failed --limit 50
measured 500 audit list --remark 'carta obito' --limit 50
measured 500 audit list --remark 'nothing like this' --limit 50
