/* From what people call a role, a focus or a function to its code, as careers/naming.py does it. Needs no page, and
   folding.js, naming-engine.js and roles-engine.js before it.

     var ends = rolegraph.openEnds(roles, names)   names is what data/names.js holds, or null: then codes alone are known
     ends.findEnd(text), ends.findPlace(text)  ->  the code of a role or focus, of a function as well
     ends.findEnds(text), ends.findPlaces(text)  ->  codes; several parted by commas where the whole is no name

   What is wrong is a rolegraph.NamingError, a RequestError in the words of the command line (without its closest names),
   with kind, "unknown", "several" or "retired"; text, what was asked for; and codes: of the candidates, or the successor. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var CANDIDATES = 10;

  rolegraph.NamingError = class NamingError extends rolegraph.RequestError {
    constructor(message, kind, text, codes) {
      super(message);
      Object.assign(this, { kind: kind, text: text, codes: codes });
    }
  };

  /* Letter case, runs of white space and the length of a dash make no difference in a name. */
  function fold(text) {
    var plain = text.normalize("NFC").replace(/[\u2010-\u2014]/g, "-").split(/[\s\x1c-\x1f\x85]+/).filter(Boolean).join(" ");
    return rolegraph.folding.foldCase(plain);
  }

  /* A text in quotes as Python writes it. */
  function quote(text) {
    var sign = text.includes("'") && !text.includes('"') ? '"' : "'";
    var told = text.replace(/\\/g, "\\\\");
    return sign + (sign === "'" ? told.replace(/'/g, "\\'") : told) + sign;
  }

  function countMore(codes) { return codes.length > CANDIDATES ? " and " + (codes.length - CANDIDATES) + " more" : ""; }

  function Ends(roles, names) {
    this.roles = roles;
    this.profiles = names ? rolegraph.openNaming(names) : null;
    this.focuses = new Map();
    this.functions = new Map();
    function put(map, text, code) {
      var key = fold(text);
      map.set(key, (map.get(key) || []).concat(code));
    }
    if (!names) return;
    roles.focusLabels.forEach(function (label, at) { put(this.focuses, label, roles.focusCodes[at]); }, this);
    names.functions.forEach(function (row) { put(this.functions, row[1], row[0]); }, this);
  }

  Ends.prototype.matchProfiles = function (text) {
    var code = text.trim().toUpperCase();
    if (this.roles.findProfile(code) >= 0) return [code];
    return this.profiles ? this.profiles.match(text) : [];
  };

  /* The focuses that answer to a text; those in use, or the first of those that are retired. */
  Ends.prototype.matchFocuses = function (text) {
    var code = text.trim().toUpperCase(), roles = this.roles;
    if (roles.focusAt.has(code)) return [code];
    var found = this.focuses.get(fold(text)) || [];
    var active = found.filter(function (one) { return roles.findRetirement("focus", roles.focusAt.get(one)) === null; });
    return active.length ? active : found.slice(0, 1);
  };

  /* The title of a profile or the label of a focus. */
  Ends.prototype.titleOf = function (code) {
    var roles = this.roles, focus = roles.focusAt.get(code);
    return focus === undefined ? roles.titleAt(roles.findProfile(code)) : roles.focusLabels[focus];
  };

  Ends.prototype.choose = function (text, codes) {
    var roles = this.roles, code = codes[0];
    if (codes.length > 1) {
      var told = codes.slice(0, CANDIDATES).map(function (one) { return one + " (" + this.titleOf(one) + ")"; }, this);
      throw new rolegraph.NamingError(
        quote(text) + " names " + codes.length + " things: " + told.join("; ") + countMore(codes) + "; give the code",
        "several", text, codes);
    }
    try {
      if (roles.focusAt.has(code)) roles.locateFocus(code);
      else roles.locateProfile(code);
    } catch (error) {
      if (!(error instanceof rolegraph.RequestError)) throw error;
      var successor = this.findSuccessor(code);
      throw new rolegraph.NamingError(error.message, "retired", text, successor ? [successor] : []);
    }
    return code;
  };

  /* What stands in for a retired profile or focus, if that is recorded. */
  Ends.prototype.findSuccessor = function (code) {
    var roles = this.roles, at = roles.findProfile(code);
    var gone = at < 0 ? roles.findRetirement("focus", roles.focusAt.get(code))
      : roles.findRetirement("profile", at) || roles.findRetirement("focus", roles.profileFocus[at]);
    return gone ? gone[1] : "";
  };

  /* A profile or focus; a name that a role shares with its own focus is the role's. */
  Ends.prototype.findEnd = function (text) {
    var code = text.trim().toUpperCase(), roles = this.roles;
    if (roles.focusAt.has(code)) return this.choose(text, [code]);
    var found = this.matchProfiles(text);
    if (found.length !== 1 || found[0] !== code) {
      var focuses = this.matchFocuses(text);
      var own = found.length === 1 && focuses.length === 1 && focuses[0] === found[0].slice(0, found[0].lastIndexOf("."));
      if (!own) found = found.concat(focuses);
    }
    if (found.length) return this.choose(text, found);
    var at = roles.functionCodes.indexOf(code);
    if (at < 0) throw new rolegraph.NamingError("there is no profile or focus " + quote(text), "unknown", text, []);
    var starts = roles.data["function.focuses:at"], members = roles.focusCodes.slice(starts[at], starts[at + 1]);
    throw new rolegraph.NamingError(
      code + " is a function, no profile or focus; its focuses are " + members.slice(0, CANDIDATES).join(", ") + countMore(members),
      "several", text, members);
  };

  /* A function, focus or profile; a function answers to its code, and to its label where nothing else is called so. */
  Ends.prototype.findPlace = function (text) {
    var code = text.trim().toUpperCase();
    if (this.roles.functionCodes.includes(code)) return code;
    try {
      return this.findEnd(text);
    } catch (error) {
      if (error.kind !== "unknown") throw error;
      var found = this.functions.get(fold(text)) || [];
      if (found.length === 1) return found[0];
      if (text.includes(".")) throw error;
      throw new rolegraph.NamingError("there is no function, focus or profile " + quote(text), "unknown", text, []);
    }
  };

  /* A name may hold a comma itself, so the whole text is tried first. */
  function findParts(text, find) {
    try {
      return [find(text)];
    } catch (error) {
      var parts = text.split(",").filter(function (part) { return part.trim(); });
      if (error.kind !== "unknown" || parts.length < 2) throw error;
      return Array.from(new Set(parts.map(find)));
    }
  }

  Ends.prototype.findEnds = function (text) { return findParts(text, this.findEnd.bind(this)); };
  Ends.prototype.findPlaces = function (text) { return findParts(text, this.findPlace.bind(this)); };

  rolegraph.openEnds = function (roles, names) { return new Ends(roles, names); };
})();
