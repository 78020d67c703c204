#!/usr/bin/env python3
"""check_mail.py FILE HTML TEXT: the mail has no defect; its parts go to HTML and TEXT, its headers to
standard output."""
import email
import email.policy
import re
import sys

with open(sys.argv[1], "rb") as file:
    raw = file.read()
for number, line in enumerate(raw.split(b"\n"), 1):
    if len(line) > 76 or re.search(rb"[^ -~]", line):
        sys.exit(f"line {number}: longer than 76 bytes, or not printable ASCII")
mail = email.message_from_bytes(raw, policy=email.policy.default.clone(raise_on_defect=True))
for part in mail.walk():
    if part.defects or any(value.defects for _, value in part.items()):
        sys.exit(f"defects: {part.defects} {[value.defects for _, value in part.items()]}")
    if len(set(name.lower() for name in part.keys())) != len(part.keys()):
        sys.exit("a header twice")
if mail.get_content_type() != "multipart/alternative":
    sys.exit("not multipart/alternative")
kinds = [part.get_content_type() for part in mail.iter_parts()]
if kinds != ["text/plain", "text/html"] or mail.preamble or mail.epilogue:
    sys.exit(f"parts: {kinds}")
for part, path in zip(mail.iter_parts(), (sys.argv[3], sys.argv[2])):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(part.get_content())
for name, value in mail.items():
    if name in ("From", "To"):
        print(f"{name}: {[(a.display_name, a.addr_spec) for a in value.addresses]}")
    elif name == "Content-Type":
        print("Content-Type: multipart/alternative")
    else:
        print(f"{name}: {value}")
