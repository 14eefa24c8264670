"""Reads a feed of products with a tokenizer of its own and lets Google's published schema judge each row.

    judge_products.py FEED OFFERS

Every row becomes a ProductInput of the Merchant API (package google-shopping-merchant-products), parsed strictly:
a name that the schema does not know, a word that is in no list, an amount or an instant that is none fails.
"""

import json
import re
import sys
from datetime import datetime
from decimal import Decimal

from google.protobuf import json_format
from google.shopping import merchant_products_v1

PRODUCT = merchant_products_v1.ProductInput.pb()
PLURAL = {
    "additional_image_link": "additionalImageLinks", "video_link": "videoLinks", "document_link": "documentLinks",
    "variant_option": "variantOptions", "gtin": "gtins", "product_type": "productTypes", "product_detail": "productDetails",
}
LISTS = {"additional_image_link", "video_link", "document_link"}
MONEY = {"price", "sale_price", "cost_of_goods_sold", "auto_pricing_min_price"}
WORDS = {"availability", "condition", "gender", "age_group"}
FLAGS = {"identifier_exists", "adult"}
MEASURES = {"shipping_weight", "product_weight", "product_length", "product_width", "product_height"}


def rows(text):
    """Cells as they stand: tabs and line ends part them outside of quotes only."""
    row, cell, quoted = [], [], False
    for letter in text:
        if letter == '"':
            quoted = not quoted
        if letter in "\t\n" and not quoted:
            row.append("".join(cell))
            cell = []
            if letter == "\n":
                yield row
                row = []
        else:
            cell.append(letter)
    assert not (row or cell or quoted), "the feed ends with a whole row"


def parts(text, mark):
    """The parts of a cell, told apart by a mark outside of quotes."""
    found, part, quoted = [], [], False
    for letter in text:
        quoted ^= letter == '"'
        if letter == mark and not quoted:
            found.append("".join(part))
            part = []
        else:
            part.append(letter)
    return found + ["".join(part)]


def value(text):
    """A value without the quotes around it."""
    if text.startswith('"'):
        assert text.endswith('"') and len(text) > 1, text
        return text[1:-1].replace('""', '"')
    assert '"' not in text, text
    return text


def money(text):
    amount, currency = re.fullmatch(r"(\d+(?:\.\d{1,2})?) ([A-Z]{3})", text).groups()
    return {"amountMicros": str(int(Decimal(amount) * 1_000_000)), "currencyCode": currency}


def measure(text):
    amount, unit = re.fullmatch(r"(\d+(?:\.\d+)?) (\w+)", text).groups()
    return {"value": float(amount), "unit": unit}


def instant(text):
    return datetime.fromisoformat(text).astimezone().isoformat()


def groups(names, text):
    for row in parts(text, ","):
        cells = [value(cell) for cell in parts(row, ":")]
        assert len(cells) == len(names), row
        yield {camel(name): cell for name, cell in zip(names, cells) if cell}


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def attribute(name, names, text):
    if names:
        found = list(groups(names, text))
        return [{**row, **({"price": money(row["price"])} if "price" in row else {})} for row in found]
    if name in LISTS:
        return [value(item) for item in parts(text, ",")]
    if name in MONEY:
        return money(text)
    if name in MEASURES:
        return measure(text)
    if name in WORDS:
        return text.upper()
    if name in FLAGS:
        return {"yes": True, "no": False}[text]
    if name == "sale_price_effective_date":
        start, end = text.split("/")
        return {"startTime": instant(start), "endTime": instant(end)}
    return [value(text)] if name in ("gtin", "product_type") else value(text)


def product(header, row):
    assert len(row) == len(header), row
    product = {"contentLanguage": "uk", "feedLabel": "UA", "productAttributes": {}}
    for (name, names), text in zip(header, row):
        if not text:
            continue
        if name == "id":
            product["offerId"] = value(text)
        else:
            product["productAttributes"][PLURAL.get(name, camel(name))] = attribute(name, names, text)
    return product


def main(feed, offers):
    with open(feed, encoding="utf-8", newline="") as file:
        found = rows(file.read())
    header = []
    for cell in next(found):
        name, _, inside = cell.partition("(")
        header.append((name, inside.rstrip(")").split(":") if inside else []))
    seen, refused = set(), 0
    for row in found:
        try:
            parsed = product(header, row)
            json_format.ParseDict(parsed, PRODUCT(), ignore_unknown_fields=False)
            needed = {"title", "description", "link", "imageLink", "price", "availability"}
            assert needed <= parsed["productAttributes"].keys(), needed - parsed["productAttributes"].keys()
            assert parsed["offerId"] not in seen, "the id stands twice"
            seen.add(parsed["offerId"])
        except Exception as error:  # whatever is wrong with a row is told, and the next one judged
            refused += 1
            print(f"{row[0]}: {error!r}", file=sys.stderr) if refused <= 5 else None
    print(f"judge: {len(seen)} products parse strictly, {refused} do not, {offers} offers in the master")
    return refused or len(seen) != offers


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1], int(sys.argv[2]))))
