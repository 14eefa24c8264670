"""The conformance suite of the W3C. Our reader is held to the fifth edition of XML 1.0, with namespaces; it refuses
declarations within a document and fetches none."""
import collections
import re
from xml.parsers import expat

from demands import demand, is_refused, no_panics


def xml_tests(package):
    """The tests of the suite's catalog: what it says of each, and its file."""
    top, tests, bases, files = package / "xmlconf", [], [], []

    def start(name, attributes):
        if name == "TESTCASES":
            bases.append(attributes.get("xml:base", ""))
        elif name == "TEST":
            below_base = top.joinpath(*bases, attributes["URI"])
            tests.append((attributes, below_base if below_base.exists() else files[-1].parent / attributes["URI"]))

    def end(name):
        if name == "TESTCASES":
            bases.pop()

    def parse(parser, file):
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.ExternalEntityRefHandler = lambda context, base, name, public: parse(
            parser.ExternalEntityParserCreate(context), top / name
        )
        files.append(file)
        with open(file, "rb") as stream:
            parser.ParseFile(stream)
        files.pop()
        return 1

    parse(expat.ParserCreate(), top / "xmlconf.xml")
    return tests


def documents(package):
    # a file may stand for several tests
    for file in sorted({file for _, file in xml_tests(package)}):
        yield file.relative_to(package).as_posix(), file.read_bytes()
    # valid documents have nearly all declarations of their own, which we refuse: what stands behind them is read alone
    for file in sorted({file for test, file in xml_tests(package) if is_plainly_valid(test)}):
        if (rest := without_declarations(file.read_bytes())) is not None:
            yield BARE + file.relative_to(package).as_posix(), rest


BARE = "without declarations: "
DOCTYPE = re.compile(r"<!DOCTYPE[^\[>\"']*(?:\"[^\"]*\"[^\[>\"']*|'[^']*'[^\[>\"']*)*(\[)")
WITHIN = re.compile(r"<!--.*?-->|<\?.*?\?>|\"[^\"]*\"|'[^']*'|(\])", re.DOTALL)


def without_declarations(document):
    """A document without what stands in brackets in its DOCTYPE; nothing where there is none."""
    encoding = "utf-16" if document[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    text = document.decode(encoding)
    opened = DOCTYPE.search(text)
    closed = opened and next((part for part in WITHIN.finditer(text, opened.end()) if part[1]), None)
    return (text[:opened.end()] + text[closed.start():]).encode(encoding) if closed else None


def is_plainly_valid(test):
    return test["TYPE"] == "valid" and test["ENTITIES"] == "none" and test.get("VERSION") != "1.1"


# Why a document that is not well-formed is taken all the same, by what the catalog says of it
TAKEN = [
    (lambda test: test.get("EDITION") == "1 2 3 4", "well-formed since the fifth edition, whose names we take"),
    (lambda test: test["ENTITIES"] in ("both", "parameter"), "the fault stands in a DTD elsewhere, and nobody fetches one"),
    (lambda test: test["ID"] in ("hst-lhs-007", "hst-lhs-008"), "its mark says UTF-8 or UTF-16 and its label does not: the mark is right"),
]
# Why a valid document without entities is refused, by a part of our words
INNER = "declarations of its own"
# and why one whose declarations were taken away is
LOST = "is no entity of XML"


def judge(package, lines):
    verdicts = {line["name"]: line for line in lines}
    no_panics(lines)
    unlike = []
    for line in lines:
        for blocks in ("blocks of 48", "blocks of 300"):
            same = line[blocks] == line["strict"] or "doubted" in line[blocks]
            # where both refuse, only the strict pass words the message
            if not same and not is_refused(line, (blocks, "strict")):
                unlike.append((line["name"], blocks))
        if ("refused" in line["envelope"]) != ("refused" in line["strict"]):
            unlike.append((line["name"], "envelope"))
    demand(not unlike, f"{len(unlike)} of {len(lines)} documents mean something else in blocks than strictly {unlike[:5] or ''}")

    tests = [(test, verdicts[file.relative_to(package).as_posix()]) for test, file in xml_tests(package)]
    tests = [(test, line) for test, line in tests if test.get("VERSION") != "1.1"]
    malformed = [(test, line) for test, line in tests if test["TYPE"] == "not-wf"]
    # where blocks are not sure, the strict pass decides
    taken = [(test, line) for test, line in malformed if not is_refused(line, ("strict", "envelope"))]
    demand(len(malformed) == 1329 and len(malformed) - len(taken) >= 1269, f"{len(malformed) - len(taken)} of {len(malformed)} documents that are not well-formed are refused; at least 1269 of 1329")
    reasons = collections.Counter(next((why for fits, why in TAKEN if fits(test)), "") for test, _ in taken)
    nameless = [test["ID"] for test, _ in taken if not any(fits(test) for fits, _ in TAKEN)]
    for why, count in reasons.items():
        print(f"    {count} taken: {why or nameless}")
    demand(not nameless, f"{len(nameless)} of those that are taken have no reason {nameless[:5] or ''}")

    valid = [(test, line) for test, line in tests if is_plainly_valid(test)]
    refused = [(test, line["strict"]["refused"]) for test, line in valid if "refused" in line["strict"]]
    otherwise = [(test["ID"], why) for test, why in refused if INNER not in why]
    for name, why in otherwise:
        print(f"    {name} is valid and refused: {why}")
    print(f"    {len(valid)} valid ones without entities: {len(valid) - len(refused)} taken, {len(refused) - len(otherwise)} refused for their own declarations")
    demand(len(otherwise) * 20 <= len(valid), f"{len(otherwise)} of {len(valid)} valid documents without entities are refused for another reason; at most 5 %")
    bare = [line for line in lines if line["name"].startswith(BARE)]
    refused = [(line["name"], line["strict"]["refused"]) for line in bare if "refused" in line["strict"]]
    otherwise = [(name, why) for name, why in refused if LOST not in why]
    for name, why in otherwise:
        print(f"    {name}: {why}")
    print(f"    {len(bare)} of them without their declarations: {len(bare) - len(refused)} taken, {len(refused) - len(otherwise)} lack an entity then")
    demand(len(bare) > 500 and len(otherwise) * 20 <= len(bare), f"{len(otherwise)} of {len(bare)} are refused for another reason without their declarations; at most 5 %")
