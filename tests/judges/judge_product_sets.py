"""Lets Shopify's published schema judge each line of a feed of products, and compares the lines with the master.

    judge_product_sets.py FEED MASTER SCHEMA WRONG

Every line of FEED has to be valid as the variables of `productSet` (graphql-core, SCHEMA), and every line of WRONG must
not be: that is how the judge is judged. Prices, codes, weights and options are compared with MASTER cell by cell.
"""

import csv
import json
import re
import sys
from decimal import Decimal
from pathlib import Path

from graphql import build_schema, parse
from graphql.execution.values import get_variable_values

csv.field_size_limit(1 << 30)
MUTATION = """mutation ($identifier: ProductSetIdentifiers, $input: ProductSetInput!) {
  productSet(identifier: $identifier, input: $input) { product { id } userErrors { field message } }
}"""
MONEY = re.compile(r"\d+\.\d{2}")


class Judge:
    def __init__(self, schema):
        # the published schema breaks a rule on deprecated fields that graphql-core would enforce
        self.schema = build_schema(Path(schema).read_text(encoding="utf-8"), assume_valid=True)
        self.variables = parse(MUTATION).definitions[0].variable_definitions

    def faults(self, line):
        """What is wrong with the variables of a call."""
        unknown = sorted(line.keys() - {"identifier", "input"})
        yield from (f"no variable is called {name}" for name in unknown)
        coerced = get_variable_values(self.schema, self.variables, line)
        if isinstance(coerced, list):
            yield from (error.message for error in coerced)
            return
        # @oneOf: not every version of graphql-core looks at it
        identifier = line.get("identifier")
        if identifier is not None and (len(identifier) != 1 or None in identifier.values()):
            yield f"not exactly one identifier: {sorted(identifier)}"
        for variant in line["input"].get("variants", ()):
            # the schema leaves the form of an amount open
            for name in ("price", "compareAtPrice"):
                amount = variant.get(name)
                if amount is not None and not (isinstance(amount, str) and MONEY.fullmatch(amount)):
                    yield f"{name} is no amount: {amount!r}"


def wanted(row):
    """What a variant must say of a row of the master."""
    options = {name: row[name] for name in ("Колір", "Розмір") if row[name]}
    return {
        "price": Decimal(row["Ціна"]),
        "compareAtPrice": Decimal(row["Стара ціна"]) if row["Стара ціна"] else None,
        "barcode": row["Штрихкод"] or None,
        "kilograms": Decimal(row["Вага кг"]),
        "options": options or {"Title": "Default Title"},
        "product": row["Група"] or row["Артикул"],
        "text": text(row["Опис"]),
    }


def text(value):
    """A text as it comes back: line ends alike, blanks around it aside."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def found(line, variant):
    weight = variant["inventoryItem"]["measurement"]["weight"]
    assert weight["unit"] == "KILOGRAMS", weight
    old = variant["compareAtPrice"]
    return {
        "price": Decimal(variant["price"]),
        "compareAtPrice": None if old is None else Decimal(old),
        "barcode": variant["barcode"],
        "kilograms": weight["value"],
        "options": {value["optionName"]: value["name"] for value in variant["optionValues"]},
        "product": line["identifier"]["customId"]["value"],
    }


def differences(lines, master):
    with open(master, encoding="utf-8-sig", newline="") as file:
        rows = {row["Артикул"]: wanted(row) for row in csv.DictReader(file)}
    count = len(rows)
    for line in lines:
        options = {option["name"]: {value["name"] for value in option["values"]} for option in line["input"]["productOptions"]}
        for variant in line["input"]["variants"]:
            told, row = found(line, variant), rows.pop(variant["sku"], None)
            # the text of a product is its first variant's
            first = text(line["input"]["descriptionHtml"]) if variant is line["input"]["variants"][0] else row and row["text"]
            if {**told, "text": first} != row:
                yield f"{variant['sku']}: {row} became {told}"
            outside = [name for name, value in told["options"].items() if value not in options.get(name, ())]
            if outside or told["options"].keys() != options.keys():
                yield f"{variant['sku']}: its options are not those of its product: {told['options']}, {options}"
    yield from (f"{sku}: not in the feed" for sku in rows)
    names = [line["identifier"]["customId"]["value"] for line in lines]
    assert len(set(names)) == len(names), "a product stands twice"
    print(f"judge: shopify: {len(lines)} products with {count} variants compared cell by cell")


def main(feed, master, schema, wrong):
    judge = Judge(schema)

    def read(path, number=float):
        return [json.loads(line, parse_float=number) for line in Path(path).read_text(encoding="utf-8").split("\n") if line]

    accepted = [line for line in read(wrong) if not list(judge.faults(line))]
    assert not accepted, f"the judge is blind: {accepted}"
    lines = read(feed)
    complaints = [f"line {number}: {fault}" for number, line in enumerate(lines, 1) for fault in judge.faults(line)]
    print(f"judge: shopify: {len(lines)} lines are variables of productSet, but for {len(complaints)} faults; "
          f"{len(read(wrong))} wrong lines are refused")
    complaints += differences(read(feed, Decimal), master)
    for complaint in complaints[:20]:
        print(complaint, file=sys.stderr)
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
