"""Holds our readers' verdicts on documents that others have gathered against what the collections say themselves.

    judge.py pack KIND PACKAGE > BUNDLE       the documents of a package, as `tests/corpora/bundle.rs` reads them
    judge.py judge KIND PACKAGE VERDICTS      our verdicts on them
    judge.py run PROGRAM PACKAGE              the program itself, with the documents of YAML as config and as master

KIND is xml, json, tables or yaml. What is demanded stands there; a figure that is not reached ends the script with 1.
"""
import json
import sys
from pathlib import Path

import csv_spectrum
import json_suite
import xml_suite
import yaml_suite
from demands import WRONG

KINDS = {"xml": xml_suite, "json": json_suite, "tables": csv_spectrum, "yaml": yaml_suite}


def main():
    act, kind, package = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    if act == "pack":
        for name, document in KINDS[kind].documents(package):
            sys.stdout.buffer.write(f"{len(document)} {name}\n".encode() + document)
    elif act == "judge":
        with open(sys.argv[4], encoding="utf-8") as file:
            KINDS[kind].judge(package, [json.loads(line) for line in file])
    else:
        yaml_suite.run(kind, package)
    sys.exit(1 if WRONG else 0)


main()
