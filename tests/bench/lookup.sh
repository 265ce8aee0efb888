#!/bin/sh
# Compares cold commands with the sqlite3 shell on the same work: the time of a process from its start to its end.
#
#     sh tests/bench/lookup.sh            builds the release binary first; SSD=path uses an existing one
#     ROUNDS=30 sh tests/bench/lookup.sh  30 rounds instead of 15
#
# look-up  `ssd account show NISS --json`, compared with
#          `sqlite3 store 'select ... from account where niss = NISS'`
# write    `ssd register NISS ...` for one holder after another, in a store that is not a sandbox, compared with inserts
#          of the same rows of account, code, message and audit by the shell: one process per registration, as durable
#
# The start-up times of copies of one binary differ by up to a fifth. Each side therefore has five fresh copies, used in
# turn. A round measures a batch of each side. The order alternates. A ratio below 1 means that ssd takes less time.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${ROUNDS:-15}
looks=200  # processes per batch
writes=50

if ! command -v sqlite3 >/dev/null; then
    echo 'skipped: the sqlite3 shell is not installed'
    exit 0
fi
. "$here/tests/bench/work.sh"

if [ -z "${SSD:-}" ]; then
    (cd "$here" && cargo build --release --locked --message-format=json-render-diagnostics) >"$work/build"
    SSD=$(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' "$work/build" | tail -n 1)
fi
for n in 1 2 3 4 5; do
    cp "$SSD" "$work/ssd.$n"
    cp "$(command -v sqlite3)" "$work/sqlite3.$n"
done
ssd="$work/ssd.1"
sqlite3="$work/sqlite3.1"

# --- Test data --------------------------------------------------------------------------------------------------------

registry=$here/examples/data/registry.csv
"$ssd" --store "$work/ours.db" init >"$work/out"
"$ssd" --store "$work/ours.db" registry import "$registry" >"$work/out"

# NISS and date of birth of citizens with a Portuguese mobile. Rows with quotation marks are skipped, so that a comma
# always separates columns.
awk -F, '!/"/ && $2 == "citizen" && $3 == "active" && $11 ~ /^\+351/ { print $1, $5 }' "$registry" >"$work/holders"
rounds_of_writes=$(($(wc -l <"$work/holders") / writes))
[ "$rounds_of_writes" -lt "$rounds" ] || rounds_of_writes=$rounds

# The rows of each registration, copied from a real one. The shell inserts exactly these rows into a copy of the same
# store
# from before the registrations.
cp "$work/ours.db" "$work/rows.db"
cp "$work/ours.db.key" "$work/rows.db.key"
cp "$work/ours.db" "$work/theirs.db"
while read -r niss birth; do
    "$ssd" --store "$work/rows.db" register "$niss" --account-type citizen --birth-date "$birth" --channel sms --accept-terms
done <"$work/holders" >"$work/out"
columns_to_copy="name not in ('id', 'draws')"
names() { # table: its columns, separated by commas
    "$sqlite3" "$work/rows.db" "select group_concat(name) from pragma_table_info('$1') where $columns_to_copy"
}
values() { # table condition: an SQL expression for the values of a row
    quoted=$("$sqlite3" "$work/rows.db" "select group_concat('quote(' || name || ')', ' || char(44) || ') from pragma_table_info('$1') where $columns_to_copy")
    # json_valid(null) is false in shells before 3.42.
    quoted=$(echo "$quoted" | sed "s/quote(detail)/quote(coalesce(detail, '{}'))/")
    echo "(select $quoted from $1 where $2)"
}
"$sqlite3" "$work/rows.db" >"$work/rows" <<SQL
select a.niss || ' pragma foreign_keys=on; pragma synchronous=full; begin immediate;'
  || ' insert into account ($(names account)) values (' || $(values account 'niss = a.niss') || ');'
  || ' update account set draws = draws + 1 where niss = ' || a.niss || ' returning draws;'
  || ' insert into code ($(names code)) values (' || $(values code 'niss = a.niss') || ');'
  || ' insert into message ($(names message)) values (' || $(values message 'niss = a.niss') || ');'
  || ' insert into audit ($(names audit)) values (' || $(values audit "niss = a.niss and action = 'register'") || '); commit;'
from account a
SQL

# --- Batches: shell scripts with only process starts ------------------------------------------------------------------

looked_up=$(head -n 1 "$work/holders" | cut -d ' ' -f 1)
columns='niss, account_type, state, alerts, created_at, activated_at'
n=0
while [ $n -lt $looks ]; do
    copy=$((n % 5 + 1))
    echo "'$work/ssd.$copy' --store '$work/rows.db' account show $looked_up --json >/dev/null" >>"$work/look.ours"
    echo "'$work/sqlite3.$copy' '$work/rows.db' 'select $columns from account where niss = $looked_up' >/dev/null" >>"$work/look.theirs"
    n=$((n + 1))
done

round=0
while [ $round -lt "$rounds_of_writes" ]; do
    sed -n "$((round * writes + 1)),$(((round + 1) * writes))p" "$work/holders" >"$work/batch"
    n=0
    while read -r niss birth; do
        copy=$((n % 5 + 1))
        echo "'$work/ssd.$copy' --store '$work/ours.db' register $niss --account-type citizen --birth-date $birth --channel sms --accept-terms >/dev/null" >>"$work/write.ours.$round"
        sql=$(grep "^$niss " "$work/rows" | cut -d ' ' -f 2- | sed 's/["$`\\]/\\&/g')
        echo "'$work/sqlite3.$copy' -cmd '.timeout 30000' '$work/theirs.db' \"$sql\" >/dev/null" >>"$work/write.theirs.$round"
        n=$((n + 1))
    done <"$work/batch"
    round=$((round + 1))
done

# --- Rounds -----------------------------------------------------------------------------------------------------------

nanoseconds() { # script
    from=$(date +%s%N)
    sh -eu "$1"
    echo $(($(date +%s%N) - from))
}

# One line per round: nanoseconds of ssd and of sqlite3.
round_of() { # ours theirs round
    if [ $(($3 % 2)) -eq 0 ]; then
        ours=$(nanoseconds "$1")
        theirs=$(nanoseconds "$2")
    else
        theirs=$(nanoseconds "$2")
        ours=$(nanoseconds "$1")
    fi
    echo "$ours $theirs"
}

report() { # name target processes file
    awk -v processes="$3" '{ printf "%.4f %.0f %.0f\n", $1 / $2, $1 / processes / 1000, $2 / processes / 1000 }' "$4" | sort -n |
        awk -v name="$1" -v target="$2" '
            { ratio[NR] = $1; ours[NR] = $2; theirs[NR] = $3 }
            END {
                middle = int((NR + 1) / 2)
                printf "%-8s %2d rounds  ratio: min %.2f, median %.2f, max %.2f (target: at most %s)", \
                    name, NR, ratio[1], ratio[middle], ratio[NR], target
                printf "  in the median round %d and %d µs per process\n", ours[middle], theirs[middle]
            }'
}

sh -eu "$work/look.ours"
sh -eu "$work/look.theirs"
round=0
while [ $round -lt "$rounds" ]; do
    round_of "$work/look.ours" "$work/look.theirs" $round
    round=$((round + 1))
done >"$work/looks"
report look-up 0.75 $looks "$work/looks"

round=0
while [ $round -lt "$rounds_of_writes" ]; do
    round_of "$work/write.ours.$round" "$work/write.theirs.$round" $round
    round=$((round + 1))
done >"$work/writes"
report write 0.95 $writes "$work/writes"

# Both sides must have done the same work.
count="select (select count(*) from account) || ' ' || (select count(*) from code) || ' ' || (select count(*) from message)"
ours=$("$sqlite3" "$work/ours.db" "$count")
theirs=$("$sqlite3" "$work/theirs.db" "$count")
if [ "$ours" != "$theirs" ]; then
    echo "the two stores differ: '$ours' and '$theirs' accounts, codes and messages"
    exit 1
fi
