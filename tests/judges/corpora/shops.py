"""A shop whose every offer says a naughty string in one place, in every notation that a master can have."""
import csv
import json

import yaml

ROLES = ("sku", "title", "description", "brand", "name", "value")
NOTATIONS = ("csv", "tsv", "json", "jsonl", "yaml")
# what parts attributes in a cell: no string holds these
BETWEEN_PAIRS, WITHIN_PAIR = "¦¦", "⟹"

CONFIG = """version: 1
shop: {name: Nerpa, company: "ТОВ «Нерпа»", url: "https://nerpa.example", language: uk, currency: UAH}
master:
  file: master.%s
  fields:
    title.uk: title
    description.uk: description
    pictures: picture
    attributes: %s
  categories: categories.csv
channels:
  rozetka: {feed: out/rozetka.xml, GUARDS}
  prom: {feed: out/prom.xml, GUARDS}
  google: {feed: out/google.tsv, GUARDS}
  google_rss: {use: google, shape: rss, feed: out/google_rss.xml, GUARDS}
  meta: {feed: out/meta.csv, GUARDS}
  shopify: {feed: out/shopify.jsonl, GUARDS}
  magento: {use: ./magento.yaml, feed: out/magento.csv, lookups: {categories: paths.csv}, GUARDS}
""".replace("GUARDS", "guards: {max-invalid: 100%%, max-delete: 100%%, max-update: 100%%}")
PAIRS = f'[{{column: attributes, split: "{BETWEEN_PAIRS}", pair: "{WITHIN_PAIR}"}}]'


def offers(strings, naughty=True):
    """By SKU: role, string, and the row of the master; without the strings where they are not wanted."""
    for role in ROLES:
        for number, string in enumerate(strings):
            sku = f"{role}{number:03}"
            row = {
                "sku": sku, "title": f"Лійка садова {sku}", "description": f"Лійка для саду, {sku}", "brand": "Kalyna",
                "name": "Колір", "value": "синій", "gtin": gtin(len(strings) * ROLES.index(role) + number), "mpn": f"m{sku}",
            }
            if naughty:
                row[role] = string
            yield role, string, row


def gtin(number):
    digits = f"4820{number:08}"
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return digits + str(-total % 10)


def write(folder, notation, rows):
    """The master and its config."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = {"category": "1", "price": "349.00", "stock": "5", "url": "https://nerpa.example/p", "picture": "https://nerpa.example/p.jpg"}
    path = folder / f"master.{notation}"
    if notation in ("csv", "tsv"):
        with open(path, "w", encoding="utf-8", newline="") as file:
            cells = csv.writer(file, delimiter="\t" if notation == "tsv" else ",")
            names = ["sku", "title", "description", "brand", "attributes", "gtin", "mpn"]
            cells.writerow([*names, *plain])
            for row in rows:
                row = row | {"attributes": row["name"] + WITHIN_PAIR + row["value"]}
                cells.writerow([*(row[name] for name in names), *plain.values()])
    else:
        objects = [{name: text for name, text in row.items() if name not in ("name", "value")} | plain | {"specs": [{"name": row["name"], "value": row["value"]}]} for row in rows]
        text = {
            "json": lambda: json.dumps(objects, ensure_ascii=False, indent=1),
            "jsonl": lambda: "".join(json.dumps(one) + "\n" for one in objects),
            "yaml": lambda: yaml.safe_dump(objects, allow_unicode=True, sort_keys=False),
        }[notation]()
        path.write_text(text, encoding="utf-8", newline="")
    (folder / "offersync.yaml").write_text(CONFIG % (notation, PAIRS if notation in ("csv", "tsv") else "specs"), encoding="utf-8")
    (folder / "categories.csv").write_text("id,parent,name.uk\n1,,Сад\n", encoding="utf-8")
    (folder / "paths.csv").write_text("category,paths\n1,Default Category/Сад\n", encoding="utf-8")
