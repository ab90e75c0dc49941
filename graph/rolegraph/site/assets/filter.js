/* A field that shows only the rows with all of some words: <form class="filter" data-of="ID"> for the [data-row] within #ID.
   Rows of a [data-group] are found by the words of its [data-heading] too; a group without a row is hidden. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  function set(form) {
    var whole = document.getElementById(form.dataset.of);
    var input = form.querySelector("input"), output = form.querySelector("output");
    var rows = Array.from(whole.querySelectorAll("[data-row]"), function (row) {
      return {row: row, words: null, group: row.closest("[data-group]")};
    });
    function read(entry) {
      var heading = entry.group && entry.group.querySelector("[data-heading]");
      return rolegraph.folding.fold(entry.row.textContent + " " + (heading ? heading.textContent : ""));
    }
    function filter() {
      var words = input.value.split(/\s+/).map(rolegraph.folding.fold), shown = 0, groups = new Map();
      rows.forEach(function (entry) {
        if (entry.words === null) entry.words = read(entry);
        var seen = words.every(function (word) { return entry.words.indexOf(word) >= 0; });
        entry.row.hidden = !seen;
        if (seen) shown += 1;
        if (entry.group) groups.set(entry.group, groups.get(entry.group) || seen);
      });
      groups.forEach(function (seen, group) { group.hidden = !seen; });
      tell(shown);
    }
    function tell(shown) {
      output.textContent = form.dataset.told.replace("{shown}", shown.toLocaleString("en")).replace("{count}", rows.length.toLocaleString("en"));
    }
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    if (input.value) filter(); else tell(rows.length);
  }
  document.querySelectorAll("form.filter").forEach(set);
})();
