"""What reports have to be where they go, whatever a catalog says: a terminal, a page, a runner, programs."""
import json
import re
import subprocess
import unicodedata

import fastjsonschema
from markdown_it import MarkdownIt

COLOUR = re.compile("\x1b\\[[0-9;]*m")
TOOK = re.compile(r"\(\d[^()]* (?:ms|s|min)\)")
# commands of the runner of GitHub Actions: none but annotations may come of a report
SECOND_NOTATION = re.compile(r"\s*::(error|warning|notice) ((?:[a-z]+=[^,:\r\n]*,?)+)::([^\r\n]*)")
FIRST_NOTATION = re.compile(r"##\[[^\]]*\]")
# what a page of ours may hold beside code
SUMMARY = r"<details><summary>(?:Findings with their lines|<code>[a-z_]+</code>: [\d\u00a0 ]+ changes?)</summary>"
MARKUP = re.compile(rf"<!-- offersync -->|{SUMMARY}|</details>")


def raw(text, allowed="\n"):
    """Characters that no terminal may get as they are: controls, those that turn the direction, those that nobody sees."""
    found = set()
    for at, letter in enumerate(text):
        if letter not in allowed and unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp"):
            # a joiner within a picture of several is a part of it
            joins = letter == "\u200d" and at and unicodedata.category(text[at - 1]) in ("So", "Sk", "Mn")
            if not joins:
                found.add(f"U+{ord(letter):04X}")
    return sorted(found)


def human(plain, coloured):
    """The report for people without colours, and with them."""
    if found := raw(plain):
        yield f"the terminal gets {found}"
    if found := raw(COLOUR.sub("", coloured)):
        yield f"the terminal gets {found} in colours"
    if "\x1b" not in coloured:
        yield "no colours were asked for"
    # so that no colour is a text's own
    if TOOK.sub("", COLOUR.sub("", coloured)) != TOOK.sub("", plain):
        yield "with colours it says something else"


def github(text):
    for line in text.splitlines():
        if not SECOND_NOTATION.fullmatch(line) or FIRST_NOTATION.search(line):
            yield f"this is no annotation: {line!r}"
    if found := raw(text):
        yield f"it holds {found}"


def program_json(path):
    text = path.read_text(encoding="utf-8")
    json.loads(text)
    if found := raw(text):
        yield f"it holds {found}"


class Sarif:
    def __init__(self, schema):
        schema = json.loads(schema.read_text(encoding="utf-8"))
        # its own name is an address; all that it refers to stands in it
        reference = lambda text: re.fullmatch(r"[^\x00-\x20<>\"{}|\\^`\x7f-\U0010ffff]*", text) is not None
        schema = {name: value for name, value in schema.items() if name != "id"}
        self.validate = fastjsonschema.compile(schema, formats={"uri-reference": reference, "uri": reference})

    def __call__(self, path):
        text = path.read_text(encoding="utf-8")
        try:
            self.validate(json.loads(text))
        except fastjsonschema.JsonSchemaException as error:
            yield str(error)[:300]
        if found := raw(text):
            yield f"it holds {found}"


def junit(path, schema):
    ran = subprocess.run(["xmllint", "--noout", "--schema", schema, path], capture_output=True, text=True)
    if ran.returncode:
        yield ran.stderr[:300]
    if found := raw(path.read_text(encoding="utf-8")):
        yield f"it holds {found}"


def markdown(path):
    """Everything that a catalog says stands in code; tables have as many cells as their heads."""
    text = path.read_text(encoding="utf-8")
    if found := raw(text):
        yield f"it holds {found}"
    lines, rows = text.split("\n"), None
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text):
        if token.type == "table_open":
            rows = None
        if token.type == "tr_open":
            bars = len(re.findall(r"(?<!\\)\|", lines[token.map[0]]))
            rows = rows or bars
            if bars != rows:
                yield f"{bars} bars where the head has {rows}: {lines[token.map[0]]}"
        if token.type == "html_block" and MARKUP.sub("", token.content).strip():
            yield f"markup: {token.content[:200]}"
        for part in token.children or ():
            if part.type == "html_inline" and not MARKUP.fullmatch(part.content):
                yield f"markup: {part.content[:200]}"
            elif part.type == "text" and re.search(r"://|@|#\d|<|&\w+;", part.content):
                yield f"text that a page makes something of: {part.content[:200]}"
            elif part.type not in ("html_inline", "text", "code_inline", "softbreak", "strong_open", "strong_close"):
                yield f"{part.type}: {part.content[:200]}"
