#!/usr/bin/env python3
"""check_findings.py FOLDER: findings.FORMAT there tell the same findings, and none carries anything out of its place.

github, text: no line but those of the findings, no control character, no direction mark. csv: no formula, unless raw.
"""
import csv
import io
import json
import re
import sys
import unicodedata
import xml.etree.ElementTree as tree

folder = sys.argv[1]


def text(name):
    with open(f"{folder}/findings.{name}", encoding="utf-8", newline="") as file:
        return file.read()


def demand(truth, what):
    if not truth:
        sys.exit(what)


found = [json.loads(line) for line in text("ndjson").split("\n") if line]
tickets = len({(one["source"], one["ticket"]) for one in found})

# The last line of the text counts them.
for name, count in (("text", tickets + len(found) + (len(found) > 0)), ("github", len(found))):
    lines = text(name).split("\n")
    demand(lines.pop() == "" and len(lines) == count, f"{name}: {len(lines)} lines, not {count}")
    for line in lines:
        odd = [c for c in line if unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in "\u202e\u2066\u200b"]
        demand(not odd, f"{name}: {odd} in {line!r}")

command = re.compile(r"::(error|warning|notice) title=([^:,]*)::(.*)")
levels = {"critical": "error", "high": "error", "medium": "warning", "low": "notice"}
for one, line in zip(found, text("github").split("\n")):
    match = command.fullmatch(line)
    demand(match and match[1] == levels[one["severity"]], f"github: {line!r}")
    demand(not re.search(r"%(?!25|3A|2C|0A|0D)", match[2] + match[3]), f"github: a bare % in {line!r}")

for name, raw in (("csv", False), ("raw", True)):
    rows = list(csv.DictReader(io.StringIO(text(name), newline="")))
    demand(len(rows) == len(found), f"{name}: {len(rows)} rows")
    for one, row in zip(found, rows):
        for key, cell in row.items():
            value = one[key] or ""
            guarded = not raw and value[:1] in tuple("=+-@\t\r")
            demand(cell == ("'" + value if guarded else value), f"{name}: {key} {cell!r} for {value!r}")

cases = [case for case in tree.fromstring(text("junit")).iter("testcase") if case.find("failure") is not None]
demand([case.get("classname") for case in cases] == [one["rule"] for one in found], "junit: other rules")
results = json.loads(text("sarif"))["runs"][0]["results"]
demand([one["message"]["text"] for one in results] == [one["text"] for one in found], "sarif: other texts")
names = {one["partialFingerprints"]["slaFinding/v1"] for one in results}
demand(len(names) == len(found), "sarif: a key for two findings")
print(f"{len(found)} findings in {tickets} tickets: all forms agree")
