#!/usr/bin/env python3
"""check_html.py FILE: the page is well-formed, holds nothing but what the renderer writes, and its
Content-Security-Policy names the hashes of its style and script."""
import base64
import hashlib
import re
import sys
from html.parser import HTMLParser

VOID = {"meta"}
TAGS = {
    "html": {"lang"}, "head": set(), "title": {"id"}, "style": set(), "script": set(), "body": set(),
    "meta": {"charset", "http-equiv", "content", "name"}, "a": {"href", "class"}, "header": set(),
    "h1": set(), "h2": {"id"}, "h3": set(), "p": {"class"}, "time": {"datetime"}, "nav": {"aria-label"},
    "ul": {"class"}, "ol": {"class"}, "li": {"class"}, "i": {"class"}, "dl": {"class"}, "dt": set(),
    "dd": {"class"}, "main": {"id", "tabindex"}, "section": {"id", "aria-labelledby"},
    "div": {"class", "tabindex", "role", "aria-label"}, "table": {"class"}, "caption": {"class"},
    "thead": set(), "tbody": set(), "tr": set(), "th": {"scope", "class"}, "td": {"class", "data-v"},
    "span": {"class"}, "details": set(), "summary": set(), "figure": set(), "figcaption": set(),
    "footer": set(), "desc": {"id"},
    "svg": {"class", "role", "aria-labelledby", "aria-hidden", "width", "height", "x", "y", "viewBox",
            "preserveAspectRatio"},
    "rect": {"class", "x", "y", "width", "height"}, "circle": {"class", "r", "cx", "cy"},
    "line": {"class", "x1", "x2", "y1", "y2"}, "text": {"class", "x", "y"}, "path": {"class", "d"},
}
LOWER = {tag: {name.lower() for name in names} for tag, names in TAGS.items()}


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.stack, self.ids, self.raw, self.policy = [], set(), {}, None

    def fault(self, what):
        sys.exit(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if tag not in TAGS or len(set(names)) != len(names) or not set(names) <= LOWER[tag]:
            self.fault(f"<{tag} {names}> is not ours")
        for name, value in attrs:
            if name == "id" and value in self.ids:
                self.fault(f"id {value} twice")
            self.ids.update([value] if name == "id" else [])
            if name == "href" and not re.fullmatch(r"#[a-z-]+", value):
                self.fault(f"a link to {value}")
            if name == "content" and ("http-equiv", "Content-Security-Policy") in attrs:
                self.policy = value
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag in VOID or tag not in ("rect", "circle", "line", "path"):
            self.fault(f"<{tag}/>")
        self.stack.pop()

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.fault(f"</{tag}> closes something else")

    def handle_data(self, data):
        if self.stack and self.stack[-1] in ("style", "script"):
            self.raw[self.stack[-1]] = self.raw.get(self.stack[-1], "") + data
        elif re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]", data):
            self.fault(f"a byte that is not shown: {data!r}")

    def handle_comment(self, data):
        self.fault("a comment")

    def unknown_decl(self, data):
        self.fault("a declaration")

    handle_pi = unknown_decl


page = Page()
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    page.feed(file.read())
page.close()
if page.stack:
    sys.exit(f"not closed: {page.stack}")
for kind, text in page.raw.items():
    if re.search(r"https?:|@import|url\(|</", text):
        sys.exit(f"{kind} refers to something outside")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    if page.policy is not None and f"{kind}-src 'sha256-{digest}'" not in page.policy:
        sys.exit(f"the policy has no hash of the {kind}")
if page.policy is not None and not page.policy.startswith("default-src 'none'; "):
    sys.exit("the policy allows something by default")
print("html: sound" + (", under its policy" if page.policy else ""))
