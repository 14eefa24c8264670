"""Strings that break programs, in every place of an offer that people write, through every notation of a master, every
wire of a feed and every format of a report.

    strings.py PROGRAM PACKAGE FOLDER

Each must come out as it went in, by other readers than ours, or a finding must name its offer and say why.
"""
import collections
import html.parser
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import feeds
import reports
import shops
from demands import WRONG, demand

HERE = Path(__file__).resolve().parents[3]
# what a run may end with: done, found something, refused something
ENDS = (0, 1, 3)


def unwritable(letter):
    """What no feed carries: control characters, and marks that turn the direction of what follows (Unicode TR36)."""
    return letter < " " and letter not in "\t\n\r" or "\x7f" <= letter <= "\x9f" or letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"


def writable(text):
    return "".join(letter for letter in text if not unwritable(letter))


class Plain(html.parser.HTMLParser):
    """Markup as people read it, blanks aside."""
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.feed(text)
        self.close()

    def handle_data(self, data):
        # nobody reads scripts and styles
        if not self.cdata_elem:
            self.text += data


def without_blanks(text):
    return "".join(text.split())


# Where a text does not come out as it went in and nothing need be said: in which channel and notation, in which field,
# what becomes of it, and why
PRINCIPLES = [
    ("blanks around a name or value of an attribute are no part of it",
     lambda channel, notation, field: field == "attributes",
     lambda wanted, got: [tuple(text.strip() for text in pair) for pair in wanted] == got),
    ("a blank text says nothing",
     lambda channel, notation, field: field != "attributes",
     # Magento's importer wants a word for it
     lambda wanted, got: not wanted.strip() and got in ("", "__EMPTY__VALUE__")),
    ("Google's descriptions are plain text: plain(description)",
     lambda channel, notation, field: channel.startswith("google") and field == "description",
     lambda wanted, got: without_blanks(Plain(wanted).text) == without_blanks(got)),
]
# The findings that say that something does not come out, and what becomes of it then
SAID = {
    "catalog/unwritable": lambda field, wanted, got: got == clean(field, wanted),
    "catalog/pair": lambda field, wanted, got: field == "attributes" and got == [],
    "catalog/pair-blank": lambda field, wanted, got: field == "attributes" and got == [],
}


def clean(field, wanted):
    return [tuple(map(writable, pair)) for pair in wanted] if field == "attributes" else writable(wanted)


class Shop:
    """A folder with a master in some notation, and what the program makes of it."""
    def __init__(self, program, folder, notation, offers):
        self.program, self.folder, self.notation, self.offers = program, folder, notation, offers
        shops.write(folder, notation, [row for _, _, row in offers])
        shutil.copy(HERE / "examples/channels/magento.yaml", folder)

    def run(self, *arguments):
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "COLUMNS": "100", "TZ": "UTC"}
        ran = subprocess.run([self.program, *arguments], cwd=self.folder, env=environment, capture_output=True)
        return ran.returncode, ran.stdout.decode(), ran.stderr.decode()

    def judged(self, sarif, *arguments, existing=None):
        """Runs it once for each kind of report; gives the report in JSON, what is wrong with any, and that for people.
        Before each run the feeds are those of the folder `existing`: rendering would leave others to the next."""
        def run(*further):
            if existing:
                shutil.copytree(existing, self.folder / "out", dirs_exist_ok=True)
            return self.run(*arguments, *further)

        files = {kind: self.folder / f"report.{kind}" for kind in ("json", "sarif", "junit", "markdown")}
        outputs = [word for kind, file in files.items() for word in ("-o", f"{kind}={file.name}")]
        end, plain, said = run("--color", "never", *outputs)
        _, coloured, said_in_colours = run("--color", "always")
        _, annotations, _ = run("--format", "github")
        wrong = [f"ended with {end}: {said[:300]}"] if end not in ENDS else []
        wrong += [f"human: {fault}" for fault in reports.human(plain, coloured)]
        wrong += [f"stderr: the terminal gets {found}" for text in (said, reports.COLOUR.sub("", said_in_colours)) if (found := reports.raw(text))]
        wrong += [f"github: {fault}" for fault in reports.github(annotations)]
        wrong += [f"json: {fault}" for fault in reports.program_json(files["json"])]
        wrong += [f"sarif: {fault}" for fault in sarif(files["sarif"])]
        wrong += [f"junit: {fault}" for fault in reports.junit(files["junit"], HERE / "tests/schemas/junit-10.xsd")]
        wrong += [f"markdown: {fault}" for fault in reports.markdown(files["markdown"])]
        return json.loads(files["json"].read_text(encoding="utf-8")), wrong, plain

    def feed(self, channel):
        name, read = feeds.FEEDS[channel]
        path = self.folder / "out" / name
        if path.suffix == ".xml":
            subprocess.run(["xmllint", "--noout", path], check=True)
        return read(path)


def named(report, channel):
    """By SKU the codes of the findings that name an offer, and those among them that are errors."""
    codes, errors = collections.defaultdict(set), collections.defaultdict(set)
    for finding in report["findings"] + channel["findings"]:
        assert len(finding["places"]) == finding["count"], f"{finding['code']} does not tell all of its places"
        for place in finding["places"]:
            codes[place["sku"] or ""].add(finding["code"])
            if finding["severity"] == "error":
                errors[place["sku"] or ""].add(finding["code"])
    return codes, errors


class Tally:
    """How the strings came out."""
    def __init__(self):
        self.counts, self.lost = collections.Counter(), []

    def compare(self, shop, report):
        for channel in report["channels"]:
            feed, (codes, errors) = shop.feed(channel["id"]), named(report, channel)
            for role, string, row in shop.offers:
                sku = row["sku"] if row["sku"].strip() else ""
                # unwritable characters are taken out of an SKU too, and blanks around it are none of it
                names = [row["sku"], writable(row["sku"]), writable(row["sku"]).strip()]
                listing = next((feed.pop(name) for name in names if name in feed), None)
                if listing is None:
                    said = any(errors[name] for name in (sku, *names))
                    self.count(said, "left out, and an error names it", (shop.notation, channel["id"], role, string))
                    continue
                for fault in self.faults(channel["id"], shop.notation, row, listing, codes[sku]):
                    self.lost.append((shop.notation, channel["id"], role, string, fault))
            self.lost += [(shop.notation, channel["id"], "", sku, "is in the feed and not in the master") for sku in feed]

    def count(self, holds, how, where):
        self.counts[how] += 1
        if not holds:
            self.lost.append((*where, "not " + how))

    def faults(self, channel, notation, row, listing, codes):
        wanted = {name: row[name] for name in ("title", "description", "brand")} | {"attributes": [(row["name"], row["value"])]}
        how = "unchanged"
        for field, text in wanted.items():
            got = listing[field]
            if got is None or got == text:
                continue
            principle = next((why for why, where, becomes in PRINCIPLES if where(channel, notation, field) and becomes(text, got)), None)
            finding = next((code for code in SAID if code in codes and SAID[code](field, text, got)), None)
            if finding:
                how = f"changed as {finding} says"
            elif principle:
                how = principle
            else:
                yield f"{field} {text!r} became {got!r}, and of {sorted(codes)} none says so"
        self.counts[how] += 1


def main():
    program, package, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    strings = json.loads((package / "blns.json").read_text(encoding="utf-8"))
    demand(len(strings) == 461, f"{len(strings)} strings; 461")
    sarif = reports.Sarif(HERE / "tests/schemas/sarif-2.1.0.json")
    tally, wrong_reports, count, not_quiet, shown = Tally(), [], 0, [], []
    for notation in shops.NOTATIONS:
        naughty, plain = (Shop(program, folder / kind / notation, notation, list(shops.offers(strings, kind == "naughty"))) for kind in ("naughty", "plain"))
        # offers that say nothing odd have no findings: all that is found below is found in the strings
        found, _, _ = plain.judged(sarif, "validate")
        codes = {finding["code"] for one in (found, *found["channels"]) for finding in one["findings"]} - HEADS
        demand(not codes, f"{notation}: an offer without such a string has no finding {sorted(codes) or ''}")
        plain.run("render", "-q", "--to", "feeds")
        for shop, *arguments in (
            (naughty, "validate", "--limit", "0"),
            (naughty, "diff", "--full", "--limit", "0"),      # against the feeds without the strings
            (naughty, "render"),
            (plain, "diff", "--full", "--limit", "0"),        # and the other way round
        ):
            others = plain.folder / "feeds" if shop is naughty else naughty.folder / "out"
            report, wrong, said = shop.judged(sarif, *arguments, existing=others if arguments[0] != "validate" else None)
            if arguments[0] == "diff":
                shown.append(sum(string in said for string in strings))
            wrong_reports += [f"{notation}, {' '.join(arguments)}: {fault}" for fault in wrong]
            count += 7
            if arguments[0] == "render":
                tally.compare(shop, report)
                # what is rendered says what the master says
                for again in (("diff",), ("render", "--check")):
                    end, differs, _ = shop.run(*again)
                    if end:
                        not_quiet.append(f"{notation}, {' '.join(again)}: {differs[:600]}")
    for how, number in tally.counts.most_common():
        print(f"    {number:7} {how}")
    show(tally.lost)
    total = len(strings) * len(shops.ROLES) * len(shops.NOTATIONS) * len(feeds.FEEDS)
    demand(not tally.lost, f"{total - len(tally.lost)} of {total} come out as they went in, or a finding names them")
    show(wrong_reports)
    demand(not wrong_reports, f"{len(wrong_reports)} faults in {count} reports")
    # the rest hold what a terminal would obey or hide, and stand there by their numbers
    demand(min(shown) >= 443, f"{min(shown)} of {len(strings)} stand in every diff for people as they are; at least 443")
    show(not_quiet)
    demand(not not_quiet, f"{len(not_quiet)} differences between what is rendered and its master")
    sys.exit(1 if WRONG else 0)


def show(faults):
    for fault in faults[:25]:
        print(f"    {fault}")


# findings on the shop of the script and not on its offers
HEADS = {"prom/head-category-portal-id-need", "magento/attributes-code-pattern"}


main()
