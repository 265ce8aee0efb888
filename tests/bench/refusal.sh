#!/bin/sh
# Compares the cost of a refusal as text with its JSON: the processor time of a complete process.
#
#     sh tests/bench/refusal.sh           builds the release binary first; SSD=path uses an existing one
#     ROUNDS=30 sh tests/bench/refusal.sh 30 rounds instead of 15
#
# words     `ssd account show NISS` with an unknown NISS, in Portuguese, compared with the same and `--json`: both
# contain
#           the sentences
# sentences the same in Portuguese compared with the JSON of an existing account: no sentences, and more look-ups
#
# Each pair is two batches of processes, one after the other. The order alternates, and five fresh copies of the binary
# are
# used in turn. The result is the difference in milliseconds per process: at most 0.3.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${ROUNDS:-15}
looks=200 # processes per batch

mkdir -p "$here/target"
work=$(mktemp -d "$here/target/bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -z "${SSD:-}" ]; then
    (cd "$here" && cargo build --release --locked --message-format=json-render-diagnostics) >"$work/build"
    SSD=$(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' "$work/build" | tail -n 1)
fi
for n in 1 2 3 4 5; do
    cp "$SSD" "$work/ssd.$n"
done
unset SSD_SESSION
SSD_STORE=$work/store.db
export SSD_STORE

known=12000000012
"$work/ssd.1" init --sandbox >"$work/out"
"$work/ssd.1" registry import "$here/examples/data/personas.csv" >"$work/out"
"$work/ssd.1" register $known --account-type citizen --birth-date 1984-03-22 --channel sms --accept-terms >"$work/out"

batch() { # name arguments
    n=0
    while [ $n -lt $looks ]; do
        echo "'$work/ssd.$((n % 5 + 1))' $2 >/dev/null 2>&1 || true"
        n=$((n + 1))
    done >"$work/$1"
}
batch words '--lang pt account show 12345678902'
batch json '--lang pt --json account show 12345678902'
batch done "--lang pt --json account show $known"

nanoseconds() { # script: processor time, which other work on the machine disturbs less than elapsed time
    (sh -eu "$work/$1" && times) | awk '
        NR == 2 {
            for (n = 1; n <= 2; n++) {
                split($n, part, "m")
                spent += part[1] * 60 + part[2]
            }
            printf "%.0f\n", spent * 1e9
        }'
}

pair() { # name ours theirs
    round=0
    while [ $round -lt "$rounds" ]; do
        if [ $((round % 2)) -eq 0 ]; then
            ours=$(nanoseconds "$2")
            theirs=$(nanoseconds "$3")
        else
            theirs=$(nanoseconds "$3")
            ours=$(nanoseconds "$2")
        fi
        echo "$ours $theirs"
        round=$((round + 1))
    done | awk -v looks="$looks" '{ printf "%.4f %.4f %.4f\n", ($1 - $2) / looks / 1e6, $1 / looks / 1e6, $2 / looks / 1e6 }' | sort -n |
        awk -v name="$1" '
            { more[NR] = $1; ours[NR] = $2; theirs[NR] = $3 }
            END {
                middle = int((NR + 1) / 2)
                printf "%-9s %2d rounds  more: min %.3f, median %.3f, max %.3f ms (target: at most 0.3)", \
                    name, NR, more[1], more[middle], more[NR]
                printf "  in the median round %.3f and %.3f ms per process\n", ours[middle], theirs[middle]
            }'
}

nanoseconds words >"$work/out"
nanoseconds done >"$work/out"
pair words words json
pair sentences words done
