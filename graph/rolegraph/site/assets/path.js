/* The page that plans career paths: what is asked stands in its address (path-asking.js), what is found is drawn by
   path-strip.js. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var root = document.getElementById("path");
  if (!root) return;
  var found = {}, choosers = {}, roles = null, moves = null, asked = null, wrong = {}, turn = 0, pageTitle = document.title;
  root.querySelectorAll("[id]").forEach(function (element) { found[element.id] = element; });
  var SWITCHES = { similar: "similar", any_rung: "any-rung", allow_step_down: "allow-step-down" };
  var NUMBERS = { max_moves: "max-moves", max_jump: "max-jump", min_pay_ratio: "min-pay-ratio" };
  var ENDS = ["profile", "focus"], PLACES = ["profile", "focus", "function"];
  /* So many can be chosen for one thing; the address may name as many, and all are shown. */
  var MOST = 100;
  var CHOOSERS = { origin: ["from", ENDS, MOST], destination: ["to", ENDS, MOST], via: ["via", PLACES, MOST], avoid: ["avoid", PLACES, MOST] };

  function say(key, values) { return rolegraph.text("script-path." + key, values); }

  function list(name) {
    return Array.from(root.querySelectorAll('input[data-of="' + name + '"]'));
  }

  /* ---- The form ---- */

  function showAsked() {
    Object.keys(choosers).forEach(function (name) {
      var bad = wrong[name] || [];
      choosers[name].set(asked[name].filter(function (code) { return !isWrong(name, code); }));
      rolegraph.drawWrong(found[CHOOSERS[name][0]].parentElement, bad, function (text) {
        go(change(name, asked[name].filter(function (other) { return other !== text; })));
        found[CHOOSERS[name][0]].focus();
      });
    });
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

  function isWrong(name, text) {
    return (wrong[name] || []).some(function (entry) { return entry.text === text; });
  }

  function change(name, values) {
    var changed = {};
    changed[name] = values;
    return Object.assign(readForm(), changed);
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
      next[name] = !Number.isFinite(number) ? (name === "max_jump" ? 1 : null) : name === "min_pay_ratio" ? number : Math.trunc(number);
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
    found.mend.hidden = true;
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
    clear(say("wrong", { reason: rolegraph.show(rolegraph.wordReason(error.message, asked)) }));
    found.told.classList.add("note-warn");
  }

  /* What is asked for by names that are no use: what is wrong with each, and what could take its place. */
  function refuseNames() {
    var told = [];
    Object.keys(wrong).forEach(function (name) {
      wrong[name].forEach(function (entry) { told.push(entry.error.message); });
    });
    clear(say("wrong", { reason: rolegraph.show(Array.from(new Set(told)).join("; ")) }));
    found.told.classList.add("note-warn");
    rolegraph.drawMending(found.mend, wrong, function (name, text, code) {
      var values = asked[name].map(function (value) { return value === text ? code : value; });
      return location.pathname + rolegraph.writeAsked(change(name, values));
    });
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
    if (!answer.paths.length) return rolegraph.show(rolegraph.wordReason(answer.reason, asked));
    var first = answer.paths[0], count = answer.paths.length;
    if (!first.moves.length) return say("same");
    var told = say("found", { count: count, origin: ends.origin, destination: ends.destination, totals: rolegraph.tellTotals(first) });
    return count < asked.k ? told + " " + say(asked.similar ? "fewer-similar" : "fewer") : told;
  }

  /* On paper, where there is no form: what is asked for. */
  function drawAsked() {
    var told = rolegraph.make("div", "print-only"), limits = rolegraph.listLimits(asked);
    function name(codes) {
      return codes.map(function (code) { return nameEnds([code]) + " (" + code + ")"; }).join(say("separator"));
    }
    told.append(rolegraph.make("p", "", say("ends", { origin: name(asked.origin), destination: name(asked.destination) })));
    if (limits.length) told.append(rolegraph.make("p", "", say("limits-told", { limits: limits.join("; ") })));
    return told;
  }

  function draw(answer) {
    var relaxed = answer.relaxed === null ? "" : rolegraph.wordReason(answer.relaxed, asked);
    var drawn = rolegraph.drawPaths(answer, {
      pageOf: function (code) { return roles.pageOf(code); }, open: false, similar: asked.similar, relaxed: relaxed
    });
    if (drawn.length) drawn.unshift(drawAsked());
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

  /* Lets the page show what it says, then goes on. */
  function rest() {
    return new Promise(function (resolve) {
      var timer = setTimeout(resolve, 150);
      // Nothing is drawn in a window that is not seen; there the timer goes off.
      requestAnimationFrame(function () { clearTimeout(timer); setTimeout(resolve, 0); });
    });
  }

  /* The answer, found step by step so that the page stays at hand; null where something else is asked for meanwhile. */
  function search(own) {
    var steps = rolegraph.searchPaths(moves, asked);
    function step() {
      if (own !== turn) return null;
      var next = steps.next();
      if (next.done) return next.value;
      if (next.value === "absent") found.told.textContent = say("explaining");
      return rest().then(step);
    }
    return Promise.resolve().then(step);
  }

  function answer(own) {
    return openMoves().then(function () {
      if (own === turn) found.told.textContent = say("searching");
      return rest();
    }).then(function () { return search(own); }).catch(function (error) {
      if (!(error instanceof rolegraph.NeedFalls)) throw error;
      return rolegraph.need("moves-down").then(function (falls) {
        if (!moves.hasFalls) moves.addFalls(falls);
        return answer(own);
      });
    });
  }

  function showFound(own) {
    var lacks = [asked.origin.length > 0, asked.destination.length > 0];
    showAsked();
    found.example.hidden = lacks[0] || lacks[1] || !found.example.firstElementChild;
    found.swap.disabled = !lacks[0] && !lacks[1];
    if (Object.keys(wrong).length) return refuseNames();
    if (!lacks[0] || !lacks[1]) return clear(say(lacks[0] ? "no-to" : lacks[1] ? "no-from" : "neither"));
    found.told.textContent = say(moves ? "searching" : "loading");
    return answer(own).then(function (made) {
      if (own === turn && made) draw(made);
    });
  }

  /* Answers what the address asks. */
  function run() {
    var own = turn += 1;
    asked = rolegraph.readAsked(location.search);
    wrong = {};
    root.setAttribute("aria-busy", "true");
    found.mend.hidden = true;
    rolegraph.resolveAsked(roles, asked).then(function (made) {
      if (own !== turn) return null;
      asked = made.asked;
      wrong = made.wrong;
      return showFound(own);
    }).catch(function (error) {
      if (own !== turn) return;
      if (error instanceof rolegraph.RequestError) refuse(error);
      else fail(error);
    });
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

  /* Paper shows every move open. */
  function unfold() {
    found.answer.querySelectorAll("details:not([open])").forEach(function (fold) {
      fold.open = true;
      fold.dataset.printed = "yes";
    });
  }

  function foldAgain() {
    found.answer.querySelectorAll("details[data-printed]").forEach(function (fold) {
      fold.open = false;
      delete fold.dataset.printed;
    });
  }

  function start() {
    Object.keys(CHOOSERS).forEach(function (name) {
      var given = CHOOSERS[name];
      choosers[name] = rolegraph.choose(found[given[0]], {
        kinds: given[1], most: given[2], onchange: function (hits) {
          var codes = hits.map(function (hit) { return hit.code; });
          var bad = asked[name].filter(function (text) { return isWrong(name, text); });
          // One that is chosen takes the place of what was no use.
          go(change(name, codes.length + bad.length < asked[name].length ? codes.concat(bad) : codes));
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
    addEventListener("beforeprint", unfold);
    addEventListener("afterprint", foldAgain);
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
