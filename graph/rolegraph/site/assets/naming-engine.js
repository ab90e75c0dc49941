/* From what people call a role to its code, as the command line takes it (rolegraph/careers/naming.py): its code in any
   letter case, else the organisation's own job code, else its title, else one of its aliases. Letter case, runs of white
   space and the length of a dash do not matter. Needs no page, and folding.js before it.

     var naming = rolegraph.openNaming(names);     what data/names.js holds
     naming.match("shift lead")  ->  ["A.B.M1", "A.C.M1"]     codes, those of roles in use where there are some
     naming.split("CAKE-1,Baker, senior")  ->  ["CAKE-1", "Baker, senior"] */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  /* How many commas a name may hold and one. */
  var WIDEST = 6;
  var BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

  function fold(text) {
    var plain = text.normalize("NFC").replace(/[\u2010-\u2014]/g, "-").replace(BLANKS, " ").replace(/^ | $/g, "");
    return rolegraph.folding.foldCase(plain);
  }

  function Naming(data) {
    this.codes = new Set();
    this.jobCodes = new Map();
    this.titles = new Map();
    this.aliases = new Map();
    data.focuses.forEach(function (focus) {
      (focus[2] || []).forEach(function (row) {
        var role = {code: focus[0] + "." + row[0], retired: Boolean(row[5])};
        this.codes.add(role.code);
        if (row[2]) put(this.jobCodes, row[2], role);
        put(this.titles, row[1] || focus[1] + " — " + row[0], role);
        (row[3] || []).forEach(function (alias) { put(this.aliases, alias, role); }, this);
      }, this);
    }, this);
  }

  function put(names, text, role) {
    var folded = fold(text), roles = names.get(folded);
    if (!roles) names.set(folded, [role]);
    else if (!roles.includes(role)) roles.push(role);
  }

  /* The codes of what a text names; none where nothing is called so. */
  Naming.prototype.match = function (text) {
    var code = text.trim().toUpperCase(), wanted = fold(text);
    if (this.codes.has(code)) return [code];
    var found = this.jobCodes.get(wanted) || this.titles.get(wanted) || this.aliases.get(wanted) || [];
    var order = function (one, other) { return rolegraph.folding.compare(one.code, other.code); };
    var active = found.filter(function (role) { return !role.retired; });
    return (active.length ? active : found.slice().sort(order).slice(0, 1)).sort(order).map(function (role) { return role.code; });
  };

  /* Names that stand in a row, parted by commas, which a title may hold itself: the longest that names something counts. */
  Naming.prototype.split = function (text) {
    var parts = text.split(","), names = [];
    for (var at = 0; at < parts.length;) {
      var width = Math.min(WIDEST, parts.length - at);
      while (width > 1 && !this.match(parts.slice(at, at + width).join(",")).length) width -= 1;
      names.push(parts.slice(at, at + width).join(",").trim());
      at += width;
    }
    return names.filter(Boolean);
  };

  rolegraph.openNaming = function (data) { return new Naming(data); };
})();
