/* The search field of every page, and the page of all hits. Needs combobox.js before it. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  /* Hits that the page shows; who has more adds words. */
  var MOST = 300;

  function find(text) {
    // Half of a pair of letters cannot be part of an address.
    return rolegraph.root + "search.html?q=" + encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, "\ufffd"));
  }

  function open(hit, event) {
    var place = rolegraph.root + hit.page;
    if (event && (event.ctrlKey || event.metaKey)) window.open(place, "_blank", "noopener");
    else location.assign(place);
  }

  function linkAll(text, count) {
    var link = rolegraph.make("a", "", rolegraph.text("script-search.all", {count: count}));
    link.href = find(text);
    // The field keeps the focus, so that leaving it does not close the list under the pointer.
    link.tabIndex = -1;
    return link;
  }

  function start(form) {
    var input = form.querySelector("input");
    var go = function (text) { if (text) location.assign(find(text)); };
    rolegraph.combobox(input, {onpick: open, onsubmit: go, foot: linkAll});
    // A form in a folder may not be sent.
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      go(input.value.trim());
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target.closest && event.target.closest("input, select, textarea, [contenteditable]")) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
  }

  /* All hits of search.html?q=... */
  function list(place) {
    var text = (new URLSearchParams(location.search).get("q") || "").trim().slice(0, 200);
    var note = place.querySelector("[role=status]"), hits = place.querySelector("ol");
    var field = document.querySelector("form.search input");
    rolegraph.openNames().then(function (search) {
      if (!text) {
        note.textContent = rolegraph.text("script-search.empty");
        return field.focus();
      }
      field.value = text;
      var answer = search.find(text, MOST), count = answer.hits.length + answer.more;
      note.textContent = count ? rolegraph.text("script-search.results", {
        hits: rolegraph.text("script-search.hits", {count: count}), text: rolegraph.show(text)
      }) : rolegraph.text("script-search.nothing", {text: rolegraph.show(text)}) + " " + rolegraph.text("script-search.try");
      if (answer.more) note.append(" ", rolegraph.text("script-search.kept", {found: count, shown: MOST}));
      var shared = rolegraph.findNamesakes(answer.hits);
      hits.append.apply(hits, answer.hits.map(function (hit, at) {
        var item = rolegraph.make("li", "hit"), parts = rolegraph.makeHit(text, hit, shared[at]), link = rolegraph.make("a", "hit-link");
        link.href = rolegraph.root + hit.page;
        link.append(parts[0]);
        item.append(link, " ", parts[2]);
        return item;
      }));
      hits.hidden = !answer.hits.length;
    }, function (fault) { note.textContent = fault.message; });
  }

  document.querySelectorAll("form.search").forEach(start);
  document.querySelectorAll("[data-hits]").forEach(list);
})();
