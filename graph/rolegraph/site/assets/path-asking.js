/* What the page of paths is asked, which stands in its address:

     path.html?from=A&to=B&by=moves&k=3&via=C,D&avoid=E&no=lateral&track=P&max-moves=5&max-jump=2&min-pay-ratio=0.95
               &similar=yes&allow-step-down=yes&any-rung=yes&edition=structural@1

   rolegraph.readAsked(search) -> a question of path-engine.js, but with roles and places as they are named (path-ends.js
   makes codes of them); rolegraph.writeAsked(question) -> the address without its path; rolegraph.writeCommand(question)
   -> the command that answers it. What is as always is left out. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var USUAL = { by: "effort", k: 1, edition: "experience@1", max_jump: 1 };
  var ENDS = [["from", "origin"], ["to", "destination"]];
  var PLACES = [["via", "via"], ["avoid", "avoid"]], WORDS = [["no", "no"], ["track", "tracks"]];
  var LISTS = PLACES.concat(WORDS);
  var NUMBERS = ["max_moves", "max_jump", "min_pay_ratio"];
  var SWITCHES = ["similar", "any_rung", "allow_step_down"];

  function spell(name) { return name.replace(/_/g, "-"); }

  function split(values) {
    return values.join(",").split(",").map(function (text) { return text.trim(); }).filter(Boolean);
  }

  rolegraph.readAsked = function (search) {
    var given = new URLSearchParams(search), asked = {};
    ENDS.concat(PLACES).forEach(function (pair) {
      asked[pair[1]] = given.getAll(pair[0]).map(function (text) { return text.trim(); }).filter(Boolean);
    });
    asked.no = split(given.getAll("no"));
    asked.tracks = split(given.getAll("track")).map(function (code) { return code.toUpperCase(); });
    NUMBERS.forEach(function (name) {
      var text = (given.get(spell(name)) || "").trim(), number = Number(text);
      asked[name] = text === "" || !Number.isFinite(number) ? null : name === "min_pay_ratio" ? number : Math.trunc(number);
    });
    if (asked.max_jump === null) asked.max_jump = USUAL.max_jump;
    SWITCHES.forEach(function (name) { asked[name] = given.get(spell(name)) === "yes"; });
    asked.by = given.get("by") || USUAL.by;
    asked.edition = given.get("edition") || USUAL.edition;
    asked.k = Math.trunc(Number(given.get("k") || USUAL.k)) || 0;
    return asked;
  };

  rolegraph.writeAsked = function (asked) {
    var parts = [];
    function add(name, value) { parts.push(name + "=" + value); }
    ENDS.concat(LISTS).forEach(function (pair) {
      var values = asked[pair[1]], written = values.map(encodeURIComponent);
      // A name that holds a comma stands alone, so that it stays whole.
      if (values.some(function (value) { return value.includes(","); })) written.forEach(function (value) { add(pair[0], value); });
      else if (written.length) add(pair[0], written.join(","));
    });
    ["by", "k", "edition"].forEach(function (name) {
      if (asked[name] !== USUAL[name]) add(name, encodeURIComponent(asked[name]).replace("%40", "@"));
    });
    NUMBERS.forEach(function (name) {
      if (asked[name] !== null && asked[name] !== USUAL[name]) add(spell(name), asked[name]);
    });
    SWITCHES.forEach(function (name) { if (asked[name]) add(spell(name), "yes"); });
    return parts.length ? "?" + parts.join("&") : "";
  };

  /* How many constraints are set. */
  rolegraph.countLimits = function (asked) {
    return asked.via.length + asked.avoid.length + asked.no.length + (asked.tracks.length ? 1 : 0) +
      NUMBERS.filter(function (name) { return asked[name] !== null && asked[name] !== USUAL[name]; }).length +
      (asked.allow_step_down ? 1 : 0) + (asked.any_rung ? 1 : 0);
  };

  rolegraph.writeCommand = function (asked) {
    var words = ["rolegraph", "path", asked.origin.join(","), asked.destination.join(",")];
    if (asked.k !== USUAL.k) words.push("-k", asked.k);
    if (asked.similar) words.push("--similar");
    if (asked.by !== USUAL.by) words.push("--by", asked.by);
    LISTS.forEach(function (pair) { asked[pair[1]].forEach(function (value) { words.push("--" + pair[0], value); }); });
    NUMBERS.forEach(function (name) {
      if (asked[name] !== null && asked[name] !== USUAL[name]) words.push("--" + spell(name), asked[name]);
    });
    ["any_rung", "allow_step_down"].forEach(function (name) { if (asked[name]) words.push("--" + spell(name)); });
    if (asked.edition !== USUAL.edition) words.push("--edition", asked.edition);
    return words.map(function (word) {
      return /^[\w.,@:+-]+$/.test(word) ? word : "'" + String(word).replace(/'/g, "'\\''") + "'";
    }).join(" ");
  };
})();
