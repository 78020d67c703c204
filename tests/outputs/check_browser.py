#!/usr/bin/env python3
"""Opens HTML reports in headless Chromium, from the file, and checks what a reader would meet.

check_browser.py [--screenshots DIR] FILE...
"""
import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile

CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-default-apps", "--disable-extensions", "--hide-scrollbars",
            "--remote-debugging-pipe"]
PART = 1500  # pixels of a screenshot


class Browser:
    """Chromium's debugging protocol over two pipes: JSON texts, each ended by a NUL."""

    def __init__(self, profile):
        to_child, self.out = os.pipe()
        self.inn, from_child = os.pipe()

        def pipes():
            # The child reads from 3 and writes to 4, whatever numbers the pipes have here.
            reader, writer = os.dup(to_child), os.dup(from_child)
            high = max(reader, writer, 5) + 1
            os.dup2(reader, high)
            os.dup2(writer, high + 1)
            os.dup2(high, 3)
            os.dup2(high + 1, 4)

        self.process = subprocess.Popen(
            CHROMIUM + [f"--user-data-dir={profile}", "about:blank"], preexec_fn=pipes,
            close_fds=False, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        os.close(to_child)
        os.close(from_child)
        self.rest, self.number, self.events, self.session = b"", 0, [], None
        target = next(t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"],
                                 flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def read(self):
        while b"\0" not in self.rest:
            more = os.read(self.inn, 1 << 16)
            if not more:
                sys.exit("Chromium ended")
            self.rest += more
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.read())

    def open(self, path):
        self.events = []
        self.call("Page.navigate", url=pathlib.Path(path).resolve().as_uri())
        self.wait("Page.loadEventFired")

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            sys.exit(f"script of the check: {result['exceptionDetails']}")
        return result["result"].get("value")

    def size(self, width, height=900):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 600)

    def scheme(self, value):
        self.call("Emulation.setEmulatedMedia", media="",
                  features=[{"name": "prefers-color-scheme", "value": value}])

    def shoot(self, path):
        """The page in parts that are each as high as an eye takes in, the first ones of many."""
        height = self.evaluate("document.documentElement.scrollHeight")
        for part in range(min((height + PART - 1) // PART, 4)):
            clip = {"x": 0, "y": part * PART, "width": self.evaluate("innerWidth"),
                    "height": min(height - part * PART, PART), "scale": 1}
            data = self.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)["data"]
            with open(f"{path}-{part + 1}.png", "wb") as file:
                file.write(base64.b64decode(data))

    def close(self):
        self.process.terminate()
        self.process.wait()


# Everything that is wrong with the page, one line each.
CHECKS = r"""(() => {
  const faults = [], all = s => [...document.querySelectorAll(s)];
  const say = (what, e) => faults.push(what + (e ? ': ' + e.outerHTML.slice(0, 120) : ''));
  const shown = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
  if (!document.title.trim()) say('no title');
  if (document.documentElement.lang !== 'en') say('no lang');
  if (document.documentElement.scrollWidth > innerWidth)
    say('scrolls sideways: ' + document.documentElement.scrollWidth + ' > ' + innerWidth);
  for (const e of all('body *')) {
    const box = e.getBoundingClientRect();
    if (box.right > innerWidth + 1 && shown(e) && !e.closest('.scroll, nav ul, svg, .vh, .skip'))
      say('sticks out by ' + (box.right - innerWidth), e);
  }
  let level = 0;
  if (all('h1').length !== 1) say('not one h1');
  for (const h of all('h1,h2,h3,h4,h5,h6')) {
    const now = Number(h.tagName[1]);
    if (now > level + 1) say('a heading level is skipped', h);
    if (!h.textContent.trim()) say('an empty heading', h);
    level = now;
  }
  const ids = new Set();
  for (const e of all('[id]')) { if (ids.has(e.id)) say('an id twice', e); ids.add(e.id); }
  for (const a of all('a[href^="#"]')) if (!document.getElementById(a.hash.slice(1))) say('a link to nowhere', a);
  for (const a of all('[aria-labelledby]')) for (const id of a.getAttribute('aria-labelledby').split(' '))
    if (!document.getElementById(id) || !document.getElementById(id).textContent.trim()) say('a label is missing', a);
  for (const s of all('svg')) {
    if (s.parentElement.closest('svg') || s.getAttribute('aria-hidden') === 'true') continue;
    if (s.getAttribute('role') !== 'img' || !s.querySelector(':scope > title') || !s.querySelector(':scope > desc'))
      say('a picture without text', s);
  }
  for (const t of all('table')) {
    if (!t.caption || !t.caption.textContent.trim()) say('a table without caption', t);
    for (const h of t.querySelectorAll('th')) {
      if (!h.getAttribute('scope')) say('a heading without scope', h);
      if (!h.textContent.trim()) say('an empty heading', h);
    }
  }
  for (const e of all('img,iframe,object,embed,link,form,base')) say('an element that is not wanted', e);
  for (const e of all('*')) for (const a of e.attributes) if (/^on|^style$/.test(a.name)) say('an attribute that is not wanted', e);
  // Contrast, after WCAG 2: of every text against what is painted behind it.
  const parse = c => { const m = c.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const light = c => { const f = c.slice(0, 3).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * f[0] + .7152 * f[1] + .0722 * f[2]; };
  const over = (a, b) => a.slice(0, 3).map((v, i) => v * a[3] + b[i] * (1 - a[3])).concat(1);
  const back = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c[3] > 0) return c; } return [255, 255, 255, 1]; };
  const painted = t => { // what a text inside a picture lies on: the last shape that was drawn there
    const b = t.getBoundingClientRect(), x = b.left + b.width / 2, y = b.top + b.height / 2;
    let found = null;
    for (const r of t.ownerSVGElement.querySelectorAll('rect')) {
      if (r.compareDocumentPosition(t) & Node.DOCUMENT_POSITION_FOLLOWING) {
        const q = r.getBoundingClientRect();
        if (q.left <= x && x <= q.right && q.top <= y && y <= q.bottom) found = r;
      }
    }
    if (!found) return null;
    const c = parse(getComputedStyle(found).fill); c[3] *= Number(getComputedStyle(found).opacity);
    return over(c, back(t)); };
  let least = 99;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(e) || e.closest('script,style,.vh,.skip,title,desc')) continue;
    const style = getComputedStyle(e), svg = e.closest('svg');
    const fore = parse(svg ? style.fill : style.color), rear = (svg && painted(e)) || back(e);
    const a = light(over(fore, rear)), b = light(rear);
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    least = Math.min(least, ratio);
    if (ratio < 4.5) say('contrast ' + ratio.toFixed(2), e);
  }
  return {faults: [...new Set(faults)].slice(0, 30), least, pictures: all('svg[role=img]').length, tables: all('table').length};
})()"""

# A press on the first heading of numbers sorts the rows by them, down; another one up.
SORT = r"""(() => {
  const table = [...document.querySelectorAll('table.sort')].find(t => t.tBodies[0].rows.length > 2 && t.querySelector('th.n button'));
  if (!table) return 'no table to sort';
  const button = table.querySelector('th.n button'), i = button.parentElement.cellIndex;
  const read = () => [...table.tBodies[0].rows].map(r => r.cells[i].dataset.v).filter(v => v !== '').map(Number);
  button.click(); const down = read(); button.click(); const up = read();
  const sorted = [...up].sort((a, b) => a - b);
  return JSON.stringify(up) === JSON.stringify(sorted) && JSON.stringify(down) === JSON.stringify(sorted.reverse())
    && button.parentElement.getAttribute('aria-sort') === 'ascending' ? '' : 'sorting does not sort';
})()"""


def noise(browser):
    """What the console, the log and the network had to say: nothing but the file itself is loaded."""
    for event in browser.events:
        method, params = event.get("method"), event.get("params", {})
        if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
            yield f"{method}: {json.dumps(params)[:300]}"
        if method == "Network.requestWillBeSent" and not params["request"]["url"].startswith("file:"):
            yield f"loads {params['request']['url'][:100]}"


def check(browser, path, folder):
    faults, name, least = [], pathlib.Path(path).stem, 99
    for width, scheme in ((1280, "light"), (390, "light"), (1280, "dark"), (390, "dark")):
        browser.size(width)
        browser.scheme(scheme)
        browser.open(path)
        result = browser.evaluate(CHECKS)
        least = min(least, result["least"])
        faults += [f"{width} {scheme}: {fault}" for fault in result["faults"]]
        if folder:
            browser.shoot(f"{folder}/{name}-{width}-{scheme}")
        if width == 1280 and scheme == "light":
            sorting = browser.evaluate(SORT)
            faults += [sorting] if sorting else []
        faults += [f"{width} {scheme}: {what}" for what in noise(browser)]
    print(f"{name}: {result['pictures']} pictures, {result['tables']} tables, "
          f"least contrast {least:.1f}, {len(faults)} faults")
    for fault in faults:
        print("  " + fault)
    return not faults


def main():
    args, folder = sys.argv[1:], None
    if args[:1] == ["--screenshots"]:
        folder, args = args[1], args[2:]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        good = [check(browser, path, folder) for path in args]
        browser.close()
    sys.exit(0 if all(good) else 1)


main()
