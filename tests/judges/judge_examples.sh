#!/usr/bin/env bash
# Jobs and hooks to begin from against the published schemas of those who run them: `tests/judges/judge_examples.sh`.
# Needs a network for the two programs, which bring the schemas with them; ends with 77 where they cannot be had.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/python" \
  && timeout 300 "$work/python/bin/pip" install --quiet --disable-pip-version-check check-jsonschema==0.39.0 pre-commit==4.7.0 \
  || { echo "skipped: check-jsonschema and pre-commit cannot be had"; exit 77; }
export PATH="$work/python/bin:$PATH"

check-jsonschema --builtin-schema vendor.github-workflows examples/ci/github-actions.yml
check-jsonschema --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci examples/ci/gitlab-ci.yml
pre-commit validate-config examples/pre-commit/.pre-commit-config.yaml

# each of them is refused where something is wrong in it, so that the checks are none of paper
sed 's/^jobs:/job:/' examples/ci/github-actions.yml >"$work/github.yml"
sed 's/^\( *\)script:/\1scripts:/' examples/ci/gitlab-ci.yml >"$work/gitlab.yml"
sed 's/repo:/repository:/' examples/pre-commit/.pre-commit-config.yaml >"$work/hooks.yaml"
refused() { if "$@" >/dev/null 2>&1; then echo "taken although it is wrong: $*" >&2; exit 1; fi; }
refused check-jsonschema --builtin-schema vendor.github-workflows "$work/github.yml"
refused check-jsonschema --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci "$work/gitlab.yml"
refused pre-commit validate-config "$work/hooks.yaml"
echo "jobs and hooks are what their schemas say"
