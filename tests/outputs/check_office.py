#!/usr/bin/env python3
"""check_office.py FOLDER JSON: the sheets that LibreOffice has written to FOLDER as NAME-SHEET.csv show
the numbers of the report JSON, each in its place."""
import csv
import json
import pathlib
import re
import sys
from datetime import datetime, timezone

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def shown(text):
    """What a cell shows, as json has it (seconds, per mille, per thousand, instants), and how far it is
    rounded; None: no number."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", text):
        stamp = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=timezone.utc)
        return int(stamp.timestamp()), 59
    if re.fullmatch(r"\d+:\d\d:\d\d", text):
        hours, minutes, seconds = (int(part) for part in text.split(":"))
        return (hours * 60 + minutes) * 60 + seconds, 0
    if re.fullmatch(r"[+-]?\d+\.\d%", text):
        return round(float(text[:-1]) * 10), 0
    if re.fullmatch(r"-?\d{1,3}(,\d{3})*\.\d\d", text) or re.fullmatch(r"-?\d+\.\d\d", text):
        return round(float(text.replace(",", "")) * 1000), 5
    if re.fullmatch(r"-?\d{1,3}(,\d{3})*", text):
        return int(text.replace(",", "")), 0
    return None


def wanted(value):
    if isinstance(value, str) and INSTANT.fullmatch(value):
        return int(datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp())
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def same(cell, number):
    found = shown(cell)
    return found is not None and abs(found[0] - number) <= found[1]


def rows_of(section):
    if isinstance(section, list):
        return [list(row.values()) for row in section]
    return [[key] + (list(row.values()) if isinstance(row, dict) else [row])
            for key, row in section.items()]


def sheet_of(folder, name):
    found = [path for path in folder.glob("*.csv") if path.stem.split("-", 1)[1] == name]
    if len(found) != 1:
        sys.exit(f"{name}: {len(found)} sheets of that name")
    with open(found[0], encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def main():
    folder, numbers = pathlib.Path(sys.argv[1]), 0
    with open(sys.argv[2], encoding="utf-8") as file:
        views = json.load(file)["views"]
    for view, sections in views.items():
        for name, section in sections.items():
            if name == "notes":
                continue
            sheet = (view if view == name else f"{view} {name}")[:31]
            got, want = sheet_of(folder, sheet), rows_of(section)
            if len(got) != len(want):
                sys.exit(f"{sheet}: {len(got)} rows, not {len(want)}")
            for cells, values in zip(got, want):
                for cell, value in zip(cells, values):
                    number = wanted(value)
                    if number is not None and not same(cell, number):
                        sys.exit(f"{sheet}: {cell} where json has {value}")
                    numbers += number is not None
    print(f"office: {numbers} numbers as json has them")


main()
