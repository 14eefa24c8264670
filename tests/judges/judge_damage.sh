#!/usr/bin/env bash
# Our reader's verdicts on damaged XML documents against expat's: `tests/judges/judge_damage.sh [COUNT]`.
set -euo pipefail
cd "$(dirname "$0")/../.."
count=${1:-20000}
file=$(mktemp)
trap 'rm -f "$file"' EXIT
OFFERSYNC_JUDGED=$file OFFERSYNC_DAMAGED=$count \
  cargo test --locked --quiet --test xml damaged_documents_with_our_verdict -- --ignored --exact >/dev/null
echo "damaged documents, $count: our verdicts against expat's"
python3 tests/judges/judge_damage.py "$file"
