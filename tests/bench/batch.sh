#!/bin/sh
# Compares batches with their parts: raw hashes of the same crate and of argon2, and raw inserts of the same rows.
#
#     sh tests/bench/batch.sh             builds the release binaries first
#     ROUNDS=9 sh tests/bench/batch.sh    9 rounds instead of 5
#     LARGE=1 sh tests/bench/batch.sh     also measures a million holders (about 3 GB of disk)
#
# activation    Lines of `activate`, each with its own password, compared with as many hashes on as many threads by
#               argon2-rust (which the program uses), by argon2, and by argon2's plain call, which reuses no memory.
#               Above 1, ssd is faster.
# registration  Lines of `register`, 1,000 per transaction, compared with inserts of every row that they write, with the
#               journal's rows. They use prepared statements, equal transactions and equal settings.
#               ssd also reads and validates the lines, and writes each group's replies to disk before the next group.
# growth        10,000 registrations in a store of a million holders, compared with as many in a store of 10,000;
#               and the average of a million in a row, after which every index is a hundred times as large.
# memory        Memory for the million lines, compared with that for 10,000.
#
# A round measures all sides. The order of the sides alternates.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${ROUNDS:-5}
hashes=${HASHES:-800}
lines=${LINES_OF_REGISTER:-50000}
threads=$(getconf _NPROCESSORS_ONLN)

for tool in sqlite3 awk; do
    if ! command -v $tool >/dev/null; then
        echo "skipped: $tool is not installed"
        exit 0
    fi
done
. "$here/tests/bench/work.sh"

if [ -z "${SSD:-}" ] || [ -z "${RAW:-}" ]; then
    for what in --bins '--bench raw'; do
        # shellcheck disable=SC2086  # two words
        (cd "$here" && cargo build --release --locked $what --message-format=json-render-diagnostics) >>"$work/build"
    done
    SSD=$(sed -n 's/.*"executable":"\([^"]*ssd\)".*/\1/p' "$work/build" | tail -n 1)
    RAW=$(sed -n 's/.*"executable":"\([^"]*raw-[^"]*\)".*/\1/p' "$work/build" | tail -n 1)
fi
export SSD_OPERATOR=bench

registrations() { # registry: by e-mail if the record has one, else by SMS
    awk -F, 'NR > 1 && $3 == "active" {
        printf "{\"op\":\"register\",\"niss\":\"%s\",\"account_type\":\"citizen\",\"birth_date\":\"%s\",", $1, $5
        printf "\"channel\":\"%s\",\"accept_terms\":true}\n", $10 == "" ? "sms" : "email"
    }' "$1"
}

activations() { # registry
    awk -F, 'NR > 1 && $3 == "active" {
        printf "{\"op\":\"activate\",\"niss\":\"%s\",\"code\":\"@outbox\",", $1
        printf "\"password\":\"Tordo-%06d-giesta-%05d\"}\n", NR * 7, NR * 31
    }' "$1"
}

store() { # file registry [options of init]
    rm -f "$1" "$1"-* "$1".key
    into=$1
    from=$2
    shift 2
    "$SSD" --store "$into" init "$@" >"$work/out"
    "$SSD" --store "$into" registry import "$from" >"$work/out"
}

again() { # store: makes a fresh copy of it
    rm -f "$work"/now.db* "$work/replies"
    cp "$1" "$work/now.db"
    [ ! -e "$1.key" ] || cp "$1.key" "$work/now.db.key"
    sync
}

batch() { # lines: prints seconds, and the maximum memory in KB (0 without GNU time)
    from=$(date +%s%N)
    if [ -x /usr/bin/time ] && /usr/bin/time -f %M true 2>/dev/null; then
        /usr/bin/time -o "$work/memory" -f %M "$SSD" --store "$work/now.db" batch "$1" --out "$work/replies" -q >"$work/out"
    else
        "$SSD" --store "$work/now.db" batch "$1" --out "$work/replies" -q >"$work/out"
        echo 0 >"$work/memory"
    fi
    echo "$from $(date +%s%N) $(cat "$work/memory")" | awk '{ printf "%.4f %d\n", ($2 - $1) / 1e9, $3 }'
}

spread() { # name column target file
    awk -v c="$2" '{ print $c }' "$4" | sort -n | awk -v name="$1" -v target="$3" '
        { value[NR] = $1 }
        END { printf "%s  %d rounds  ratio: min %.3f, median %.3f, max %.3f (%s)\n", name, NR, value[1], \
            value[int((NR + 1) / 2)], value[NR], target }'
}

# --- Activation -------------------------------------------------------------------------------------------------------

# One row in twenty has a deceased holder.
awk -v rows=$((hashes * 20 / 19 + 1)) -f "$here/tests/bench/rows.awk" >"$work/few.csv"
registrations "$work/few.csv" >"$work/few.register"
activations "$work/few.csv" >"$work/few.activate"
count=$(wc -l <"$work/few.activate")
store "$work/few.db" "$work/few.csv" --sandbox
"$SSD" --store "$work/few.db" batch "$work/few.register" -q >"$work/out"
round=0
while [ $round -lt "$rounds" ]; do
    again "$work/few.db"
    [ $((round % 2)) -eq 0 ] || raw=$("$RAW" argon2-rust "$count" "$threads")
    ours=$(batch "$work/few.activate")
    [ $((round % 2)) -eq 1 ] || raw=$("$RAW" argon2-rust "$count" "$threads")
    reference=$("$RAW" argon2 "$count" "$threads")
    plain=$("$RAW" plain "$count" "$threads")
    echo "$ours $raw $reference $plain" | awk '{ printf "%.4f %.4f %.4f\n", $3 / $1, $4 / $1, $5 / $1 }'
    round=$((round + 1))
done >"$work/activation"
spread 'activation against raw argon2-rust' 1 'target: at least 0.9' "$work/activation"
spread 'activation against raw argon2     ' 2 'target: at least 1.4' "$work/activation"
spread 'activation against its plain call ' 3 'target: above 1.4' "$work/activation"

# --- Registration -----------------------------------------------------------------------------------------------------

awk -v rows=$((lines * 20 / 19 + 1)) -f "$here/tests/bench/rows.awk" >"$work/many.csv"
registrations "$work/many.csv" >"$work/many.register"
store "$work/many.db" "$work/many.csv"
again "$work/many.db"
batch "$work/many.register" >"$work/out"
"$SSD" --store "$work/now.db" store check >"$work/out"
mv "$work/now.db" "$work/written.db"
round=0
while [ $round -lt "$rounds" ]; do
    if [ $((round % 2)) -eq 1 ]; then
        again "$work/many.db"
        raw=$("$RAW" inserts "$work/written.db" "$work/now.db" 1000)
    fi
    again "$work/many.db"
    ours=$(batch "$work/many.register")
    if [ $((round % 2)) -eq 0 ]; then
        again "$work/many.db"
        raw=$("$RAW" inserts "$work/written.db" "$work/now.db" 1000)
    fi
    echo "$ours $raw" | awk -v lines="$(wc -l <"$work/many.register")" '{ printf "%.4f %.1f\n", $3 / $1, $1 / lines * 1e6 }'
    round=$((round + 1))
done >"$work/registration"
spread 'registration against raw inserts  ' 1 'target: at least 0.6' "$work/registration"
[ "${LARGE:-0}" -gt 0 ] || exit 0

# --- Growth and memory ------------------------------------------------------------------------------------------------

of() { # store lines
    again "$work/$1.db"
    batch "$work/$2.register"
}
awk -v rows=10527 -f "$here/tests/bench/rows.awk" >"$work/ten.csv"
registrations "$work/ten.csv" >"$work/ten.register"
store "$work/ten.db" "$work/ten.csv"
awk -v rows=1052632 -f "$here/tests/bench/rows.awk" >"$work/million.csv"
registrations "$work/million.csv" >"$work/million.register"
# In random order, like the registry: each line touches another part of the store.
head -n "$(wc -l <"$work/ten.register")" "$work/million.register" >"$work/some.register"
store "$work/million.db" "$work/million.csv"
round=0
while [ $round -lt "$rounds" ]; do
    if [ $((round % 2)) -eq 0 ]; then small=$(of ten ten) && large=$(of million some); fi
    if [ $((round % 2)) -eq 1 ]; then large=$(of million some) && small=$(of ten ten); fi
    echo "$large $small" | awk '{ printf "%.4f %.4f %d\n", $1 / $3, $3, $4 }'
    round=$((round + 1))
done >"$work/growth"
spread 'a line at a million holders      ' 1 'target: at most 1.6' "$work/growth"
all=$(of million million)
echo "$all $(sort -k 2n "$work/growth" | awk '{ cost[NR] = $2; memory[NR] = $3 } END { print cost[int((NR + 1) / 2)], memory[1] }')" |
    awk -v few="$(wc -l <"$work/ten.register")" -v many="$(wc -l <"$work/million.register")" '{
        printf "a million lines in a row: %.1f µs each, ten thousand %.1f µs: %.2f\n", $1 / many * 1e6, $3 / few * 1e6, $1 / many / ($3 / few)
        printf "memory: %d KB for a million lines, %d KB for ten thousand: %.2f (target: at most 1.10)\n", $2, $4, $2 / $4
    }'
