"""Reads feeds back with readers that share no line with offersync: expat, Python's csv and json, and a tokenizer of what
Google says of its own TSV. Each gives, by SKU, what a listing says of title, description, brand and attributes."""
import csv
import json
import re
from xml.etree import ElementTree

from google_cells import parts, rows, value

csv.field_size_limit(1 << 30)
GOOGLE = "{http://base.google.com/ns/1.0}"


def yml(title, description):
    """A feed of offers in YML: the elements of title and description, then those that are called alike everywhere."""
    def read(path):
        listings = {}
        for node in ElementTree.parse(path).iter("offer"):
            params = [(param.get("name"), param.text or "") for param in node.iter("param")]
            text = lambda name, node=node: node.findtext(name) or ""
            add(listings, node.get("id"), text(title), text(description), text("vendor"), params)
        return listings
    return read


def add(listings, sku, title, description, brand, attributes):
    assert sku not in listings, f"{sku!r} stands twice"
    listings[sku] = {"title": title, "description": description, "brand": brand, "attributes": attributes}


def google(path):
    header, *lines = rows(path.read_text(encoding="utf-8"))
    column = {re.sub(r"\(.*", "", value(name)): at for at, name in enumerate(header)}
    listings = {}
    for row in lines:
        cells = {name: row[at] for name, at in column.items()}
        details = [parts(detail, ":") for detail in parts(cells["product_detail"], ",") if detail]
        attributes = [tuple(value(part) for part in detail[-2:]) for detail in details]
        single = lambda name, cells=cells: value(cells[name])
        add(listings, single("id"), single("title"), single("description"), single("brand"), attributes)
    return listings


def google_rss(path):
    listings = {}
    for node in ElementTree.parse(path).iter("item"):
        text = lambda name, node=node: node.findtext(GOOGLE + name) or node.findtext(name) or ""
        details = node.findall(GOOGLE + "product_detail")
        attributes = [tuple(detail.findtext(GOOGLE + name) or "" for name in ("attribute_name", "attribute_value")) for detail in details]
        add(listings, text("id"), text("title"), text("description"), text("brand"), attributes)
    return listings


def meta(path):
    listings = {}
    for row in rows_of(path):
        description = row.get("rich_text_description") or row["description"]
        add(listings, row["id"], row["title"], description, row["brand"], None)
    return listings


def magento(path):
    listings = {}
    for row in rows_of(path):
        attributes = magento_attributes(row["additional_attributes"])
        add(listings, row["sku"], row["name"], row["description"], None, attributes)
    return listings


def magento_attributes(cell):
    """`code=value,code=value`, as Magento's importer takes it apart: what has no `=` belongs to the value before it."""
    found = []
    for part in cell.split(",") if cell else []:
        code, mark, of_code = part.partition("=")
        if mark:
            found.append((code, of_code))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]},{part}")
    return found


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def shopify(path):
    listings = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            product = json.loads(line)["input"]
            (variant,) = product["variants"]
            add(listings, variant["sku"], product["title"], product.get("descriptionHtml") or "", product.get("vendor") or "", None)
    return listings


# by channel: its file and its reader
FEEDS = {
    "rozetka": ("rozetka.xml", yml("name", "description")),
    "prom": ("prom.xml", yml("name", "description")),
    "google": ("google.tsv", google),
    "google_rss": ("google_rss.xml", google_rss),
    "meta": ("meta.csv", meta),
    "shopify": ("shopify.jsonl", shopify),
    "magento": ("magento.csv", magento),
}
