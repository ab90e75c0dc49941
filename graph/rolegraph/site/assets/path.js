/* The page that plans career paths: what is asked stands in its address (path-asking.js), what is found is drawn by
   path-strip.js. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var root = document.getElementById("path");
  if (!root) return;
  var found = {}, choosers = {}, roles = null, moves = null, asked = null, turn = 0, pageTitle = document.title;
  root.querySelectorAll("[id]").forEach(function (element) { found[element.id] = element; });
  var SWITCHES = { similar: "similar", any_rung: "any-rung", allow_step_down: "allow-step-down" };
  var NUMBERS = { max_moves: "max-moves", max_jump: "max-jump", min_pay_ratio: "min-pay-ratio" };
  var ENDS = ["profile", "focus"], PLACES = ["profile", "focus", "function"];
  var CHOOSERS = { origin: ["from", ENDS, 3], destination: ["to", ENDS, 3], via: ["via", PLACES, 6], avoid: ["avoid", PLACES, 12] };

  function say(key, values) { return rolegraph.text("script-path." + key, values); }

  function list(name) {
    return Array.from(root.querySelectorAll('input[data-of="' + name + '"]'));
  }

  /* ---- The form ---- */

  function showAsked() {
    Object.keys(choosers).forEach(function (name) { choosers[name].set(asked[name]); });
    found.by.value = asked.by;
    if (!Array.from(found.k.options).some(function (option) { return Number(option.value) === asked.k; })) {
      found.k.add(new Option(asked.k, asked.k));
    }
    found.k.value = String(asked.k);
    found.similar.disabled = asked.k === 1;
    Object.keys(SWITCHES).forEach(function (name) { found[SWITCHES[name]].checked = asked[name]; });
    Object.keys(NUMBERS).forEach(function (name) {
      var usual = name === "max_jump" && asked[name] === 1;
      found[NUMBERS[name]].value = asked[name] === null || usual ? "" : asked[name];
    });
    list("no").forEach(function (box) { box.checked = asked.no.includes(box.value); });
    list("track").forEach(function (box) { box.checked = asked.tracks.includes(box.value); });
    if (found.edition) found.edition.value = asked.edition;
    var count = rolegraph.countLimits(asked);
    found["limits-count"].textContent = count ? say("limits", { count: count }) : "";
    found.free.disabled = !count;
  }

  function readForm() {
    var next = Object.assign({}, asked);
    function ticked(name) { return list(name).filter(function (box) { return box.checked; }).map(function (box) { return box.value; }); }
    next.by = found.by.value;
    next.k = Number(found.k.value);
    next.no = ticked("no");
    next.tracks = ticked("track");
    Object.keys(SWITCHES).forEach(function (name) { next[name] = found[SWITCHES[name]].checked; });
    Object.keys(NUMBERS).forEach(function (name) {
      var number = found[NUMBERS[name]].valueAsNumber;
      next[name] = Number.isNaN(number) ? (name === "max_jump" ? 1 : null) : name === "min_pay_ratio" ? number : Math.trunc(number);
    });
    if (found.edition) next.edition = found.edition.value;
    return next;
  }

  function free() {
    return Object.assign({}, asked, {
      via: [], avoid: [], no: [], tracks: [], max_moves: null, max_jump: 1, min_pay_ratio: null, allow_step_down: false, any_rung: false
    });
  }

  /* ---- Answers ---- */

  function clear(message) {
    found.answer.hidden = true;
    found.answer.replaceChildren();
    found.commands.hidden = true;
    found.told.textContent = message;
    found.told.classList.remove("note-warn");
    document.title = pageTitle;
    root.removeAttribute("aria-busy");
  }

  function fail(error) {
    var reason = error && error.message ? error.message : String(error);
    // The texts themselves may be what is missing.
    try { clear(say("failed", { reason: reason })); } catch (unsaid) { clear(reason); }
  }

  function refuse(error) {
    clear(say("wrong", { reason: rolegraph.show(error.message) }));
    found.told.classList.add("note-warn");
  }

  function nameEnds(codes) {
    return codes.map(function (code) {
      if (code.split(".").length === 3) return rolegraph.show(roles.titleAt(roles.findProfile(code)));
      return rolegraph.show(roles.focusLabels[roles.focusAt.get(code)]);
    }).join(say("separator"));
  }

  function tell(answer) {
    var ends = { origin: nameEnds(asked.origin), destination: nameEnds(asked.destination) };
    document.title = say("title", { origin: ends.origin, destination: ends.destination, page: pageTitle });
    if (!answer.paths.length) return rolegraph.show(answer.reason);
    var first = answer.paths[0], count = answer.paths.length;
    if (!first.moves.length) return say("same");
    var told = say("found", { count: count, origin: ends.origin, destination: ends.destination, totals: rolegraph.tellTotals(first) });
    return count < asked.k ? told + " " + say(asked.similar ? "fewer-similar" : "fewer") : told;
  }

  function draw(answer) {
    var drawn = rolegraph.drawPaths(answer, {
      pageOf: function (code) { return roles.pageOf(code); }, open: false, similar: asked.similar
    });
    found.answer.replaceChildren.apply(found.answer, drawn);
    found.answer.hidden = !drawn.length;
    if (answer.instead) {
      var take = rolegraph.make("a", "button no-print", say("take"));
      take.href = location.pathname + rolegraph.writeAsked(Object.assign({}, asked, answer.instead));
      found.answer.lastElementChild.querySelector("h2").after(take);
    }
    found.command.textContent = rolegraph.writeCommand(asked);
    found.commands.hidden = false;
    found.told.textContent = tell(answer);
    found.told.classList.toggle("note-warn", !answer.paths.length);
    root.removeAttribute("aria-busy");
  }

  function openMoves() {
    if (moves) return Promise.resolve();
    return rolegraph.need("moves").then(function (data) { moves = rolegraph.openMoves(roles, data); });
  }

  function answer(own) {
    return openMoves().then(function () {
      return own === turn ? rolegraph.findPaths(moves, asked) : null;
    }).catch(function (error) {
      if (!(error instanceof rolegraph.NeedFalls)) throw error;
      return rolegraph.need("moves-down").then(function (falls) {
        if (!moves.hasFalls) moves.addFalls(falls);
        return answer(own);
      });
    });
  }

  /* Answers what the address asks. */
  function run() {
    var own = turn += 1;
    asked = rolegraph.readAsked(location.search);
    showAsked();
    var lacks = [asked.origin.length > 0, asked.destination.length > 0];
    found.example.hidden = lacks[0] || lacks[1] || !found.example.firstElementChild;
    found.swap.disabled = !lacks[0] && !lacks[1];
    if (!lacks[0] || !lacks[1]) return clear(say(lacks[0] ? "no-to" : lacks[1] ? "no-from" : "neither"));
    root.setAttribute("aria-busy", "true");
    found.told.textContent = say(moves ? "searching" : "loading");
    // What is told is seen before the search begins.
    setTimeout(function () {
      if (own !== turn) return;
      answer(own).then(function (made) {
        if (own === turn && made) draw(made);
      }).catch(function (error) {
        if (own !== turn) return;
        if (error instanceof rolegraph.RequestError) refuse(error);
        else fail(error);
      });
    }, 20);
  }

  function go(next) {
    var place = location.pathname + rolegraph.writeAsked(next);
    if (place === location.pathname + location.search) return;
    history.pushState(null, "", place);
    run();
  }

  function copy() {
    function select() {
      getSelection().selectAllChildren(found.command);
      found.told.textContent = say("not-copied");
    }
    if (!navigator.clipboard) { select(); return; }
    navigator.clipboard.writeText(found.command.textContent).then(function () { found.told.textContent = say("copied"); }, select);
  }

  function start() {
    Object.keys(CHOOSERS).forEach(function (name) {
      var given = CHOOSERS[name];
      choosers[name] = rolegraph.choose(found[given[0]], {
        kinds: given[1], most: given[2], onchange: function (hits) {
          var change = {};
          change[name] = hits.map(function (hit) { return hit.code; });
          go(Object.assign(readForm(), change));
        }
      });
    });
    found.asking.addEventListener("submit", function (event) { event.preventDefault(); });
    found.asking.addEventListener("change", function (event) {
      if (event.target.closest(".chooser")) return;
      go(readForm());
    });
    found.swap.addEventListener("click", function () {
      go(Object.assign({}, asked, { origin: asked.destination, destination: asked.origin }));
    });
    found.free.addEventListener("click", function () { go(free()); });
    found.copy.addEventListener("click", copy);
    addEventListener("popstate", run);
    if (rolegraph.countLimits(rolegraph.readAsked(location.search))) found.limits.open = true;
    run();
  }

  root.hidden = false;
  rolegraph.need("texts").then(function () {
    found.told.textContent = say("loading");
    return rolegraph.need("roles");
  }).then(function (data) {
    roles = rolegraph.openRoles(data);
    start();
  }).catch(fail);
})();
