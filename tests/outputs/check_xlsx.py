#!/usr/bin/env python3
"""check_xlsx.py FILE JSON: the workbook is sound, holds no formula, and every number of the report JSON
stands in its sheet, in its place, with a format that shows what it is."""
import json
import re
import sys
import xml.etree.ElementTree as tree
import zipfile
from datetime import datetime

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
UNITS = {"#,##0": 1, "[h]:mm:ss": 86400, "0.0%": 1000, "+0.0%;-0.0%;0.0%": 1000, "0.00": 1000,
         "#,##0.00": 1000}


class Book:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        if self.zip.testzip():
            sys.exit("the archive is damaged")
        self.parts = {name: tree.fromstring(self.zip.read(name)) for name in self.zip.namelist()}
        self.strings = ["".join(t.text or "" for t in item.iter(MAIN + "t"))
                        for item in self.parts["xl/sharedStrings.xml"]]
        styles = self.parts["xl/styles.xml"]
        codes = {n.get("numFmtId"): n.get("formatCode") for n in styles.iter(MAIN + "numFmt")}
        codes.update({"3": "#,##0", "49": "@", "0": "General"})
        self.formats = [codes.get(xf.get("numFmtId"), "?")
                        for xf in styles.find(MAIN + "cellXfs")]
        relations = {r.get("Id"): r.get("Target") for r in self.parts["xl/_rels/workbook.xml.rels"]}
        self.sheets = {s.get("name"): self.parts["xl/" + relations[s.get(RELATION)]]
                       for s in self.parts["xl/workbook.xml"].iter(MAIN + "sheet")}

    def rows(self, name):
        """Rows of values; numbers become what -f json has: seconds, per mille, instants as text."""
        for row in self.sheets[name].iter(MAIN + "row"):
            cells = {}
            for cell in row:
                if cell.find(MAIN + "f") is not None:
                    sys.exit(f"{name}: a formula in {cell.get('r')}")
                value = cell.find(MAIN + "v")
                if value is not None:
                    column = re.match("[A-Z]+", cell.get("r"))[0]
                    cells[column] = self.value(cell, value.text)
            yield cells

    def value(self, cell, text):
        if cell.get("t") == "s":
            return self.strings[int(text)]
        code = self.formats[int(cell.get("s"))]
        if code in UNITS:
            return round(float(text) * UNITS[code])
        if code == "yyyy-mm-dd hh:mm":
            return round((float(text) - 25569) * 86400)
        sys.exit(f"a number in {cell.get('r')} has the format {code}")


def letters(n):
    text = ""
    while n >= 0:
        text, n = chr(65 + n % 26) + text, n // 26 - 1
    return text


def number(value):
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}Z", value):
        return int(datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp())
    return None


def rows_of(section):
    if isinstance(section, list):
        return [list(row.values()) for row in section]
    return [[key] + (list(row.values()) if isinstance(row, dict) else [row])
            for key, row in section.items()]


def main():
    book = Book(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        views = json.load(file)["views"]
    seen = {"report"}
    for view, sections in views.items():
        for name, section in sections.items():
            if name == "notes":
                continue
            sheet = (view if view == name else f"{view} {name}")[:31]
            seen.add(sheet)
            got, want = list(book.rows(sheet))[1:], rows_of(section)
            if len(got) != len(want):
                sys.exit(f"{sheet}: {len(got)} rows, not {len(want)}")
            for cells, values in zip(got, want):
                for i, value in enumerate(values):
                    cell = cells.get(letters(i))
                    if number(value) is not None and cell != number(value):
                        sys.exit(f"{sheet}: {cell} where json has {value}")
                    if isinstance(cell, int) and number(value) is None:
                        sys.exit(f"{sheet}: {cell} where json has no number")
            if book.sheets[sheet].find(f".//{MAIN}pane").get("state") != "frozen":
                sys.exit(f"{sheet}: the heading is not frozen")
    if set(book.sheets) != seen:
        sys.exit(f"sheets: {set(book.sheets) ^ seen}")
    print("xlsx: sound, and the numbers of json")


main()
