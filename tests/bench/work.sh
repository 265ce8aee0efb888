# The beginning of the scripts that measure times. They set `here`, the project's folder, and source this file. It sets `work`, a
# folder that is deleted at the end.

case $(date +%N) in
*[!0-9]*)
    echo 'skipped: date does not support nanoseconds'
    exit 0
    ;;
esac

# In the build folder: a temporary folder may be in memory, where writes are not durable.
mkdir -p "$here/target"
work=$(mktemp -d "$here/target/bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
unset SSD_STORE SSD_SESSION
