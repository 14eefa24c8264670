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

from google_cells import parts, rows, value

PRODUCT = merchant_products_v1.ProductInput.pb()
PLURAL = {
    "additional_image_link": "additionalImageLinks", "video_link": "videoLinks", "document_link": "documentLinks",
    "variant_option": "variantOptions", "gtin": "gtins", "product_type": "productTypes", "product_detail": "productDetails",
    "lifestyle_image_link": "lifestyleImageLinks", "product_highlight": "productHighlights", "size_type": "sizeTypes",
    "promotion_id": "promotionIds", "included_destination": "includedDestinations", "excluded_destination": "excludedDestinations",
    "shopping_ads_excluded_country": "shoppingAdsExcludedCountries", "question_and_answer": "questionsAndAnswers",
    "related_product": "relatedProducts", "certification": "certifications", "loyalty_program": "loyaltyPrograms",
    "minimum_order_value": "minimumOrderValues", "handling_cutoff_time": "handlingCutoffTimes",
}
# groups of which the schema has one, and no list
SINGLE = {"structured_title", "structured_description", "installment", "subscription_cost", "pickup_cost"}
# parts that the schema calls otherwise
PARTS = {
    "identifierType": "idType", "identifier": "id", "pickupCostFlatRate": "flatRate", "pickupCostFreeThreshold": "freeThreshold",
}
# parts of which the schema has a list in this group
LISTS_IN_RETURNS = {
    "country": "countries", "itemCondition": "itemConditions", "method": "methods", "outcome": "outcomes",
}
LISTS = {
    "additional_image_link", "video_link", "document_link", "lifestyle_image_link", "product_highlight", "promotion_id",
    "shopping_ads_excluded_country",
}
LISTS_OF_WORDS = {"size_type", "included_destination", "excluded_destination"}
MONEY = {"price", "sale_price", "cost_of_goods_sold", "auto_pricing_min_price", "maximum_retail_price"}
MONEY_PARTS = {
    "price", "amount", "downpayment", "priceThreshold", "cashbackForFutureUse", "flatPrice",
    "carrierPriceFlatAdjustment", "shippingFee", "restockingFee", "flatRate", "freeThreshold",
}
WORDS = {"availability", "condition", "gender", "age_group", "size_system", "pause", "pickup_method"}
WORD_PARTS = {
    "digitalSourceType", "creditType", "period", "relationshipType", "idType", "certificationAuthority", "certificationName",
    "surface",
}
FLAG_PARTS = {"disableDeliveryAfterCutoff"}
ENERGY = {"energy_efficiency_class", "min_energy_efficiency_class", "max_energy_efficiency_class"}
FLAGS = {"identifier_exists", "adult", "is_bundle"}
INSTANTS = {"expiration_date", "availability_date"}
MEASURES = {
    "shipping_weight", "product_weight", "product_length", "product_width", "product_height", "shipping_length", "shipping_width",
    "shipping_height", "unit_pricing_measure",
}
DAYS = {"2": "TWO_DAY", "3": "THREE_DAY", "4": "FOUR_DAY", "5": "FIVE_DAY", "6": "SIX_DAY"}
# what the schema has no field for goes as a custom attribute
CUSTOM = {"ships_from_country"}


def money(text):
    amount, currency = re.fullmatch(r"(-?\d+(?:\.\d{1,2})?) ([A-Z]{3})", text).groups()
    return {"amountMicros": str(int(Decimal(amount) * 1_000_000)), "currencyCode": currency}


def measure(text):
    amount, unit = re.fullmatch(r"(\d+(?:\.\d+)?) ?([a-z]+)", text).groups()
    return {"value": float(amount), "unit": unit}


def word(text):
    return re.sub(r"[ -]", "_", text).upper()


def interval(text):
    start, end = text.split("/")
    return {"startTime": instant(start), "endTime": instant(end)}


def part(name, text):
    """A part of a group as the schema has it."""
    if name in MONEY_PARTS:
        return money(text)
    if name == "memberPriceEffectiveDate":
        return interval(text)
    if name in FLAG_PARTS:
        return {"true": True, "false": False}[text]
    return word(text) if name in WORD_PARTS else text


def instant(text):
    return datetime.fromisoformat(text).astimezone().isoformat()


def groups(names, text):
    for row in parts(text, ","):
        cells = [value(cell) for cell in parts(row, ":")]
        assert len(cells) == len(names), row
        named = ((PARTS.get(camel(name), camel(name)), cell) for name, cell in zip(names, cells) if cell)
        yield {name: part(name, cell) for name, cell in named}


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def attribute(name, names, text):
    if names:
        found = list(groups(names, text))
        assert name not in SINGLE or len(found) == 1, text
        if name == "returns":
            return [{LISTS_IN_RETURNS.get(part, part): [cell] if part in LISTS_IN_RETURNS else cell for part, cell in row.items()} for row in found]
        return found[0] if name in SINGLE else found
    if name in LISTS:
        return [value(item) for item in parts(text, ",")]
    if name in LISTS_OF_WORDS:
        return [word(value(item)) for item in parts(text, ",")]
    if name in MONEY:
        return money(text)
    if name in MEASURES:
        return measure(text)
    if name in WORDS:
        return word(text)
    if name in ENERGY:
        return text.replace("+", "P")
    if name == "pickup_sla":
        return DAYS.get(text.removesuffix("-day"), word(text))
    if name == "unit_pricing_base_measure":
        amount = measure(text)
        return {**amount, "value": str(int(amount["value"]))}
    if name in INSTANTS:
        return instant(text)
    if name == "popularity_rank":
        return float(text)
    if name in FLAGS:
        return {"yes": True, "no": False}[text]
    if name == "sale_price_effective_date":
        return interval(text)
    return [value(text)] if name in ("gtin", "product_type") else value(text)


def product(header, row):
    assert len(row) == len(header), row
    product = {"contentLanguage": "uk", "feedLabel": "UA", "productAttributes": {}}
    for (name, names), text in zip(header, row):
        if not text:
            continue
        if name == "id":
            product["offerId"] = value(text)
        elif name in CUSTOM:
            product.setdefault("customAttributes", []).append({"name": name.replace("_", " "), "value": value(text)})
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
    seen, refused, exercised = set(), 0, set()
    for row in found:
        try:
            parsed = product(header, row)
            json_format.ParseDict(parsed, PRODUCT(), ignore_unknown_fields=False)
            given = {re.sub("^structured(.)", lambda found: found[1].lower(), name) for name in parsed["productAttributes"]}
            needed = {"title", "description", "link", "imageLink", "price", "availability"}
            assert needed <= given, needed - given
            exercised |= parsed["productAttributes"].keys()
            assert parsed["offerId"] not in seen, "the id stands twice"
            seen.add(parsed["offerId"])
        except Exception as error:  # whatever is wrong with a row is told, and the next one judged
            refused += 1
            print(f"{row[0]}: {error!r}", file=sys.stderr) if refused <= 5 else None
    print(f"judge: {len(seen)} products parse strictly, {refused} do not, {offers} offers in the master")
    print(f"judge: {len(exercised)} attributes of the schema stand in them")
    return refused or len(seen) != offers


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1], int(sys.argv[2]))))
