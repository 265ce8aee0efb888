#!/bin/sh
# A template of a test suite in plain sh with ssd as its fixture. Each test has its own sandbox in a temporary folder and
# checks exit codes and the JSON of replies. The results are printed as TAP. It needs no jq, no polling and no network.
#
#   sh suite.sh                    runs every test with the ssd in your PATH
#   SSD=path/to/ssd sh suite.sh    uses another binary
#   sh suite.sh test_wrong_code    runs one test
set -u

here=$(cd "$(dirname "$0")" && pwd)
people=$here/../data/personas.csv
SSD=${SSD:-ssd}
case $SSD in
/*) ;;
*/*) SSD=$PWD/$SSD ;;
esac

# --- the fixture ------------------------------------------------------------------------------------------------------

# `command` runs the program and not this function.
ssd() { command "$SSD" "$@"; }

# Runs a command. Stores its output in $reply and its exit code in $status. With --json, $reply also has refusals and
# errors.
run() {
    status=0
    reply=$("$@") || status=$?
}

# Ends the test with a message.
fails() {
    echo "$*"
    exit 1
}
exits() { [ "$status" = "$1" ] || fails "exit code $status instead of $1: $reply"; }
has() {
    case $reply in
    *"$1"*) ;;
    *) fails "no $1 in: $reply" ;;
    esac
}
is() { [ "$1" = "$2" ] || fails "'$1' is not '$2'"; }

# A sandbox with sixteen people in its registry, and cheap hashes.
setup() {
    export SSD_STORE=store.db SSD_LANG=en SSD_OPERATOR=suite
    unset SSD_SESSION SSD_RECORD
    ssd init --sandbox
    ssd policy set argon2.memory 8
    ssd registry import "$people"
}

ana=12000000012
password=Violeta-9-Oceano-Trigo

register() { ssd register "$ana" --account-type citizen --birth-date 1984-03-22 --channel sms --accept-terms --json; }
activate() { echo "$password" | ssd activate "$ana" --code "$1" --password-stdin --json; }
log_in() {
    SSD_SESSION=$(echo "$password" | ssd login "$ana" --password-stdin --quiet)
    export SSD_SESSION
}

# --- the tests --------------------------------------------------------------------------------------------------------

test_registration() {
    run register
    exits 0
    has '"state":"requested"'
    run activate "$(ssd outbox code "$ana")"
    exits 0
    has '"state":"active"'
    log_in
    run ssd contacts show --json
    exits 0
    has '"due":["contacts"]'
}

test_wrong_code() {
    register
    run activate 000000
    exits 1
    has '"reason":"code_wrong"'
    run ssd account show "$ana" --json
    has '"state":"requested"'
}

test_code_expires() {
    register
    code=$(ssd outbox code "$ana")
    ssd clock advance 10m
    run activate "$code"
    exits 1
    has '"reason":"code_expired"'
}

test_messages() {
    register
    activate "$(ssd outbox code "$ana")"
    # The code goes to the chosen mobile, the notice to both contacts.
    is "$(ssd outbox list --niss "$ana" --purpose activation --json | grep -c '"channel":"sms"')" 1
    is "$(ssd outbox list --niss "$ana" --purpose activated | wc -l | tr -d ' ')" 2
}

test_missing_option() {
    run ssd register "$ana" --json
    exits 2
    has '"result":"error"'
    has '--account-type'
}

# --- TAP --------------------------------------------------------------------------------------------------------------

[ $# -gt 0 ] || set -- $(sed -n 's/^\(test_[a-z_]*\)().*/\1/p' "$0")
log=$(mktemp) || exit 1
folder=
trap 'rm -rf "$log" "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

echo "1..$#"
number=0
failed=0
for name in "$@"; do
    number=$((number + 1))
    folder=$(mktemp -d) || exit 1
    # Not in an `if`: the shell ignores -e there.
    (
        set -e
        cd "$folder"
        setup
        "$name"
    ) >"$log" 2>&1
    if [ $? = 0 ]; then
        echo "ok $number - $name"
    else
        failed=1
        echo "not ok $number - $name"
        sed 's/^/# /' "$log"
    fi
    rm -rf "$folder"
done
exit $failed
