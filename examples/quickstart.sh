#!/bin/sh
# The main job from end to end, in a sandbox of its own that is gone afterwards: a registry, an account, its contacts, a lost
# password. Each command is shown with what it prints; examples/quickstart.txt is the whole of it, the same each time.
#
# It builds the program as the tests do. SSD=path/to/ssd takes one that is built already.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -z "${SSD:-}" ]; then
    # Where the binary lies depends on the machine, so cargo is asked.
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

printf '# A sandbox: its clock stands until it is moved, and its codes are the same each time.\n'
run 'ssd init --sandbox'
run 'ssd registry import registry.csv'
run 'ssd registry import personas.csv'

about 'Ana asks for an account; the code goes to her mobile, which the registry knows.'
run 'ssd register 12000000012 --account-type citizen --birth-date 1984-03-22 --channel sms --accept-terms'
run 'ssd outbox show 1'

about 'She activates it. Passwords come by standard input, a file or a prompt, never as an option.'
run 'code=$(ssd outbox code 12000000012)'
run 'echo "Violeta-9-Oceano-Trigo" | ssd activate 12000000012 --code "$code" --password-stdin'
run 'echo "Violeta-9-Oceano-Trigo" | ssd activate 12000000012 --code "$code" --password-stdin || echo "exit $?"'

about 'She logs in: the session is one word, for the environment.'
run 'SSD_SESSION=$(echo "Violeta-9-Oceano-Trigo" | ssd login 12000000012 --password-stdin --quiet)'
run 'export SSD_SESSION'

about 'She moves to France: a foreign mobile, proved by a code that is sent to it.'
run 'ssd contacts update --mobile "+33 6 12 34 56 78"'
run 'code=$(ssd outbox code 12000000012 --purpose contact_mobile)'
run 'ssd contacts confirm --channel sms --code "$code"'
run 'ssd contacts show'

about 'Six digits for the phone line, shown once, and the line that verifies them.'
run 'digits=$(ssd phone-code set)'
run 'echo "$digits" | ssd phone-code verify 12000000012 --code-stdin'

about 'A year later the password is lost. The first code comes too late, the second in time.'
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

about 'What an operator sees of it.'
run 'ssd account show 12000000012 --json'
run 'ssd outbox list --niss 12000000012'
run 'ssd audit list --niss 12000000012'
