#!/usr/bin/env bash
# Lets others judge what offersync writes: renders a generated shop and the shop of the own channel, and asks xmllint
# whether the feeds are well formed, Python whether they say what the master says, Google's published schema whether each
# product of its feed is one, and Shopify's whether each line of its feed can be sent.
#
#   tests/judges/judge_feeds.sh [OFFERS]        10000 offers unless told otherwise
#
# OFFERSYNC=path/to/binary judges another binary than target/release/offersync.
set -euo pipefail
cd "$(dirname "$0")/../.."

offers=${1:-10000}
source tests/judges/programs.sh
[ "$missing" = 0 ] || exit 2

# Google's schema comes as a Python package, and so does what reads Shopify's; both are put beside what is built, and
# nowhere else
packages="$target/judges/python"
judges=(google-shopping-merchant-products==1.9.0 graphql-core==3.2.8)
if ! PYTHONPATH="$packages" python3 -c "import google.shopping.merchant_products_v1, graphql" 2>/dev/null; then
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --upgrade --target "$packages" "${judges[@]}" \
    || { echo "missing: ${judges[*]} (python3 -m pip install --target $packages ${judges[*]})" >&2; exit 2; }
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "judge: $offers offers, five channels, one of them in two shapes"
cargo build --quiet --example generate
"$target/debug/examples/generate" "$work/shop" --offers "$offers" --further > "$work/truth.txt"
cp examples/own-channel/hotline.yaml "$work/shop/"
cat >> "$work/shop/offersync.yaml" <<'YAML'
  hotline:
    use: ./hotline.yaml
    feed: out/hotline.xml
    settings: {firm_id: "40127"}
  google:
    feed: out/google.tsv
  google_rss:
    use: google
    shape: rss
    feed: out/google.xml
  shopify:
    feed: out/shopify.jsonl
YAML
cp -r examples/own-channel "$work/own"

(cd "$work/shop" && "$program" diff --exit-zero --format json > "$work/diff.json")
(cd "$work/shop" && "$program" render -q)
(cd "$work/own" && "$program" render -q)

for feed in "$work"/shop/out/*.xml "$work"/own/out/*.xml; do
  xmllint --noout "$feed"
  echo "judge: ${feed#"$work"/} is well formed by xmllint"
done
python3 tests/judges/judge_feeds.py "$work" "$offers"
PYTHONPATH="$packages" python3 tests/judges/judge_products.py "$work/shop/out/google.tsv" "$offers"
PYTHONPATH="$packages" python3 tests/judges/judge_product_sets.py "$work/shop/out/shopify.jsonl" "$work/shop/catalog/master.csv" \
  tests/judges/shopify_2026-10.graphql tests/judges/wrong_product_sets.jsonl

# what is written once is equal the second time, and nothing differs from itself
(cd "$work/shop" && "$program" render --check -q)
for name in rozetka prom; do
  cp "$work/shop/out/$name.xml" "$work/shop/exports/$name.xml"
done
(cd "$work/shop" && "$program" diff rozetka prom google shopify)
echo "judge: what was rendered differs in nothing from the master"
