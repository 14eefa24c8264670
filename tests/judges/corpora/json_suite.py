"""The collection of Nicolas Seriot: what begins with y_ is to be taken, n_ to be refused, i_ is left to the reader."""
import json

from demands import demand, is_refused, no_panics, of_module


def documents(package):
    for test in of_module(package / "data" / "parsing.js"):
        # letters that stood for broken bytes were lost on the way into the package
        yield test["name"], test["input"].encode("utf-8", "surrogatepass")


# No reader takes the same one of two equal keys, so that ours takes neither
EQUAL_KEYS = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}


def with_numbers(value):
    """A value as our hook writes it down: what an object holds stands apart from a number's text."""
    if isinstance(value, dict) and value.keys() != {"number"}:
        return {"object": {name: with_numbers(one) for name, one in value.items()}}
    return [with_numbers(one) for one in value] if isinstance(value, list) else value


def judge(package, lines):
    no_panics(lines)
    number = lambda text: {"number": text}
    texts = dict(documents(package))
    wrong = [line["name"] for line in lines if line["name"].startswith("n_")]
    let_in = [line["name"] for line in lines if line["name"] in wrong and not is_refused(line)]
    demand(len(wrong) == 188 and not let_in, f"{len(wrong) - len(let_in)} of {len(wrong)} n_* are refused; 188 of 188 {let_in or ''}")
    right = [line for line in lines if line["name"].startswith("y_")]
    kept_out = {line["name"] for line in right if "taken" not in line["tree"] or "taken" not in line["walk"]}
    demand(len(right) == 95 and kept_out == EQUAL_KEYS, f"{len(right) - len(kept_out)} of {len(right)} y_* are taken; 93 of 95, without {sorted(kept_out)}")
    unlike = []
    for line in lines:
        name = line["name"]
        # those with i_ are what Python takes otherwise, or not at all
        if name.startswith("y_") and "taken" in line["tree"]:
            meant = with_numbers(json.loads(texts[name].decode("utf-8-sig"), parse_int=number, parse_float=number))
            if line["tree"]["taken"] != meant:
                unlike.append(f"{name}: {line['tree']['taken']!r} is {meant!r} to Python")
        if is_refused(line, ("tree",)) != is_refused(line, ("walk",)):
            unlike.append(f"{name}: tree {line['tree']}, walk {line['walk']}")
        if "refused" in line["blocks"] and "taken" in line["tree"] and "there is no list of objects" not in line["blocks"]["refused"]:
            unlike.append(f"{name}: tree {line['tree']}, blocks {line['blocks']}")
    demand(not unlike, f"{len(unlike)} documents mean something else to Python, or read in another way {unlike[:5] or ''}")
