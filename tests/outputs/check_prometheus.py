#!/usr/bin/env python3
"""Reads a node_exporter textfile as strictly as the format is written down.

check_prometheus.py FILE JSON: every number of the report JSON must be a sample, and every sample one of its.
"""
import json
import re
import sys
from datetime import datetime

NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
VALUE = re.compile(r"-?[0-9]+(\.[0-9]+)?")
ESCAPES = {"\\": "\\", '"': '"', "n": "\n"}
# Tickets and the like, one by one: no time series.
LISTS = {"worklist": ("tickets",), "qbr": ("missed_targets", "silences", "reopened_tickets", "commitments_list")}


def fault(number, what):
    sys.exit(f"line {number}: {what}")


def labels_of(number, text):
    """The labels of `name="value",...}` and what stands behind them."""
    labels = {}
    while True:
        name = LABEL.match(text)
        if not name or text[name.end():name.end() + 2] != '="':
            fault(number, "no label")
        value, at = "", name.end() + 2
        while text[at:at + 1] != '"':
            if at >= len(text):
                fault(number, "a label without an end")
            if text[at] == "\\":
                at += 1
                if text[at:at + 1] not in ESCAPES:
                    fault(number, "an escape that there is not")
                value += ESCAPES[text[at]]
            else:
                value += text[at]
            at += 1
        if name[0] in labels or name[0].startswith("__"):
            fault(number, f"label {name[0]} twice, or reserved")
        labels[name[0]] = value
        if text[at + 1:at + 2] == ",":
            text = text[at + 2:]
        elif text[at + 1:at + 3] == "} ":
            return labels, text[at + 3:]
        else:
            fault(number, "neither , nor } after a label")


def parse(text):
    families, series, family, helped = {}, {}, None, None
    if not text.endswith("\n"):
        fault(0, "no line end at the end")
    for number, line in enumerate(text[:-1].split("\n"), 1):
        if line.startswith("# HELP "):
            helped = line.split(" ", 3)[2]
            if re.search(r"\\[^\\n]", line.replace("\\\\", "")):
                fault(number, "an escape in HELP that there is not")
        elif line.startswith("# TYPE "):
            _, _, family, kind = line.split(" ")
            if family != helped or family in families or kind != "gauge":
                fault(number, "TYPE without its HELP, twice, or of another kind")
            families[family] = 0
        else:
            name = NAME.match(line)
            if not name or name[0] != family:
                fault(number, "a sample outside its family")
            rest, labels = line[name.end():], {}
            if rest.startswith("{"):
                labels, rest = labels_of(number, rest[1:])
            elif rest.startswith(" "):
                rest = rest[1:]
            else:
                fault(number, "no value")
            if not VALUE.fullmatch(rest):
                fault(number, f"not a number alone (a timestamp?): {rest!r}")
            key = (family, tuple(sorted(labels.items())))
            if key in series:
                fault(number, "the same series twice")
            series[key] = rest
            families[family] += 1
    return series


def instant(text):
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def rows_of(section):
    """Each row of a section in -f json, as (what its labels may say, its numbers by column)."""
    if isinstance(section, list):
        return [(row, row) for row in section]
    if all(isinstance(value, dict) for value in section.values()) and section:
        return [({"": key}, row) for key, row in section.items()]
    return [({}, section)]


def fits(labels, names):
    """Words in parentheses stand for no name; a name that looks so is quoted."""
    if "" in names:
        return list(labels.values()) == [names[""]]
    return all(names.get(label) in (value, value[1:-1]) or
               names.get(label) is None and value.startswith("(")
               for label, value in labels.items())


def compare(series, report):
    """Every sample is a number of the report, and every number of a table a sample."""
    left = dict(series)
    for view, sections in report["views"].items():
        for name, section in sections.items():
            if name == "notes" or name in LISTS.get(view, ()) and isinstance(section, list):
                continue
            prefix = f"sla_{view}_" if view == name else f"sla_{view}_{name}_"
            for names, numbers in rows_of(section):
                compare_row(left, prefix, names, numbers)
    left = [key for key in left if not key[0].startswith("sla_report_")]
    if left:
        sys.exit(f"samples that -f json does not have: {left[:5]}")


def scale_of(family):
    """Shares and money are thousandths in -f json."""
    return 1000 if family.endswith("_ratio") or re.search("_money.*_cost", family) else 1


def compare_row(left, prefix, names, numbers):
    for column, value in numbers.items():
        family = (prefix + column).replace("-", "_")
        spellings = [family + unit for unit in ("", "_seconds", "_ratio", "_timestamp_seconds")]
        keys = [key for key in left if key[0] in spellings and fits(dict(key[1]), names)]
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}Z", value):
            value = instant(value)
        elif not isinstance(value, int):
            continue
        same = [key for key in keys if round(float(left[key]) * scale_of(key[0])) == value]
        if not same:
            sys.exit(f"{family} {names}: {value} has no sample")
        del left[same[0]]


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        series = parse(file.read())
    with open(sys.argv[2], encoding="utf-8") as file:
        compare(series, json.load(file))
    print("prometheus: sound, and the numbers of json")


main()
