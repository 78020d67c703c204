#!/usr/bin/env python3
"""check_junit.py FILE: the counts of each suite are those of its cases."""
import sys
import xml.etree.ElementTree as tree

TAGS = ("testcase", "failure", "skipped")
for suite in tree.parse(sys.argv[1]).getroot():
    seen = {tag: sum(1 for _ in suite.iter(tag)) for tag in TAGS}
    said = [int(suite.get(name)) for name in ("tests", "failures", "skipped")]
    if list(seen.values()) != said or suite.get("errors") != "0":
        sys.exit(f"{suite.get('name')}: says {said}, holds {seen}")
print("junit: the counts are right")
