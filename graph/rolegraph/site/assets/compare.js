/* The page that compares roles: which ones are chosen stands in its address, ?keys=A,B and ?differences=yes beside it. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var root = document.getElementById("compare");
  if (!root) return;
  var found = {};
  ["add", "adding", "told", "problems", "example", "picked", "results", "differences", "hidden-rows", "to-path", "sides",
    "command", "copy"].forEach(function (id) { found[id] = document.getElementById(id); });
  var pageTitle = document.title, common = null, roles = null, drawn = 0, current = { codes: [], differences: false };

  function say(key, values) { return rolegraph.text("script-compare." + key, values); }
  function show(code) { return rolegraph.show(roles.titleAt(roles.findProfile(code))); }

  /* What the address asks for: the codes as they are written there, without blanks and empty ones. */
  function readAddress() {
    var asked = new URLSearchParams(location.search);
    var codes = asked.getAll("keys").join(",").split(",").map(function (code) { return code.trim(); });
    return { codes: codes.filter(Boolean), differences: asked.get("differences") === "yes" };
  }

  function writeAddress(state) {
    var parts = [];
    if (state.codes.length) parts.push("keys=" + state.codes.map(encodeURIComponent).join(","));
    if (state.differences) parts.push("differences=yes");
    return location.pathname + (parts.length ? "?" + parts.join("&") : "");
  }

  /* Of the codes asked for, those that can be compared, and in words what is wrong with the others. */
  function judge(asked) {
    var codes = [], problems = [], over = [];
    asked.forEach(function (given) {
      var code = given.toUpperCase(), at = roles.findProfile(code);
      if (at < 0) { problems.push({ text: say("unknown", { code: rolegraph.show(given.slice(0, 80)) }) }); return; }
      try { roles.locateProfile(code); } catch (error) {
        if (!(error instanceof rolegraph.RequestError)) throw error;
        var gone = roles.findRetirement("profile", at) || roles.findRetirement("focus", roles.profileFocus[at]);
        var next = gone && gone[1] && roles.findProfile(gone[1]) >= 0 ? gone[1] : null;
        problems.push({ text: say("retired", { reason: rolegraph.show(error.message) }), from: given, to: next });
        return;
      }
      if (codes.includes(code)) problems.push({ text: say("twice", { code: code }) });
      else if (codes.length === common.most) over.push(code);
      else codes.push(code);
    });
    if (over.length) problems.push({ text: say("most", { codes: over.join(", ") }) });
    return { codes: codes, problems: problems };
  }

  function tellProblems(problems, asked) {
    found.problems.replaceChildren.apply(found.problems, problems.map(function (problem) {
      var item = document.createElement("li");
      item.className = "note note-warn";
      item.textContent = problem.text;
      if (problem.to) {
        var link = document.createElement("a"), codes = asked.map(function (code) { return code === problem.from ? problem.to : code; });
        link.href = writeAddress({ codes: codes, differences: current.differences });
        link.textContent = say("successor", { code: problem.to });
        item.append(" ", link);
      }
      return item;
    }));
    found.problems.hidden = !problems.length;
  }

  function loadColumns(codes) {
    return Promise.all(codes.map(function (code) {
      return rolegraph.need(rolegraph.nameSides(common, code)).then(function (focus) { return rolegraph.makeColumn(code, focus); });
    }));
  }

  function drawTable(columns) {
    var rows = rolegraph.compare(common, columns, roles), same = rows.filter(function (row) { return row.same; }).length;
    var codes = columns.map(function (column) { return column.code; });
    var heads = columns.map(function (column) {
      var rung = column.focus.rungs[column.level];
      return { code: column.code, title: rung.title, href: rolegraph.root + "profile/" + rung.page + ".html" };
    });
    found.sides.replaceChildren(rolegraph.drawSides(rows, heads, common.names, {
      differences: current.differences, act: act, explain: rolegraph.root + "coordinates.html?from=" + codes[0] + "&to=" + codes[1]
    }));
    found["hidden-rows"].textContent = say(current.differences ? "hidden" : "alike", { count: same });
    found["to-path"].href = rolegraph.root + "path.html?from=" + codes[0] + "&to=" + codes[1];
    found.command.textContent = "rolegraph compare " + codes.join(" ") + (current.differences ? " --differences" : "");
    var titles = codes.map(show).join(say("separator"));
    document.title = say("title", { titles: titles, page: pageTitle });
    return say("told", { titles: titles, rows: rows.length, same: same });
  }

  /* One role alone stands in a list of its own until another stands beside it. */
  function drawPicked(codes) {
    found.picked.hidden = codes.length !== 1;
    found.picked.replaceChildren.apply(found.picked, codes.length !== 1 ? [] : [
      Object.assign(document.createElement("bdi"), { textContent: show(codes[0]) }), rolegraph.makeMover([show(codes[0])], 0, act)
    ]);
  }

  /* Draws what the address asks for; message is said before what there is to see. */
  function draw(message) {
    var asked = readAddress(), turn = ++drawn, judged = judge(asked.codes);
    current = { codes: judged.codes, differences: asked.differences };
    found.differences.checked = asked.differences;
    tellProblems(judged.problems, asked.codes);
    drawPicked(judged.codes);
    found.example.hidden = judged.codes.length > 0 || !found.example.firstElementChild;
    if (judged.codes.length < 2) {
      document.title = pageTitle;
      found.results.hidden = true;
      found.told.textContent = (message ? message + " " : "") +
        (judged.codes.length ? say("one", { title: show(judged.codes[0]) }) : say("none"));
      root.removeAttribute("aria-busy");
      return Promise.resolve();
    }
    root.setAttribute("aria-busy", "true");
    return loadColumns(judged.codes).then(function (columns) {
      // What was asked for meanwhile stands, not what was read later.
      if (turn !== drawn) return;
      var told = drawTable(columns);
      found.results.hidden = false;
      found.told.textContent = (message ? message + " " : "") + told;
      root.removeAttribute("aria-busy");
    }, fail);
  }

  function fail(error) {
    root.removeAttribute("aria-busy");
    found.results.hidden = true;
    // The texts themselves may be what is missing.
    try { found.told.textContent = say("failed", { reason: error.message }); } catch (unsaid) { found.told.textContent = error.message; }
  }

  function go(codes, differences, message) {
    history.pushState(null, "", writeAddress({ codes: codes, differences: differences }));
    return draw(message);
  }

  function add(hit) {
    var codes = current.codes, title = rolegraph.show(hit.label);
    if (codes.includes(hit.code)) { found.told.textContent = say("there", { title: title }); return; }
    if (codes.length >= common.most) { found.told.textContent = say("full", { title: title }); return; }
    go(codes.concat(hit.code), current.differences, say("added", { title: title }));
  }

  function act(what, at) {
    var codes = current.codes.slice(), code = codes[at], title = show(code), to = what === "left" ? at - 1 : at + 1;
    codes.splice(at, 1);
    if (what !== "remove") codes.splice(to, 0, code);
    var message = what === "remove" ? say("removed", { title: title }) : say("moved", { title: title, place: to + 1, number: codes.length });
    go(codes, current.differences, message).then(function () {
      // The keyboard stays with the role that was moved; where it cannot go on, at its other button.
      var buttons = what === "remove" ? [] : Array.from(found.sides.querySelectorAll('button[data-at="' + to + '"]'));
      var next = buttons.find(function (button) { return button.dataset.act === what && !button.disabled; }) ||
        buttons.find(function (button) { return !button.disabled; });
      (next || found.add).focus({ preventScroll: true });
    });
  }

  function copy() {
    function select() {
      getSelection().selectAllChildren(found.command);
      found.told.textContent = say("not-copied");
    }
    if (!navigator.clipboard) { select(); return; }
    navigator.clipboard.writeText(found.command.textContent).then(function () { found.told.textContent = say("copied"); }, select);
  }

  root.hidden = false;
  root.setAttribute("aria-busy", "true");
  rolegraph.need("texts").then(function () {
    found.told.textContent = say("loading");
    return Promise.all([rolegraph.need("sides"), rolegraph.need("roles")]);
  }).then(function (data) {
    common = data[0];
    roles = rolegraph.openRoles(data[1]);
    rolegraph.choose(found.add, { kinds: ["profile"], show: false, onpick: add });
    found.adding.addEventListener("submit", function (event) { event.preventDefault(); });
    found.differences.addEventListener("change", function () { go(current.codes, found.differences.checked); });
    found.copy.addEventListener("click", copy);
    addEventListener("popstate", function () { draw(); });
    return draw();
  }).catch(fail);
})();
