"""How the page of findings looks, and the script that filters it."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --back: #f6f7f9; --paper: #fff; --ink: #1f2328; --soft: #57606a;
  --line: #d5dae0; --head: #eceff3; --link: #0b57a4;
  --violation: #a40e26; --warning: #7a4d00; --info: #0b4f8a;
  --violation-back: #fde9e8; --warning-back: #fff3d1; --info-back: #e6f0fb; }
@media (prefers-color-scheme: dark) {
  :root { --back: #14171c; --paper: #1b2027; --ink: #e6e9ee; --soft: #a3adba; --line: #363e49; --head: #252c35;
    --link: #8ec3ff; --violation: #ff9b94; --warning: #f3c661; --info: #8ec3ff;
    --violation-back: #3d1d1f; --warning-back: #382c11; --info-back: #182c43; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main, header, footer { max-width: 84rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2rem; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 .25rem; font-size: 1.35rem; }
h3 { margin: 1.5rem 0 .5rem; font-size: 1rem; overflow-wrap: anywhere; }
h3 .number, h2 .number { color: var(--soft); font-weight: 400; }
p { margin: .35rem 0; }
.about, footer { color: var(--soft); }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .75rem; margin: 1.25rem 0 0;
  padding: 0; list-style: none; }
.counts li { padding: .75rem 1rem; background: var(--paper); border: 1px solid var(--line);
  border-left: .35rem solid var(--mark); border-radius: .4rem; }
.counts b { font-size: 1.6rem; line-height: 1.2; margin-right: .35rem; font-variant-numeric: tabular-nums; }
.counts i { color: var(--mark); font-style: normal; margin-right: .5rem; }
.counts span { display: block; color: var(--soft); font-size: .9rem; }
.counts a { color: var(--mark); }
.violation { --mark: var(--violation); --mark-back: var(--violation-back); }
.warning { --mark: var(--warning); --mark-back: var(--warning-back); }
.info { --mark: var(--info); --mark-back: var(--info-back); }
.severity { display: inline-block; padding: 0 .5rem; border-radius: 1rem; background: var(--mark-back); color: var(--mark);
  font-weight: 600; font-size: .85rem; white-space: nowrap; }
.table { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: .4rem; }
.table:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; font-size: .93rem; }
th, td { padding: .5rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
thead th { background: var(--head); font-size: .85rem; }
tbody th { font-weight: 400; }
.findings table { table-layout: fixed; min-width: 58rem; }
.findings td, .findings th { overflow-wrap: anywhere; }
.place { width: 15%; } .about-what { width: 17%; } .message { width: 31%; } .remedy { width: 25%; } .rule { width: 12%; }
.findings tbody tr { border-left: .25rem solid var(--mark); }
.cell { display: block; color: var(--soft); font-size: .87rem; }
code { font: .87em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
td.quantity, th.quantity { text-align: right; font-variant-numeric: tabular-nums; width: 8rem; }
.none { margin: 2rem 0; padding: 1.25rem 1.5rem; background: var(--paper); border: 1px solid var(--line);
  border-radius: .4rem; font-size: 1.1rem; }
a { color: var(--link); }
form { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; margin: 1.5rem 0 0; padding: .75rem 1rem;
  background: var(--paper); border: 1px solid var(--line); border-radius: .4rem; }
form[hidden], [hidden] { display: none; }
form input[type=search] { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--soft);
  border-radius: .3rem; padding: .25rem .6rem; width: 20rem; max-width: 100%; }
output { color: var(--soft); }
footer { padding: 2rem 1.5rem 3rem; font-size: .9rem; }
@media print {
  :root { --back: #fff; --paper: #fff; --ink: #000; --soft: #333; --line: #999; --head: #eee; --link: #000;
    --violation: #a40e26; --warning: #7a4d00; --info: #0b4f8a; --violation-back: #fff; --warning-back: #fff;
    --info-back: #fff; }
  body { font-size: 9.5pt; }
  main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
  form { display: none; }
  .table { overflow: visible; border-radius: 0; }
  .findings table { min-width: 0; }
  tr, li { break-inside: avoid; } h2, h3 { break-after: avoid; } thead { display: table-header-group; }
}
@page { margin: 1.5cm; }
"""

SCRIPT: Final = """
(function () {
  var form = document.querySelector('form');
  if (!form) return;
  var rows = Array.prototype.slice.call(document.querySelectorAll('.findings tbody tr'));
  var texts = rows.map(function (row) {
    return (row.closest('.file').querySelector('h3').textContent + ' ' + row.textContent).toLowerCase();
  });
  var told = form.querySelector('output');
  function filter() {
    var words = form.words.value.toLowerCase().split(/\\s+/).filter(Boolean), shown = 0;
    var boxes = {};
    form.querySelectorAll('input[type=checkbox]').forEach(function (box) { boxes[box.value] = box.checked; });
    rows.forEach(function (row, number) {
      var seen = boxes[row.className] !== false && words.every(function (word) {
        return texts[number].indexOf(word) >= 0;
      });
      row.hidden = !seen;
      if (seen) shown += 1;
    });
    document.querySelectorAll('.file, .findings').forEach(function (part) {
      part.hidden = !part.querySelector('tbody tr:not([hidden])');
    });
    told.textContent = shown === rows.length ? 'all ' + rows.length + ' shown' : shown + ' of ' + rows.length + ' shown';
  }
  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  filter();
})();
"""
