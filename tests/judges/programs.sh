# What judges run: the program that is judged, and programs of others. Sourced by them, from the root of the repository.
#
# OFFERSYNC=path/to/binary judges another binary than target/release/offersync.
export PYTHONDONTWRITEBYTECODE=1
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
program=$(realpath "${OFFERSYNC:-$target/release/offersync}")

missing=0
need() { command -v "$1" >/dev/null || { echo "missing: $1 ($2)" >&2; missing=1; }; }
need xmllint "apt-get install libxml2-utils"
need python3 "apt-get install python3"
[ -x "$program" ] || { echo "missing: $program (cargo build --release)" >&2; missing=1; }
