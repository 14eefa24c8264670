"""The suite of the YAML group. Catalogs and configs are read by stricter readers than it asks for: no aliases in the one,
texts alone as keys in both. What counts is that nothing panics and that no key stands twice."""
import collections
import json
import re
import subprocess
import tempfile
from pathlib import Path

from demands import demand, is_refused, no_panics, of_module


def cases_of(package):
    for file in sorted((package / "data").glob("*.js")):
        if file.name != "index.js":
            for number, case in enumerate(of_module(file)["cases"]):
                yield f"{file.stem}/{number}", case


def documents(package):
    for name, case in cases_of(package):
        yield name, case["yaml"].encode()
        if (again := with_a_key_again(case)) is not None:
            yield AGAIN + name, again.encode()


AGAIN = "with its last key again: "
KEY = re.compile(r"  =VAL (?:<[^>]*> )?([:'\"])(.+)")


def with_a_key_again(case):
    """A case that is one map in lines, with its last key once more below it; nothing where it is another."""
    tree, text = case.get("tree", "").split("\n"), case["yaml"]
    within = [line for line in tree if line.startswith("   ") and not line.startswith("    ")]
    if case.get("fail") or tree[2:3] != ["  +MAP"] or "\n..." in text or text.count("\n---") > 1 or not within:
        return None
    # keys and values take turns; what is deeper belongs to one of them
    heads = [line for line in within if not line.strip().startswith("-")]
    key = KEY.fullmatch(heads[::2][-1][1:])
    if not key or key[2] == ":" or "\\" in key[2] or not re.search(r"^[^\s#%-]", text, re.MULTILINE):
        return None
    return f"{text}{'' if text.endswith(chr(10)) else chr(10)}{json.dumps(key[2])}: again\n"


def has_equal_keys(tree):
    """Whether a map of a case has two equal keys, by the suite's own events; aliases as what they stand for."""
    def node(at):
        kind, _, rest = tree[at].strip().partition(" ")
        if not kind.startswith("+"):
            anchor = next((word for word in rest.split() if word.startswith("&")), None)
            plain = rest[len(anchor) + 1:] if anchor else rest
            if kind == "=ALI":
                return anchors.get("&" + rest[1:]), at + 1
            anchors[anchor] = plain
            return plain, at + 1
        children, begin, at = [], at, at + 1
        while not tree[at].strip().startswith("-"):
            child, at = node(at)
            children.append(child)
        if kind == "+MAP":
            keys = children[::2]
            equal.append(len(keys) != len({json.dumps(key) for key in keys}))
        for word in rest.split():
            if word.startswith("&"):
                anchors[word] = children
        return children, at + 1

    anchors, equal = {}, []
    try:
        node(0)
    except IndexError:
        pass  # the events of a case that must fail end where it does
    return any(equal)


def judge(package, lines):
    no_panics(lines)
    verdicts = {line["name"]: line for line in lines}
    cases = dict(cases_of(package))
    demand(len(cases) == 402, f"{len(cases)} cases; 402")
    equal = [name for name, case in cases.items() if "duplicate-key" in case.get("tags", []) or has_equal_keys(case.get("tree", "").splitlines())]
    let_in = [name for name in equal if not is_refused(verdicts[name])]
    demand(equal and not let_in, f"{len(equal) - len(let_in)} of {len(equal)} cases with equal keys are refused as config and as catalog {let_in or ''}")
    for way in ("catalog", "config"):
        again = [name for name in verdicts if name.startswith(AGAIN) and "taken" in verdicts[name.removeprefix(AGAIN)][way]]
        let_in = [name for name in again if "twice" not in verdicts[name][way].get("refused", "")]
        demand(len(again) >= 50 and not let_in, f"{way}: {len(again) - len(let_in)} of {len(again)} that are taken are refused with a key twice {[(name, verdicts[name][way]) for name in let_in[:9]] or ''}")
        broken = [name for name, case in cases.items() if case.get("fail")]
        taken = [name for name in broken if "taken" in verdicts[name][way]]
        demand(set(taken) <= LENIENT.keys(), f"{way}: {len(broken) - len(taken)} of {len(broken)} that must fail are refused, all but {taken}")
        print(f"    {way}: {sum('taken' in verdicts[name][way] for name in cases.keys() - set(broken))} of the {len(cases) - len(broken)} others are taken")


# What must fail and is taken, and why that does no harm
LENIENT = {"9C9N/0": "a list in brackets goes on in lines that are not indented; what it means is plain"}


def run(program, package):
    """The program itself on every document: it says what it thinks of it, and ends as it does for people's slips."""
    all_documents, ends, let_in = dict(documents(package)), collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "master.csv").write_text("sku,price\nA1,5\n")
        Path(folder, "of-master.yaml").write_text(
            "version: 1\nshop: {language: uk, currency: UAH}\nmaster: {file: master.yaml}\nchannels: {prom: {feed: out.xml}}\n"
        )
        for name, document in all_documents.items():
            for place, config in (("config.yaml", "config.yaml"), ("master.yaml", "of-master.yaml")):
                Path(folder, place).write_bytes(document)
                ran = subprocess.run([program, "validate", "-c", config], cwd=folder, capture_output=True, text=True)
                ends[place, ran.returncode] += 1
                faulty = ran.returncode != 2 or not ran.stderr.startswith("error") or "panicked" in ran.stderr
                if faulty:
                    let_in.append((name, place, ran.returncode, ran.stdout[:200], ran.stderr[:200]))
    demand(not let_in, f"{len(all_documents)} documents are refused with an error, as config and as master {dict(ends)} {let_in[:5] or ''}")
