#!/usr/bin/env bash
# Reports in JUnit's XML against the schema that most readers of it go by: `tests/judges/judge_reports.sh`. Every feed of
# fixtures/, as it is and with prices that are none, so that there are failures. The schema `junit-10.xsd` comes with the
# sources of pytest; it needs a network, and ends with 77 where they cannot be had.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source tests/judges/programs.sh
[ "$missing" = 0 ] || exit 2

{ python3 -m venv "$work/python" \
  && timeout 300 "$work/python/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
    --dest "$work" pytest==8.4.2 \
  && tar xzf "$work/pytest-8.4.2.tar.gz" --directory "$work" pytest-8.4.2/testing/example_scripts/junit-10.xsd; } \
  || { echo "skipped: the schema of JUnit's reports cannot be had"; exit 77; }
schema=$work/pytest-8.4.2/testing/example_scripts/junit-10.xsd

reports=0 failing=0
for feed in fixtures/channel/*/feed.*; do
  channel=$(basename "$(dirname "$feed")")
  for kind in whole damaged; do
    copy=$work/$kind.${feed##*.}
    case $kind in
      whole) cp "$feed" "$copy" ;;
      damaged) sed -E 's/[0-9]+[.,][0-9]{2}\b|>[0-9]+<\/(price|g:price)/<![CDATA[по запиту]]>/' "$feed" >"$copy" ;;
    esac
    report=$work/report.xml
    rm -f "$report"
    "$program" validate --as "$channel" "$copy" -o "junit=$report" >/dev/null 2>&1 || true
    # what cannot be read at all has a report too
    [ -s "$report" ] || { echo "no report of $feed ($kind)" >&2; exit 1; }
    xmllint --noout --schema "$schema" "$report" 2>"$work/said" || { cat "$work/said" >&2; exit 1; }
    reports=$((reports + 1))
    if grep -qE '<(failure|error)' "$report"; then failing=$((failing + 1)); fi
  done
done
[ "$failing" -gt 0 ] || { echo "no report has a failure" >&2; exit 1; }
echo "$reports reports of JUnit are what the schema says, $failing of them with failures"
