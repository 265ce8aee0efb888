#!/bin/sh
# Compares cold commands of two binaries: the time of a process from its start to its end.
#
#     sh tests/bench/cold.sh OLD NEW              two release binaries
#     ROUNDS=30 sh tests/bench/cold.sh OLD NEW    30 rounds instead of 15
#
# activate  `ssd activate NISS --code CODE --password-stdin` in a store that is not a sandbox: the code, the rules and the
#           hash of the password, and a durable write
# refused   the same with a wrong code, which does the same work
# login     `ssd login NISS --password-stdin`
#
# Each binary has a store that it has made itself, and each process a fresh copy of it. A round measures a batch of each
# binary; the order alternates. A ratio below 1 means that the new binary takes less time. ACTIVATE=0.5 makes the exit code
# 1 if the median ratio of `activate` is above 0.5.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${ROUNDS:-15}
processes=10
if [ $# -ne 2 ]; then
    echo 'usage: sh tests/bench/cold.sh OLD NEW'
    exit 2
fi
. "$here/tests/bench/work.sh"
cp "$1" "$work/ssd.old"
cp "$2" "$work/ssd.new"
export SSD_OPERATOR=bench

niss=12000000012
printf 'Violeta-9-Oceano-Trigo' >"$work/password"
for side in old new; do
    ssd() { "$work/ssd.$side" --store "$work/$side.db" "$@"; }
    ssd init >"$work/out"
    ssd registry import "$here/examples/data/personas.csv" >"$work/out"
    ssd register $niss --account-type citizen --birth-date 1984-03-22 --channel sms --accept-terms >"$work/out"
    ssd outbox code $niss >"$work/$side.code"
done

copies() { # side: the stores of one batch
    n=0
    while [ $n -lt $processes ]; do
        rm -f "$work/now.$n.db"*
        cp "$work/$1.db" "$work/now.$n.db"
        cp "$work/$1.db.key" "$work/now.$n.db.key"
        n=$((n + 1))
    done
    sync
}

batch() { # side exit-code arguments: prints nanoseconds
    side=$1
    expected=$2
    shift 2
    from=$(date +%s%N)
    n=0
    while [ $n -lt $processes ]; do
        code=0
        "$work/ssd.$side" --store "$work/now.$n.db" "$@" <"$work/password" >"$work/out" 2>&1 || code=$?
        if [ $code -ne "$expected" ]; then
            cat "$work/out" >&2
            exit 1
        fi
        n=$((n + 1))
    done
    echo $(($(date +%s%N) - from))
}

side_of() { # side: appends nanoseconds to a file for each command
    copies "$1"
    batch "$1" 1 activate $niss --code 000000 --password-stdin >>"$work/$1.refused"
    copies "$1"
    batch "$1" 0 activate $niss --code "$(cat "$work/$1.code")" --password-stdin >>"$work/$1.activate"
    batch "$1" 0 login $niss --password-stdin >>"$work/$1.login"
}

round=0
while [ $round -lt "$rounds" ]; do
    if [ $((round % 2)) -eq 0 ]; then
        side_of old
        side_of new
    else
        side_of new
        side_of old
    fi
    round=$((round + 1))
done

for what in activate refused login; do
    paste -d ' ' "$work/new.$what" "$work/old.$what" |
        awk -v processes=$processes '{ printf "%.4f %.1f %.1f\n", $1 / $2, $1 / processes / 1e6, $2 / processes / 1e6 }' |
        sort -n |
        awk -v name=$what '
            { ratio[NR] = $1; new[NR] = $2; old[NR] = $3 }
            END {
                middle = int((NR + 1) / 2)
                printf "%-8s  %d rounds  ratio: min %.2f, median %.2f, max %.2f", name, NR, ratio[1], ratio[middle], ratio[NR]
                printf "  in the median round %.1f and %.1f ms per process\n", new[middle], old[middle]
            }'
done | tee "$work/report"
[ -z "${ACTIVATE:-}" ] || awk -v most="$ACTIVATE" '$1 == "activate" { sub(",", "", $8); exit !($8 <= most) }' "$work/report"
