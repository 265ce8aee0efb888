#!/bin/sh
# Runs the tests that `cargo test` leaves out because they take long: they kill processes, race them, damage stores, fill
# disks, limit memory, walk at random, start a browser, or run every example of the help.
#
#     sh tests/long.sh                     all of them
#     sh tests/long.sh killed_             those with this text in their path
#     ROUNDS=50 sh tests/long.sh killed_   with 50 kills each instead of a few
set -eu

cd "$(dirname "$0")/.."
exec cargo test --locked --test ssd -- --ignored "$@"
