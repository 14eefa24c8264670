"""Reads a generated master with Python's csv and the feeds with expat, and compares the two cell by cell.

    judge_feeds.py FOLDER OFFERS

FOLDER holds shop/ (master, feeds), diff.json (what offersync found) and truth.txt (what the generator says).
Nothing here shares a line with offersync: it is a second opinion.
"""

import csv
import json
import sys
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

csv.field_size_limit(1 << 30)
UNITS = {"Об'єм, мл": ("Об'єм", "мл"), "Потужність, Вт": ("Потужність", "Вт"), "Довжина, см": ("Довжина", "см")}


def offers(path):
    """The master's rows by SKU, with what every feed must say of them."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            params = dict(pair.split("=", 1) for pair in row["Характеристики"].split("|") if pair)
            units = {name: "" for name in params}
            for name in ("Колір", "Розмір"):
                if row[name]:
                    params[name], units[name] = row[name], ""
            for column, (name, unit) in UNITS.items():
                if row[column]:
                    params[name], units[name] = row[column], unit
            pieces = sum(int(row[column]) for column in ("Склад Київ", "Склад Львів", "Склад Одеса"))
            yield row["Артикул"], row, params, units, pieces


def text(value):
    """A text as it comes back from XML: line ends alike, blanks around it aside."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def money(value):
    return Decimal(value) if value else None


def joined(params, units):
    return {f"{name}, {units[name]}" if units[name] else name: value for name, value in params.items()}


def wanted_by(channel, row, params, units, pieces):
    """What a channel must hold of an offer, by the name of the element."""
    prom, own = channel == "prom", channel == "hotline"
    wanted = {
        "priceRUAH" if own else "price": money(row["Ціна"]),
        "oldprice" if prom or own else "price_old": money(row["Стара ціна"]),
        "categoryId": row["Категорія"],
        "vendor": row["Бренд"],
        "url": row["Сторінка"],
        "image" if own else "picture": row["Фото"].split("|"),
        "name": row["Назва"] if own else row["Назва рос"],
    }
    if own:
        wanted |= {"stock": "В наявності" if pieces else "Немає", "code": row["Код виробника"], "barcode": row["Штрихкод"]}
        wanted["param"] = joined(params, units)
        return wanted
    wanted |= {"name_ua": row["Назва"], "description": row["Опис рос"], "description_ua": row["Опис"], "currencyId": "UAH"}
    if prom:
        # Prom shows vendorCode as the article: the maker's number, else the SKU
        wanted |= {"quantity_in_stock": str(pieces), "vendorCode": row["Код виробника"] or row["Артикул"]}
        wanted |= {"barcode": row["Штрихкод"], "country_of_origin": row["Країна"]}
        wanted["param"] = {name: (value, units[name]) for name, value in params.items()}
        wanted["@"] = {"available": "true" if pieces else "", "group_id": row["Група"]}
    else:
        wanted |= {"stock_quantity": str(pieces), "article": row["Код виробника"]}
        wanted["param"] = joined(params, units)
        wanted["@"] = {"available": "true" if pieces else "false"}
    return wanted


def found_in(channel, node):
    """What a listing holds, in the same words."""
    found = {"param": {}}
    for child in node:
        value = text(child.text or "")
        if child.tag == "param":
            name = child.get("name")
            found["param"][name] = (value, child.get("unit", "")) if channel == "prom" else value
        elif child.tag in ("picture", "image"):
            found.setdefault(child.tag, []).append(value)
        elif child.tag in ("price", "priceRUAH", "oldprice", "price_old"):
            found[child.tag] = money(value)
        elif child.tag != "id":
            assert child.tag not in found, f"{child.tag} stands twice"
            found[child.tag] = value
    if channel != "hotline":
        found["@"] = {name: value for name, value in node.attrib.items() if name != "id"}
    return found


def listings(path, channel):
    node_name = "item" if channel == "hotline" else "offer"
    for _, node in ElementTree.iterparse(path):
        if node.tag == node_name:
            key = node.findtext("id") if channel == "hotline" else node.get("id")
            yield key, found_in(channel, node)
            node.clear()


def plain(wanted):
    """Without what is blank: a channel holds nothing where the master says nothing."""
    wanted = {name: text(value) if isinstance(value, str) else value for name, value in wanted.items()}
    if "@" in wanted:
        wanted["@"] = {name: value for name, value in wanted["@"].items() if value or name == "available"}
    return {name: value for name, value in wanted.items() if value or name in ("param", "@")}


def judge(folder, channel):
    feed = dict(listings(folder / "shop" / "out" / f"{channel}.xml", channel))
    differing = []
    seen = 0
    for sku, *offer in offers(folder / "shop" / "catalog" / "master.csv"):
        seen += 1
        wanted, found = plain(wanted_by(channel, *offer)), feed.pop(sku, None)
        if found is None:
            differing.append(f"{channel} {sku}: not in the feed")
            continue
        found = plain(found)
        for name in sorted(wanted.keys() | found.keys()):
            if name != "condition" and wanted.get(name) != found.get(name):
                differing.append(f"{channel} {sku} {name}: {wanted.get(name)!r} became {found.get(name)!r}")
    differing += [f"{channel} {key}: not in the master" for key in feed]
    return seen, differing


def judge_counts(folder):
    """What offersync found against what the generator knows to be true."""
    report = json.loads((folder / "diff.json").read_text(encoding="utf-8"))
    found = {channel["id"]: channel["counts"] for channel in report["channels"]}
    for line in (folder / "truth.txt").read_text(encoding="utf-8").splitlines():
        channel, *words = line.split()
        truth = {words[at]: int(words[at + 1]) for at in range(0, len(words), 2)}
        if found[channel] != truth:
            yield f"{channel}: diff says {found[channel]}, true is {truth}"


def main():
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    differing = list(judge_counts(folder))
    for channel in ("rozetka", "prom", "hotline"):
        seen, more = judge(folder, channel)
        assert seen == count, f"{seen} rows in the master, not {count}"
        differing += more
        print(f"judge: {channel}: {seen} offers compared cell by cell, {len(more)} differences")
    for line in differing[:20]:
        print(line, file=sys.stderr)
    sys.exit(1 if differing else 0)


main()
