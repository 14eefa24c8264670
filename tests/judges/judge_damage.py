"""Holds our verdicts on damaged XML documents against those of expat.

    judge_damage.py FILE

FILE is what the test `damaged_documents_with_our_verdict` writes. Every difference must be one that is named here.
"""
import collections
import re
import sys
from xml.parsers import expat


def has_dtd_elsewhere(document):
    return b"<!DOCTYPE" in document and (b"SYSTEM" in document or b"PUBLIC" in document)


def has_new_letters(document):
    letters = document.decode("utf-8", "ignore")[1:]
    return any("\ufdf0" <= letter <= "\ufffd" or letter >= "\U00010000" for letter in letters)


def has_odd_label(document):
    label = re.search(rb"""^<\?xml[^>]*encoding\s*=\s*["']([^"']*)""", document)
    return label is not None and label[1].lower() != b"utf-8"


def always(_):
    return True


# What our reader refuses and expat takes: a part of our words, of what documents, and why that is right.
STRICTER = [
    ("version", always, "expat takes any version that looks like a number"),
    ("is no entity of XML", has_dtd_elsewhere, "a DTD elsewhere might declare it; nobody fetches one for a feed"),
    ("no semicolon ends it", has_dtd_elsewhere, "the same, for one whose name holds more than letters and digits"),
    ("begins no entity", has_dtd_elsewhere, "the same, for an entity whose name has other letters than Latin ones"),
]
# What expat refuses and our reader takes: a part of expat's words, of what documents, and why that is right.
MILDER = [
    ("unknown encoding", always, "encoding_rs knows more labels"),
    ("invalid token", has_odd_label, "what expat does not know by name, Python reads to it byte by byte"),
    ("invalid token", has_new_letters, "names are those of the fifth edition of XML 1.0, expat has the fourth's"),
]


def expats_word(document):
    """Why expat refuses a document; nothing where it takes it."""
    # no document can hold this letter, so that it tells names from their namespaces
    parser = expat.ParserCreate(namespace_separator="\x01")
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        return expat.errors.messages[error.code]
    except (LookupError, ValueError) as error:
        return f"unknown encoding ({error})"
    return ""


def documents(path):
    with open(path, "rb") as file:
        while line := file.readline():
            length, _, why = line.decode("utf-8", "replace").rstrip("\n").partition(" ")
            yield file.read(int(length)), why


def main():
    counts, wrong = collections.Counter(), 0
    for document, ours in documents(sys.argv[1]):
        theirs = expats_word(document)
        if bool(ours) == bool(theirs):
            counts["both refuse" if ours else "both take"] += 1
            continue
        known, word = (STRICTER, ours) if ours else (MILDER, theirs)
        name = next((part for part, fits, _ in known if part in word and fits(document)), None)
        counts[f"only ours refuses: {name}" if ours else f"only expat refuses: {name}"] += 1
        if name is None:
            wrong += 1
            if wrong <= 20:
                print(f"ours: {ours or 'taken'}; expat: {theirs or 'taken'}\n{document!r}\n", file=sys.stderr)
    for name, count in sorted(counts.items()):
        print(f"{count:9} {name}")
    if wrong or not counts["both take"]:
        sys.exit(f"{wrong} differences have no name")


main()
