/* Draws the answers of path-engine.js: rolegraph.drawPaths(answer, options) -> elements. options: {pageOf(code), open
   (whether all moves are unfolded), similar, relaxed (what the nearest miss gives up, in words)}. A path is a strip of stops with the moves between them, and under it every
   move by itself. Nothing is told by colour or by a sign alone. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var make = rolegraph.make;
  var SIGNS = { up: "↗", level: "→", down: "↘" };

  function say(key, values) { return rolegraph.text("script-path." + key, values); }
  function name(text) { return make("bdi", "", rolegraph.show(text)); }

  function link(href, content, className) {
    var element = make("a", className || "");
    element.href = href;
    element.append(content);
    return element;
  }

  /* How long a path takes, as the command line says it; shortly under a head that says that these are years. */
  function tellYears(years, shortly) {
    if (!years) return say(shortly ? "years-unknown" : "years-unknown-told");
    if (years[1] === 0) return say(shortly ? "years-none" : "years-none-told");
    var values = { low: rolegraph.shortNumber(years[0]) };
    if (years[1] === null) return say(shortly ? "years-open" : "years-open-told", values);
    values.high = rolegraph.shortNumber(years[1]);
    return say(shortly ? "years" : "years-told", values);
  }

  /* The skills that are to be gained on a path, each once, and the number of moves of which they are not known. */
  function countGain(path) {
    var gain = new Set(), unknown = 0;
    path.moves.forEach(function (move) {
      move.gain.forEach(function (skill) { gain.add(skill); });
      if (move.unknown && !move.gain.length) unknown += 1;
    });
    return { gain: gain.size, unknown: unknown };
  }

  rolegraph.tellTotals = function (path) {
    var told = [say("moves-told", { count: path.moves.length }), say("cost-told", { cost: rolegraph.fixed(path.cost, 4) })];
    told.push(tellYears(path.years));
    return told.join(", ");
  };

  /* The sign and the words of a band. */
  function drawBand(move, edition) {
    if (move.distance === null) return make("span", "unrecorded", say("apart", { edition: edition }));
    var told = say("distance-told", { distance: rolegraph.fixed(move.distance, 4), edition: edition });
    if (!move.band) return make("span", "", told);
    var band = make("span", "band band-" + move.band, say("band-" + move.band) + " ");
    band.append(make("small", "", told));
    return band;
  }

  function drawKind(move) {
    var kind = make("span", "move-kind");
    var sign = make("span", "move-sign", SIGNS[move.direction] + " ");
    sign.setAttribute("aria-hidden", "true");
    kind.append(sign, say("kind-" + move.kind));
    return kind;
  }

  /* ---- The strip ---- */

  function drawStop(code, title, options, note) {
    var stop = make("div", "stop"), level = code.slice(code.lastIndexOf(".") + 1);
    var head = make("p", "stop-head");
    head.append(make("span", "stop-level", level));
    if (note) head.append(" ", make("span", "stop-note", note));
    stop.append(head, link(rolegraph.root + options.pageOf(code), name(title), "stop-title"), make("span", "code", code));
    return stop;
  }

  function drawStrip(path, label, options) {
    var strip = make("ol", "strip"), moves = path.moves, last = moves.length - 1;
    strip.setAttribute("aria-label", label);
    function add(move, stop) {
      var item = make("li", "strip-part" + (move ? " strip-" + move.direction : ""));
      if (move) {
        var arrow = make("p", "strip-move");
        arrow.append(drawKind(move), " ", make("span", "move-cost", say("cost-told", { cost: rolegraph.fixed(move.cost, 4) })));
        item.append(arrow);
      }
      item.append(stop);
      strip.append(item);
    }
    add(null, drawStop(moves[0].origin, moves[0].origin_title, options, say("start")));
    moves.forEach(function (move, at) {
      add(move, drawStop(move.destination, move.destination_title, options, at === last ? say("end") : ""));
    });
    return strip;
  }

  /* ---- Move by move ---- */

  function fact(list, term, content) {
    var row = make("div"), told = make("dd");
    told.append(content);
    row.append(make("dt", "", term), told);
    list.append(row);
  }

  function listTexts(texts, unknown) {
    if (unknown) return make("span", "unrecorded", say("unknown"));
    if (!texts.length) return say("no-skills");
    var list = make("ul", "skills");
    texts.forEach(function (text) {
      var item = make("li");
      item.append(name(text));
      list.append(item);
    });
    return list;
  }

  function drawMove(move, number, edition, options) {
    var fold = make("details", "fold move"), head = make("summary"), facts = make("dl", "facts");
    fold.open = options.open;
    var step = make("span", "move-name");
    var parts = say("step", { number: number, kind: say("kind-" + move.kind), title: "\u0000" }).split("\u0000");
    step.append(parts[0], name(move.destination_title), parts[1] || "");
    head.append(step, " ", drawBand(move, edition));
    fact(facts, say("changes"), move.changes.map(rolegraph.show).join(", "));
    fact(facts, say("cost"), rolegraph.fixed(move.cost, 4));
    fact(facts, say("distance"), drawBand(move, edition));
    fact(facts, say("gain"), listTexts(move.gain, move.unknown && !move.gain.length));
    if (move.deepen.length) fact(facts, say("deepen"), listTexts(move.deepen));
    if (!move.unknown || move.keep.length) fact(facts, say("keep"), listTexts(move.keep));
    fact(facts, say("evidence"), move.evidence.map(rolegraph.show).join("; "));
    fold.append(head, facts, link(rolegraph.root + "compare.html?keys=" + [move.origin, move.destination].map(encodeURIComponent).join(","),
      say("compare"), "small no-print"));
    return fold;
  }

  function drawTotals(path, by) {
    var facts = make("dl", "totals"), gained = countGain(path), learn = make("span", "", String(gained.gain));
    fact(facts, say("moves"), String(path.moves.length));
    fact(facts, say("cost"), rolegraph.fixed(path.cost, 4));
    fact(facts, say("years-head"), tellYears(path.years, true));
    if (gained.unknown) {
      learn.append(" ", make("small", "", say("gain-unknown", { unknown: gained.unknown, moves: say("moves-told", { count: path.moves.length }) })));
    }
    fact(facts, say("gain"), learn);
    if (by === "skills") {
      var shares = make("span", "", rolegraph.fixed(path.to_learn, 2) + " ");
      shares.append(make("small", "", say("shares-hint")));
      fact(facts, say("shares"), shares);
    }
    return facts;
  }

  /* One path as a section; title is its heading. */
  function drawPath(path, id, title, note, answer, options) {
    var section = make("section", "way card"), head = make("h2", "", title);
    section.id = id;
    head.id = id + "-title";
    section.setAttribute("aria-labelledby", head.id);
    if (note) head.append(" ", make("span", "count", note));
    section.append(head);
    if (!path.moves.length) {
      section.append(make("p", "", say("same")));
      return section;
    }
    // On paper these stay together.
    var top = make("div", "way-top");
    head.replaceWith(top);
    top.append(head, drawTotals(path, answer.by), drawStrip(path, say("strip", { name: title }), options));
    path.notes.forEach(function (text) { section.append(make("p", "note note-warn", rolegraph.show(text))); });
    var steps = make("div", "moves"), bar = make("div", "row moves-head"), all = make("button", "button-plain button-small no-print");
    var folds = path.moves.map(function (move, at) { return drawMove(move, at + 1, answer.edition, options); });
    function tellAll() { all.textContent = say(folds.every(function (fold) { return fold.open; }) ? "close-all" : "open-all"); }
    all.type = "button";
    all.addEventListener("click", function () {
      var open = !folds.every(function (fold) { return fold.open; });
      folds.forEach(function (fold) { fold.open = open; });
      tellAll();
    });
    folds.forEach(function (fold) { fold.addEventListener("toggle", tellAll); });
    tellAll();
    bar.append(make("h3", "", say("steps")), all);
    steps.append.apply(steps, [bar].concat(folds));
    var ends = [path.moves[0].origin, path.moves[path.moves.length - 1].destination];
    section.append(steps);
    if (path.moves.length > 1) {
      section.append(link(rolegraph.root + "compare.html?keys=" + ends.map(encodeURIComponent).join(","), say("compare-ends"), "small no-print"));
    }
    return section;
  }

  /* All paths beside each other, each with a way to where it is told. */
  function drawSide(answer) {
    var region = make("div", "table side-table"), table = make("table"), head = make("tr"), body = make("tbody");
    region.tabIndex = 0;
    region.setAttribute("role", "group");
    region.setAttribute("aria-label", say("side"));
    // The numbers first: in a narrow window these are what is seen.
    var columns = [["side-path"], ["moves", 1], ["cost", 1], ["years-head", 1], ["gain", 1], ["side-way"]];
    if (answer.by === "skills") columns.splice(4, 0, ["shares", 1]);
    columns.forEach(function (column) {
      var cell = make("th", column[1] ? "number" : "", say(column[0]));
      cell.scope = "col";
      head.append(cell);
    });
    answer.paths.forEach(function (path, at) {
      var row = make("tr"), first = make("th"), way = make("td", "side-way"), inner = path.moves.slice(0, -1);
      first.scope = "row";
      first.append(link("#way-" + (at + 1), say("path", { number: at + 1 })));
      if (!inner.length) way.append(say("side-straight"));
      inner.forEach(function (move, place) { way.append(place ? " · " : "", name(move.destination_title)); });
      var numbers = [path.moves.length, rolegraph.fixed(path.cost, 4), tellYears(path.years, true)];
      if (answer.by === "skills") numbers.push(rolegraph.fixed(path.to_learn, 2));
      numbers.push(countGain(path).gain);
      row.append(first);
      numbers.forEach(function (number) { row.append(make("td", "number", number)); });
      row.append(way);
      body.append(row);
    });
    var top = make("thead");
    top.append(head);
    table.append(top, body);
    region.append(table);
    return region;
  }

  rolegraph.drawPaths = function (answer, options) {
    var many = answer.paths.length > 1;
    var drawn = answer.paths.map(function (path, at) {
      var note = !many ? "" : say(at === 0 ? "best" : options.similar ? "next" : "other");
      return drawPath(path, "way-" + (at + 1), many ? say("path", { number: at + 1 }) : say("only"), note, answer, options);
    });
    if (many) drawn.unshift(drawSide(answer));
    if (answer.nearest_miss) {
      drawn.push(drawPath(answer.nearest_miss, "miss", say("miss", { relaxed: options.relaxed }), "", answer, options));
    }
    return drawn;
  };
})();
