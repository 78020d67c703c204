/* html_style.c: the style sheet and the script of the HTML report */
#include "report/format/html.h"

/*
 * Colours have one meaning: red is bad news, amber a warning, green good; all else is grey-blue. Text
 * has a contrast of at least 4.5 to 1 in both schemes. Paper is always light.
 */
static const char *const style[] = {
    ":root{color-scheme:light dark;--page:#f5f6f8;--card:#fff;--text:#1c2127;--soft:#545d68;",
    "--line:#d9dee4;--link:#0b5394;--bad:#b3261e;--warn:#7d5200;--good:#196b3a;",
    "--f-plain:#4a6785;--f-bad:#c5372c;--f-warn:#c98a12;--f-good:#2f8f55;--f-none:#e9ecf0;",
    "--on:#fff;--sans:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,",
    "\"Noto Sans\",\"Liberation Sans\",sans-serif}",
    "@media screen and (prefers-color-scheme:dark){:root{--page:#11151a;--card:#191f26;",
    "--text:#e7eaee;--soft:#a8b1bc;--line:#323b45;--link:#86bdf8;--bad:#ff9389;--warn:#efbc62;",
    "--good:#78d298;--f-plain:#7896b4;--f-bad:#e8685d;--f-warn:#d39c35;--f-good:#4fae74;",
    "--f-none:#2a323b;--on:#11151a}}",
    "*{box-sizing:border-box}",
    "html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}",
    "@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}",
    "body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 var(--sans);",
    "font-variant-numeric:tabular-nums;overflow-wrap:break-word}",
    "a{color:var(--link)}",
    ":focus-visible{outline:2px solid var(--link);outline-offset:2px}",
    ".skip{position:absolute;left:-999em}.skip:focus{left:1rem;top:1rem;z-index:2;",
    "background:var(--card);padding:.5rem 1rem}",
    ".vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);",
    "white-space:nowrap}",
    "header,main,footer,nav ul{max-width:70rem;margin:0 auto;padding:0 1.25rem}",
    "header{padding-top:2.25rem;padding-bottom:1.25rem}",
    "h1{font-size:1.75rem;line-height:1.2;margin:0;letter-spacing:-.01em}",
    "h2{font-size:1.35rem;line-height:1.25;margin:2.75rem 0 .75rem}",
    "h3{font-size:1rem;line-height:1.3;margin:0 0 .75rem}",
    "p{margin:.35rem 0}",
    ".soft,footer,.hash{color:var(--soft)}",
    ".hash{font-size:.8rem;overflow-wrap:anywhere}",
    "nav{position:sticky;top:0;z-index:1;background:var(--page);border-bottom:1px solid var(--line)}",
    "nav ul{display:flex;gap:0 1.25rem;list-style:none;overflow-x:auto;white-space:nowrap}",
    "nav a{display:block;padding:.6rem 0;text-decoration:none;font-size:.9rem}",
    "nav a:hover{text-decoration:underline}",
    "section[id]{scroll-margin-top:3.5rem}",
    ".tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;",
    "margin:1.5rem 0 0}",
    ".tiles div,.card{background:var(--card);border:1px solid var(--line);border-radius:6px}",
    ".tiles div{padding:.8rem 1rem;display:flex;flex-direction:column-reverse;",
    "justify-content:flex-end}",
    ".tiles dt{color:var(--soft);font-size:.85rem;line-height:1.3}",
    ".tiles dd{margin:0;font-size:1.9rem;line-height:1.2;font-weight:600;letter-spacing:-.02em}",
    ".card{padding:1.1rem 1.25rem;margin:0 0 1rem}",
    ".bad{color:var(--bad)}.warn{color:var(--warn)}.good{color:var(--good)}",
    "td.bad,td.warn,td.good,b{font-weight:600}",
    ".scroll{overflow-x:auto;margin:0 -1.25rem;padding:0 1.25rem}",
    "table{border-collapse:collapse;font-size:.9rem}",
    "table.wide{width:100%}",
    "caption{text-align:left}",
    "th,td{padding:.35rem .9rem .35rem 0;text-align:left;vertical-align:top;",
    "border-bottom:1px solid var(--line)}",
    "th:last-child,td:last-child{padding-right:0}",
    "tbody tr:last-child>*{border-bottom:0}",
    "thead th{color:var(--soft);font-weight:500;font-size:.82rem;vertical-align:bottom}",
    "tbody th{font-weight:400}",
    "td.x,th.x{min-width:9ch;overflow-wrap:anywhere}",
    "td.l{min-width:24ch}",
    ".n{text-align:right;white-space:nowrap}",
    ".i{padding-left:1.25em}",
    "th button{font:inherit;color:inherit;background:none;border:0;padding:0;margin:0;cursor:pointer;",
    "text-align:inherit}",
    "th button:hover{color:var(--text);text-decoration:underline}",
    "th[aria-sort=ascending] button::after{content:\" \\2191\"}",
    "th[aria-sort=descending] button::after{content:\" \\2193\"}",
    "svg.bar{display:block;width:9rem;height:.8rem;margin-top:.3rem}",
    "ol.list{list-style:none;margin:0;padding:0}",
    "ol.list>li{border-left:4px solid var(--f-none);padding:.1rem 0 .1rem .9rem;margin:0 0 1.1rem;",
    "overflow-wrap:anywhere}",
    "ol.list>li:last-child{margin:0}",
    "ol.list>li.bad{border-color:var(--f-bad);color:inherit}",
    "ol.list>li.warn{border-color:var(--f-warn);color:inherit}",
    ".first{font-weight:600}",
    ".second{color:var(--soft);font-size:.88rem}",
    "figure{margin:0 0 1rem}",
    "figcaption,.note{color:var(--soft);font-size:.85rem}.note+.card{margin-top:.75rem}",
    ".scroll+h3{margin-top:1.6rem}",
    "svg.chart{display:block;overflow:visible}",
    "svg text{font:12px var(--sans);fill:var(--text);font-variant-numeric:tabular-nums}",
    "svg .r{text-anchor:end}svg .m{text-anchor:middle}",
    "svg .s{fill:var(--soft);font-size:11px}",
    "svg .o{fill:var(--on);font-size:11px}svg .w{fill:#11151a}",
    "svg line{stroke:var(--line)}",
    ".k-none{fill:var(--f-none);background:var(--f-none)}",
    ".k-plain{fill:var(--f-plain);background:var(--f-plain)}",
    ".k-bad{fill:var(--f-bad);background:var(--f-bad)}",
    ".k-warn{fill:var(--f-warn);background:var(--f-warn)}",
    ".k-good{fill:var(--f-good);background:var(--f-good)}",
    ".s2{opacity:.72}.s3{opacity:.5}.s4{opacity:.32}.s5{opacity:.18}",
    "rect{stroke:var(--card);stroke-width:1px}",
    "rect.k-none{stroke:none}",
    "path.line{fill:none;stroke:var(--f-plain);stroke-width:2px;vector-effect:non-scaling-stroke}",
    "path.line.k-bad{stroke:var(--f-bad)}path.line.k-warn{stroke:var(--f-warn)}",
    "path.line.k-good{stroke:var(--f-good)}",
    "path.flow{stroke:none;opacity:.4}path.flow:hover{opacity:.8}",
    ".wide-only{display:none}",
    "@media (min-width:48rem){.wide-only{display:inline}.narrow-only{display:none}}",
    ".legend{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;list-style:none;margin:0 0 .6rem;",
    "padding:0;font-size:.85rem;color:var(--soft)}",
    ".legend i{display:inline-block;width:.75em;height:.75em;margin-right:.4em;border-radius:2px}",
    ".legend .k-none{box-shadow:inset 0 0 0 1px var(--soft)}",
    "details{margin-top:.75rem}summary{cursor:pointer;color:var(--soft);font-size:.85rem}",
    "footer{padding-top:1rem;padding-bottom:3rem;font-size:.85rem}",
    "@media screen and (min-width:60rem){section{display:grid;grid-template-columns:1fr 1fr;",
    "grid-auto-flow:dense;gap:0 1rem;align-items:start}section>*{grid-column:1/-1;min-width:0}",
    "section>.half{grid-column:auto}.facts{width:100%}}",
    "@media (max-width:30rem){body{font-size:16px}header{padding-top:1.5rem}",
    ".tiles{grid-template-columns:1fr 1fr}.tiles dd{font-size:1.6rem}.card{padding:1rem}",
    ".scroll{margin:0 -1rem;padding:0 1rem}svg.bar{width:5rem}}",
    "@page{size:A4;margin:14mm}",
    "@media print{:root{--page:#fff}body{font-size:9.5pt}nav,.skip,details{display:none}",
    "header,main,footer{padding-left:0;padding-right:0;max-width:none}",
    "*{print-color-adjust:exact;-webkit-print-color-adjust:exact}",
    ".card{border:0;padding:0;margin:0 0 6mm}.scroll{overflow:visible;margin:0;padding:0}",
    "table{font-size:8.5pt}h2{break-after:avoid;margin-top:8mm}h3{break-after:avoid}",
    "tr,figure,ol.list>li,.tiles{break-inside:avoid}thead{display:table-header-group}}",
};

/* No variables, no grid: what mail programs understand. */
static const char *const mail_style[] = {
    "body{margin:0 auto;padding:16px;max-width:900px;color:#1c2127;background:#fff;",
    "font:15px/1.45 system-ui,-apple-system,\"Segoe UI\",Roboto,Arial,sans-serif}",
    "h1{font-size:24px;margin:0 0 4px}h2{font-size:19px;margin:28px 0 8px}",
    "h3{font-size:15px;margin:18px 0 6px}p{margin:4px 0}",
    ".soft,.hash,.second,.note,thead th,footer{color:#545d68}.hash,footer{font-size:12px}",
    ".vh,.skip,nav{display:none}",
    ".tiles{margin:14px 0 0}.tiles div{display:inline-block;vertical-align:top;width:150px;",
    "margin:0 8px 8px 0;padding:8px 10px;border:1px solid #d9dee4}",
    ".tiles dt{font-size:13px;color:#545d68}.tiles dd{margin:0;font-size:24px;font-weight:600}",
    ".bad{color:#b3261e}.warn{color:#7d5200}.good{color:#196b3a}",
    "td.bad,td.warn,td.good{font-weight:600}",
    "table{border-collapse:collapse;font-size:14px}",
    "th,td{padding:4px 12px 4px 0;text-align:left;vertical-align:top;",
    "border-bottom:1px solid #d9dee4}",
    "tbody th,thead th{font-weight:400}.n{text-align:right;white-space:nowrap}.i{padding-left:18px}",
    "ol.list{list-style:none;margin:0;padding:0}",
    "ol.list li{border-left:4px solid #d9dee4;padding:2px 0 2px 12px;margin:0 0 14px;color:#1c2127}",
    "ol.list li.bad{border-color:#c5372c}ol.list li.warn{border-color:#c98a12}",
    ".first{font-weight:600}.second{font-size:13px}",
};

/* Headings of tables become buttons that sort by what the cells hold, not by how it is written. */
static const char *const script[] = {
    "'use strict';",
    "document.querySelectorAll('table.sort').forEach(function (table) {",
    "  var body = table.tBodies[0], heads = table.tHead.rows[0].cells;",
    "  function key(row, i) {",
    "    var v = row.cells[i].getAttribute('data-v');",
    "    return v === null ? row.cells[i].textContent : v === '' ? null : Number(v);",
    "  }",
    "  function compare(a, b) {",
    "    if (a === null || b === null) return (a === null) - (b === null);",
    "    return typeof a === 'number' ? a - b : a.localeCompare(b);",
    "  }",
    "  Array.prototype.forEach.call(heads, function (head, i) {",
    "    if (!head.textContent) return;",
    "    var button = document.createElement('button');",
    "    button.type = 'button';",
    "    while (head.firstChild) button.appendChild(head.firstChild);",
    "    head.appendChild(button);",
    "    button.addEventListener('click', function () {",
    "      var now = head.getAttribute('aria-sort');",
    "      var down = now ? now === 'ascending' : head.classList.contains('n');",
    "      Array.prototype.forEach.call(heads, function (h) { h.removeAttribute('aria-sort'); });",
    "      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');",
    "      Array.prototype.slice.call(body.rows).sort(function (a, b) {",
    "        var x = key(a, i), y = key(b, i), order = compare(x, y);",
    "        return down && x !== null && y !== null ? -order : order;",
    "      }).forEach(function (row) { body.appendChild(row); });",
    "    });",
    "  });",
    "});",
};

static void
add_lines(struct buf *out, const char *const *lines, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		buf_addf(out, "%s\n", lines[i]);
}

#define ADD_LINES(out, lines) add_lines(out, lines, sizeof(lines) / sizeof((lines)[0]))

void
html_style(struct buf *out, bool mail)
{
	if (mail)
		ADD_LINES(out, mail_style);
	else
		ADD_LINES(out, style);
}

void
html_script(struct buf *out)
{
	ADD_LINES(out, script);
}
