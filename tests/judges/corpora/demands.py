"""What is demanded, and what the verdicts of our readers look like."""
import json

WRONG = []


def demand(holds, said):
    print(f"  {'holds' if holds else 'FAILS'}: {said}")
    if not holds:
        WRONG.append(said)


def of_module(path):
    """What a module of JavaScript exports that holds nothing but JSON."""
    text = path.read_text(encoding="utf-8")
    return json.loads(text[text.index("export default") + len("export default"):].strip().rstrip(";"))


def is_refused(line, ways=None):
    return all("refused" in line[way] for way in ways or line if way != "name")


def no_panics(lines):
    panicked = [line["name"] for line in lines if any(isinstance(way, dict) and "panicked" in way for way in line.values())]
    demand(not panicked, f"{len(panicked)} panics over {len(lines)} documents {panicked[:5] or ''}")
