/* The page that explains coordinates: works out any pair of roles that is chosen, or that stands in its address as
   ?from=A&to=B. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var works = document.getElementById("works");
  if (!works) return;
  var found = {}, SVG = "http://www.w3.org/2000/svg", pageTitle = document.title, roles = null, reading = null, turn = 0;
  ["choosing", "from", "to", "told", "ends", "command", "others"].forEach(function (id) { found[id] = document.getElementById(id); });
  var first = { from: found.ends.dataset.from, to: found.ends.dataset.to }, pair = Object.assign({}, first);
  var drawnFirst = [Array.from(works.childNodes), Array.from(found.ends.childNodes)];

  function say(key, values) { return rolegraph.text("script-coordinates." + key, values); }
  function make(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }
  function trace(name, given, text) {
    var element = document.createElementNS(SVG, name);
    Object.keys(given).forEach(function (key) { element.setAttribute(key, given[key]); });
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function drawParts(one) {
    var figure = make("figure", "figure parts"), bottom = 44 + 24 * one.parts.length;
    var svg = trace("svg", { viewBox: "0 0 400 " + (bottom + 2), role: "img", "aria-label": say("picture", { line: one.line }) });
    one.limits.forEach(function (limit, place) {
      // The nearest limit is named lowest, so that no line runs through a name.
      var at = one.limits.length - 1 - place;
      svg.append(trace("line", { "class": "limit", x1: limit[1], x2: limit[1], y1: 6 + 12 * at, y2: bottom }),
        trace("text", { "class": "limit-name", x: limit[1] - 4, y: 10 + 12 * at }, say("limit-" + limit[0], { limit: limit[2] })));
    });
    one.parts.forEach(function (part, at) {
      var wide = Math.max(part[2], 2);
      svg.append(trace("text", { "class": "part-name", x: 0, y: 58 + 24 * at }, say("part-" + part[0])),
        trace("rect", { "class": "part part-" + part[0], x: part[1], y: 46 + 24 * at, width: wide, height: 16, rx: 2 }),
        trace("text", { "class": "part-number", x: part[1] + wide + 5, y: 58 + 24 * at }, part[3]));
    });
    figure.append(svg);
    return figure;
  }

  function drawWork(one, number) {
    var section = make("section", "worked card"), head = make("h3", "", one.edition);
    head.id = "worked-" + number;
    section.setAttribute("aria-labelledby", head.id);
    section.append(head);
    if (one.reason !== null) {
      section.append(make("p", "", say("apart", { reason: one.reason })));
      return section;
    }
    var words = { "confident": "near", "needs-review": "check", "no-match": "far" };
    var band = make("span", "band band-" + one.band, words[one.band] + " "), steps = make("ol", "steps"), line = make("p", "line");
    band.append(make("small", "", one.band));
    head.append(" ", make("span", "result", one.distance), " ", band);
    one.steps.forEach(function (step) { steps.append(make("li", "", say(step[0], step[1]))); });
    line.append(make("code", "", one.line));
    section.append(steps, drawParts(one), line);
    return section;
  }

  function title(code) { return rolegraph.show(roles.titleAt(roles.findProfile(code))); }

  function drawEnds(hits) {
    found.ends.replaceChildren();
    hits.forEach(function (hit, at) {
      var link = make("a"), sign = make("span", "", "↔");
      link.href = rolegraph.root + hit.page;
      link.append(make("bdi", "", rolegraph.show(hit.label)));
      sign.setAttribute("aria-hidden", "true");
      if (at) found.ends.append(" ", sign, " ");
      found.ends.append(link, " ", make("span", "code", hit.code));
    });
  }

  function drawPair() {
    var places = [pair.from, pair.to].map(function (code) { return roles.locateProfile(code); });
    var editions = works.dataset.editions.split(" ");
    var worked = editions.map(function (edition) { return rolegraph.workOut(roles, edition, places[0], places[1]); });
    works.replaceChildren.apply(works, worked.map(function (one, at) { return drawWork(one, at + 1); }));
    found.command.textContent = "rolegraph distance " + pair.from + " " + pair.to;
    if (found.others) found.others.hidden = pair.from !== first.from || pair.to !== first.to;
    var names = { from: title(pair.from), to: title(pair.to) };
    document.title = say("title", Object.assign({ page: pageTitle }, names));
    found.told.textContent = say("told", Object.assign(names, { numbers: worked.map(function (one) {
      return one.reason === null ? say("number", { distance: one.distance, edition: one.edition }) : say("no-number", { edition: one.edition });
    }).join(", ") }));
  }

  function read() {
    if (!reading) {
      reading = rolegraph.need("texts").then(function () {
        found.told.textContent = say("loading");
        return rolegraph.need("roles");
      }).then(function (data) { roles = rolegraph.openRoles(data); });
      reading.catch(function () { reading = null; });
    }
    return reading;
  }

  function fail(error) {
    works.removeAttribute("aria-busy");
    // The texts themselves may be what is missing.
    try { found.told.textContent = say("failed", { reason: error.message }); } catch (unsaid) { found.told.textContent = error.message; }
  }

  /* Shows a pair: what is not there or not in use is told, and the pair that stands is kept. */
  function show(from, to) {
    var now = ++turn;
    works.setAttribute("aria-busy", "true");
    return read().then(function () {
      var codes = [from.toUpperCase(), to.toUpperCase()];
      for (var at = 0; at < 2; at++) {
        if (roles.findProfile(codes[at]) < 0) return say("unknown", { code: rolegraph.show([from, to][at].slice(0, 80)) });
        try { roles.locateProfile(codes[at]); } catch (error) {
          if (!(error instanceof rolegraph.RequestError)) throw error;
          return say("refused", { reason: rolegraph.show(error.message) });
        }
      }
      return Promise.all(codes.map(function (code) { return rolegraph.findNamed(code); })).then(function (hits) {
        if (now !== turn) return null;
        pair = { from: codes[0], to: codes[1] };
        drawEnds(hits);
        drawPair();
        return null;
      });
    }).then(function (problem) {
      works.removeAttribute("aria-busy");
      if (problem) found.told.textContent = problem;
    }, fail);
  }

  function showFirst() {
    turn++;
    pair = Object.assign({}, first);
    works.replaceChildren.apply(works, drawnFirst[0]);
    found.ends.replaceChildren.apply(found.ends, drawnFirst[1]);
    found.command.textContent = "rolegraph distance " + pair.from + " " + pair.to;
    if (found.others) found.others.hidden = false;
    found.told.textContent = "";
    document.title = pageTitle;
  }

  function readAddress() {
    var asked = new URLSearchParams(location.search), from = asked.get("from"), to = asked.get("to");
    if (from || to) return show(from || first.from, to || first.to);
    showFirst();
  }

  function pick(end) {
    return function (hit) {
      var next = Object.assign({}, pair);
      next[end] = hit.code;
      history.pushState(null, "", location.pathname + "?from=" + encodeURIComponent(next.from) + "&to=" + encodeURIComponent(next.to));
      show(next.from, next.to);
    };
  }

  found.choosing.hidden = false;
  found.choosing.addEventListener("submit", function (event) { event.preventDefault(); });
  rolegraph.choose(found.from, { kinds: ["profile"], show: false, onpick: pick("from") });
  rolegraph.choose(found.to, { kinds: ["profile"], show: false, onpick: pick("to") });
  addEventListener("popstate", readAddress);
  if (location.search) readAddress();
})();
