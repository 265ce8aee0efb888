#!/usr/bin/env bats
# The same fixture for bats: https://bats-core.readthedocs.io
#
#   bats ssd.bats                     runs every test with the ssd in your PATH
#   SSD=/path/to/ssd bats ssd.bats    uses another binary

bats_require_minimum_version 1.5.0

# `command` runs the program and not this function.
ssd() { command "${SSD:-ssd}" "$@"; }

setup() {
    cd "$BATS_TEST_TMPDIR"
    export SSD_STORE=store.db SSD_LANG=en
    ssd init --sandbox
    ssd registry import "$BATS_TEST_DIRNAME/../data/personas.csv"
}

register() { ssd register 12000000012 --account-type citizen --birth-date 1984-03-22 --channel sms --accept-terms --json; }

@test "a code activates an account" {
    register
    code=$(ssd outbox code 12000000012)
    run --separate-stderr ssd activate 12000000012 --code "$code" --password-stdin --json <<<"Violeta-9-Oceano-Trigo"
    [ "$status" -eq 0 ]
    [[ $output == *'"state":"active"'* ]]
}

@test "a scenario passes" {
    ssd scenario run "$BATS_TEST_DIRNAME/../scenarios/late-letter.jsonl"
}
