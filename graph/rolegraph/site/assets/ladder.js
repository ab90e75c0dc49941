/* Stepping through the rungs of a ladder, by button, by key, and by the stairs; printing; the section one reads. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var stepper = document.querySelector("[data-ladder]");
  if (stepper) {
    var stairs = Array.prototype.slice.call(stepper.querySelectorAll(".stairs a"));
    var rungs = stairs.map(function (stair) { return document.getElementById(stair.hash.slice(1)); });
    var buttons = Array.prototype.slice.call(stepper.querySelectorAll("[data-step]"));
    var told = stepper.querySelector("[data-told]");
    /* The tracks stand one after the other; a step stays on its own. */
    var tracks = stairs.map(function (stair) { return stair.closest("ol"); });
    var at = Math.max(0, stairs.findIndex(function (stair) { return stair.classList.contains("own"); }));

    var neighbour = function (step) {
      return stairs[at + step] && tracks[at + step] === tracks[at] ? at + step : -1;
    };
    /* What is told of the rungs that are missing between two that are next to each other. */
    var listGaps = function (place, other) {
      var item = stairs[Math.min(place, other)].closest("li"), last = stairs[Math.max(place, other)].closest("li");
      var gaps = [];
      for (item = item.nextElementSibling; item && item !== last; item = item.nextElementSibling) {
        gaps.push(item.querySelector("[data-gap]").dataset.gap);
      }
      return place < other ? gaps : gaps.reverse();
    };
    var step = function (next) {
      show(next, false, Math.abs(next - at) === 1 ? listGaps(at, next) : []);
    };
    var mark = function () {
      stairs.forEach(function (stair, place) { stair.classList.toggle("open", place === at); });
      buttons.forEach(function (button) { button.disabled = neighbour(Number(button.dataset.step)) < 0; });
    };
    var show = function (place, silent, passed) {
      at = place;
      rungs.forEach(function (rung, other) { rung.open = other === place; });
      mark();
      if (silent) return;
      /* A rung that is missing is stepped over with a word, for the eye as well. */
      var parts = Array.prototype.slice.call(rungs[place].querySelectorAll("summary > :not(.rung-code)"));
      told.textContent = (passed || []).concat(parts.map(function (part) { return part.textContent; })).join(" ");
      told.classList.toggle("unseen", !(passed && passed.length));
    };

    buttons.forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        var next = neighbour(Number(button.dataset.step));
        if (next >= 0) step(next);
      });
    });
    stairs.forEach(function (stair, place) {
      stair.addEventListener("click", function () { show(place); });
    });
    stepper.addEventListener("keydown", function (event) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      var row = tracks[at], first = tracks.indexOf(row), last = tracks.lastIndexOf(row);
      var next = { ArrowUp: neighbour(1), ArrowRight: neighbour(1), ArrowDown: neighbour(-1), ArrowLeft: neighbour(-1), Home: first, End: last }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      if (next < 0 || next === at) return;
      step(next);
      /* The stair that has the keys goes along; a button keeps them. */
      if (stairs.indexOf(document.activeElement) >= 0) stairs[next].focus();
    });
    /* An address may name a rung. */
    var follow = function () {
      var place = rungs.findIndex(function (rung) { return "#" + rung.id === location.hash; });
      if (place >= 0 && !rungs[place].open) show(place, true);
    };
    window.addEventListener("hashchange", follow);
    mark();
    follow();
    /* Paper shows the rung of the role. */
    window.addEventListener("beforeprint", function () {
      rungs.forEach(function (rung) { if (rung.classList.contains("own")) rung.open = true; });
    });
  }

  var print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", function () { window.print(); });
  }

  var entries = Array.prototype.slice.call(document.querySelectorAll(".contents a"));
  if (entries.length && "IntersectionObserver" in window) {
    var seen = {};
    var observer = new IntersectionObserver(function (changes) {
      changes.forEach(function (change) { seen[change.target.id] = change.isIntersecting; });
      var current = entries.find(function (entry) { return seen[entry.hash.slice(1)]; });
      entries.forEach(function (entry) {
        if (entry === current) entry.setAttribute("aria-current", "true");
        else entry.removeAttribute("aria-current");
      });
    }, { rootMargin: "-10% 0px -70% 0px" });
    entries.forEach(function (entry) { observer.observe(document.getElementById(entry.hash.slice(1))); });
  }
})();
