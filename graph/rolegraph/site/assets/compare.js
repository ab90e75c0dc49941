/* The page that compares roles: which ones are chosen stands in its address, ?keys=A,B and ?differences=yes beside it.
   Job codes, titles and aliases are taken, too; the address then shows the codes that they stand for. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var root = document.getElementById("compare");
  if (!root) return;
  /* How many roles of one name are offered. */
  var CANDIDATES = 10;
  /* How many of the things that are wrong are told, and of the roles that find no room; of the others, their number. */
  var MOST_TOLD = 5;
  var found = {};
  ["add", "adding", "told", "problems", "example", "picked", "results", "differences", "hidden-rows", "to-path", "sides",
    "command", "copy"].forEach(function (id) { found[id] = document.getElementById(id); });
  var pageTitle = document.title, common = null, roles = null, naming = null, drawn = 0, current = { codes: [], differences: false };

  function say(key, values) { return rolegraph.text("script-compare." + key, values); }
  function show(code) { return rolegraph.show(roles.titleAt(roles.findProfile(code))); }

  /* What the address asks for: names of roles, parted by commas. */
  function readAddress() {
    var asked = new URLSearchParams(location.search);
    return { keys: asked.getAll("keys").join(","), differences: asked.get("differences") === "yes" };
  }

  /* The names asked for, each with the codes of the roles that it may mean: a promise. Names are read where not all are
     codes. */
  function readNames(keys) {
    var codes = keys.split(",").map(function (code) { return code.trim(); }).filter(Boolean);
    if (codes.every(function (code) { return roles.findProfile(code.toUpperCase()) >= 0; })) {
      return Promise.resolve(codes.map(function (code) { return { given: code, codes: [code.toUpperCase()] }; }));
    }
    return rolegraph.need("names").then(function (names) {
      naming = naming || rolegraph.openNaming(names);
      return naming.split(keys).map(function (given) { return { given: given, codes: naming.match(given) }; });
    });
  }

  /* What was asked for as the address keeps it: codes, and names that mean no role or several. */
  function listKeys(asked) {
    return asked.map(function (one) { return one.codes.length === 1 ? one.codes[0] : one.given; });
  }

  function writeAddress(state) {
    var parts = [];
    if (state.codes.length) parts.push("keys=" + state.codes.map(encodeURIComponent).join(","));
    if (state.differences) parts.push("differences=yes");
    return location.pathname + (parts.length ? "?" + parts.join("&") : "");
  }

  function judgeAmbiguous(one, place) {
    var count = one.codes.length;
    return {
      text: say("ambiguous", { text: rolegraph.show(one.given.slice(0, 80)), number: count }), place: place,
      choices: one.codes.slice(0, CANDIDATES).map(function (code) {
        return { code: code, words: say("candidate", { code: code, title: show(code) }) };
      }),
      more: count > CANDIDATES ? say("more", { count: count - CANDIDATES }) : ""
    };
  }

  function tellRest(all) { return all.length > MOST_TOLD ? say("rest", { count: all.length - MOST_TOLD }) : ""; }

  /* Of the roles asked for, the codes of those that can be compared, and in words what is wrong with the others. What is
     asked for again is judged once. */
  function judge(asked) {
    var codes = [], problems = [], over = [], times = new Map();
    asked.forEach(function (one, place) {
      var key = one.codes.length === 1 ? one.codes[0] : one.given.toUpperCase(), time = (times.get(key) || 0) + 1;
      times.set(key, time);
      if (time > 1) {
        if (time === 2 && codes.includes(key)) problems.push({ text: say("twice", { code: key }) });
        return;
      }
      if (!one.codes.length) { problems.push({ text: say("unknown", { code: rolegraph.show(one.given.slice(0, 80)) }) }); return; }
      if (one.codes.length > 1) { problems.push(judgeAmbiguous(one, place)); return; }
      var code = one.codes[0], at = roles.findProfile(code);
      try { roles.locateProfile(code); } catch (error) {
        if (!(error instanceof rolegraph.RequestError)) throw error;
        var gone = roles.findRetirement("profile", at) || roles.findRetirement("focus", roles.profileFocus[at]);
        var next = gone && gone[1] && roles.findProfile(gone[1]) >= 0 ? gone[1] : null;
        problems.push({
          text: say("retired", { reason: rolegraph.show(error.message) }), place: place,
          choices: next ? [{ code: next, words: say("successor", { code: next }) }] : []
        });
        return;
      }
      if (codes.length === common.most) over.push(code);
      else codes.push(code);
    });
    if (over.length) {
      var left = over.slice(0, MOST_TOLD).join(", "), rest = tellRest(over);
      // First, so that it is told however much else is wrong.
      problems.unshift({ text: say("most", { codes: rest ? left + " " + rest : left }) });
    }
    return { codes: codes, problems: problems };
  }

  /* The first of what is wrong, each with links to what may be meant instead, and how much more there is. */
  function tellProblems(problems, keys) {
    var rest = tellRest(problems), told = problems.slice(0, MOST_TOLD).concat(rest ? { text: rest } : []);
    found.problems.replaceChildren.apply(found.problems, told.map(function (problem) {
      var item = document.createElement("li");
      item.className = "note note-warn";
      item.textContent = problem.text;
      (problem.choices || []).forEach(function (choice, at) {
        var link = document.createElement("a");
        var codes = keys.map(function (key) { return key === keys[problem.place] ? choice.code : key; });
        link.href = writeAddress({ codes: Array.from(new Set(codes)), differences: current.differences });
        link.append(Object.assign(document.createElement("bdi"), { textContent: choice.words }));
        item.append(at ? say("separator") : " ", link);
      });
      if (problem.more) item.append(" ", problem.more);
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
    var asked = readAddress(), turn = ++drawn;
    root.setAttribute("aria-busy", "true");
    return readNames(asked.keys).then(function (names) {
      // What was asked for meanwhile stands, not what was read later.
      return turn === drawn ? drawAsked(names, asked, turn, message) : null;
    }).catch(fail);
  }

  function drawAsked(names, asked, turn, message) {
    var judged = judge(names), keys = listKeys(names);
    current = { codes: judged.codes, differences: asked.differences };
    if (names.some(function (one, at) { return one.given !== keys[at]; })) {
      history.replaceState(null, "", writeAddress({ codes: keys, differences: asked.differences }));
    }
    found.differences.checked = asked.differences;
    tellProblems(judged.problems, keys);
    drawPicked(judged.codes);
    found.example.hidden = judged.codes.length > 0 || !found.example.firstElementChild;
    if (judged.codes.length < 2) {
      document.title = pageTitle;
      found.results.hidden = true;
      found.told.textContent = (message ? message + " " : "") +
        (judged.codes.length ? say("one", { title: show(judged.codes[0]) }) : say("none"));
      root.removeAttribute("aria-busy");
      return null;
    }
    return loadColumns(judged.codes).then(function (columns) {
      if (turn !== drawn) return;
      var told = drawTable(columns);
      found.results.hidden = false;
      found.told.textContent = (message ? message + " " : "") + told;
      root.removeAttribute("aria-busy");
    });
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
