#!/bin/sh
# Compares in one run: a batch of activations with raw hashes, and a cold activation with that of an older commit.
#
#     sh tests/bench/hashing.sh                       builds this tree and commit 46c43d3 first
#     SSD=... RAW=... OLD=... sh tests/bench/hashing.sh   finished binaries: ssd, the bench raw, and the older ssd
#     ROUNDS=9 HASHES=400 sh tests/bench/hashing.sh   9 rounds instead of 15, 400 hashes per round instead of 800
#
# argon2-rust  a batch of HASHES activations against as many raw hashes by crate argon2-rust, on as many threads
# argon2       the same against crate argon2 (`bench/raw.rs`)
# cold         `bench/cold.sh` with the older commit
#
# For the first two, a ratio above 1 means that ssd is faster. The exit code is 1 if a median misses its target.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${ROUNDS:-15}
hashes=${HASHES:-800}
commit=${COMMIT:-46c43d3}
threads=$(getconf _NPROCESSORS_ONLN)

. "$here/tests/bench/work.sh"

built() { # folder pattern what...: prints the path of the binary
    folder=$1
    pattern=$2
    shift 2
    (cd "$folder" && cargo build --release --locked "$@" --message-format=json-render-diagnostics) >"$work/build"
    sed -n "s/.*\"executable\":\"\\([^\"]*$pattern\\)\".*/\\1/p" "$work/build" | tail -n 1
}
SSD=${SSD:-$(built "$here" ssd --bins)}
RAW=${RAW:-$(built "$here" 'raw-[^"]*' --bench raw)}
# Copied now: with CARGO_TARGET_DIR the older binary gets the same path.
cp "$SSD" "$work/ssd.new"
cp "$RAW" "$work/raw"
if [ -z "${OLD:-}" ]; then
    git -C "$here" worktree add --detach "$work/old" "$commit" >"$work/out" 2>&1
    trap 'git -C "$here" worktree remove --force "$work/old"; rm -rf "$work"' EXIT
    OLD=$(built "$work/old" ssd --bins)
fi
cp "$OLD" "$work/ssd.old"
export SSD_OPERATOR=bench

# --- Stores -----------------------------------------------------------------------------------------------------------

# One row in twenty has a deceased holder.
awk -v rows=$((hashes * 20 / 19 + 1)) -f "$here/tests/bench/rows.awk" >"$work/rows.csv"
awk -F, 'NR > 1 && $3 == "active" {
    printf "{\"op\":\"register\",\"niss\":\"%s\",\"account_type\":\"citizen\",\"birth_date\":\"%s\",", $1, $5
    printf "\"channel\":\"%s\",\"accept_terms\":true}\n", $10 == "" ? "sms" : "email"
}' "$work/rows.csv" >"$work/register"
awk -F, 'NR > 1 && $3 == "active" {
    printf "{\"op\":\"activate\",\"niss\":\"%s\",\"code\":\"@outbox\",", $1
    printf "\"password\":\"Tordo-%06d-giesta-%05d\"}\n", NR * 7, NR * 31
}' "$work/rows.csv" >"$work/activate"
count=$(wc -l <"$work/activate")
"$work/ssd.new" --store "$work/batch.db" init --sandbox >"$work/out"
"$work/ssd.new" --store "$work/batch.db" registry import "$work/rows.csv" >"$work/out"
"$work/ssd.new" --store "$work/batch.db" batch "$work/register" -q >"$work/out"

# --- Measurements -----------------------------------------------------------------------------------------------------

activations() { # prints seconds
    rm -f "$work"/now.db* "$work/replies"
    cp "$work/batch.db" "$work/now.db"
    sync
    from=$(date +%s%N)
    "$work/ssd.new" --store "$work/now.db" batch "$work/activate" --out "$work/replies" -q >"$work/out"
    echo "$from $(date +%s%N)" | awk '{ printf "%.4f\n", ($2 - $1) / 1e9 }'
}

round=0
while [ $round -lt "$rounds" ]; do
    if [ $((round % 2)) -eq 0 ]; then
        ours=$(activations)
        rust=$("$work/raw" argon2-rust "$count" "$threads")
        reference=$("$work/raw" argon2 "$count" "$threads")
    else
        reference=$("$work/raw" argon2 "$count" "$threads")
        rust=$("$work/raw" argon2-rust "$count" "$threads")
        ours=$(activations)
    fi
    echo "$rust $reference $ours" | awk '{ printf "%.4f %.4f\n", $1 / $3, $2 / $3 }'
    round=$((round + 1))
done >"$work/rounds"

missed=0
spread() { # name column target
    sort -n -k "$2,$2" "$work/rounds" | awk -v c="$2" -v name="$1" -v target="$3" '
        { value[NR] = $c }
        END {
            median = value[int((NR + 1) / 2)]
            printf "%s  %d rounds  ratio: min %.3f, median %.3f, max %.3f (target: at least %s)\n", name, NR, value[1], \
                median, value[NR], target
            exit median < target
        }' || missed=1
}
spread 'batch activation against raw argon2-rust' 1 0.9
spread 'batch activation against raw argon2     ' 2 1.4
echo "cold commands against $commit (target of activate: at most 0.5)"
ACTIVATE=0.5 ROUNDS=$rounds sh "$here/tests/bench/cold.sh" "$work/ssd.old" "$work/ssd.new" || missed=1
exit $missed
