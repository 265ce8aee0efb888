#!/bin/sh
# The main steps from start to end, in a temporary sandbox: a registry, an account, its contacts, a lost password. Each
# command is printed with its output. examples/quickstart.txt contains the complete output, which is always the same.
#
# Builds the program as the tests do. SSD=path/to/ssd uses an existing binary.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -z "${SSD:-}" ]; then
    # cargo reports the path of the binary, which depends on the machine.
    (cd "$here/.." && cargo build --locked --message-format=json-render-diagnostics) >"$folder/build"
    SSD=$(sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' "$folder/build" | tail -n 1)
fi
case $SSD in
/*) ;;
*) SSD=$PWD/$SSD ;;
esac
ssd() { "$SSD" "$@"; }

mkdir "$folder/play"
cp "$here/data/registry.csv" "$here/data/personas.csv" "$folder/play"
cd "$folder/play"
unset SSD_SESSION
export SSD_STORE=store.db SSD_LANG=en SSD_OPERATOR=quickstart

about() { printf '\n# %s\n' "$*"; }
run() {
    printf '%s\n' "$1" | sed -e '1s/^/$ /' -e '1!s/^/> /'
    eval "$1" 2>&1
}

printf '# A sandbox: its clock stands still until you move it, and its codes are always the same.\n'
run 'ssd init --sandbox'
run 'ssd registry import registry.csv'
run 'ssd registry import personas.csv'

about 'Ana registers. The code goes to her mobile in the registry.'
run 'ssd register 12000000012 --account-type citizen --birth-date 1984-03-22 --channel sms --accept-terms'
run 'ssd outbox show 1'

about 'She activates the account. A password is read from standard input, a file or a prompt, never from an option.'
run 'code=$(ssd outbox code 12000000012)'
run 'echo "Violeta-9-Oceano-Trigo" | ssd activate 12000000012 --code "$code" --password-stdin'
run 'echo "Violeta-9-Oceano-Trigo" | ssd activate 12000000012 --code "$code" --password-stdin || echo "exit $?"'

about 'She logs in. The session is one word for an environment variable.'
run 'SSD_SESSION=$(echo "Violeta-9-Oceano-Trigo" | ssd login 12000000012 --password-stdin --quiet)'
run 'export SSD_SESSION'

about 'She moves to France and adds a foreign mobile. A code sent to it proves it.'
run 'ssd contacts update --mobile "+33 6 12 34 56 78"'
run 'code=$(ssd outbox code 12000000012 --purpose contact_mobile)'
run 'ssd contacts confirm --channel sms --code "$code"'
run 'ssd contacts show'

about 'She gets a phone code of six digits, shown once. The phone line verifies it.'
run 'digits=$(ssd phone-code set)'
run 'echo "$digits" | ssd phone-code verify 12000000012 --code-stdin'

about 'A year later she has lost her password. The first code expires, the second is used in time.'
run 'ssd clock set 2027-01-05T09:00:00Z'
run 'ask() {
  ssd recover request 12000000012 --name "Ana Sofia Marques Ferreira" --birth-date 1984-03-22 \
    --civil-id 123456703ZY4 --nif 200000012 --mobile "+33 6 12 34 56 78" --channel sms
}'
run 'ask'
run 'code=$(ssd outbox code 12000000012)'
run 'ssd clock advance 10m'
run 'echo "Moinho_7_Granito_Vela" | ssd recover confirm 12000000012 --code "$code" --password-stdin || echo "exit $?"'
run 'ask'
run 'code=$(ssd outbox code 12000000012)'
run 'echo "Moinho_7_Granito_Vela" | ssd recover confirm 12000000012 --code "$code" --password-stdin'
run 'SSD_SESSION=$(echo "Moinho_7_Granito_Vela" | ssd login 12000000012 --password-stdin --quiet)'
run 'ssd logout'

about 'An operator lists the account, its messages and its audit entries.'
run 'ssd account show 12000000012 --json'
run 'ssd outbox list --niss 12000000012'
run 'ssd audit list --niss 12000000012'
