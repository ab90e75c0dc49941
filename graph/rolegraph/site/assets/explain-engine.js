/* The arithmetic of a distance by place, step by step: rolegraph.workOut(roles, edition, origin, destination) gives what
   site/explaining.py gives, for positions of the roster that rolegraph.openRoles makes. Needs distance-engine.js.

     {edition, reason, distance, band, line, steps: [[KEY, VALUES]], parts: [[NAME, X, WIDTH, TEXT]], limits: [[NAME, X, TEXT]]}

   KEY is one of the texts script-coordinates; the numbers of parts and limits are units of the picture. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var RELATIONS = ["focus", "function", "group", "elsewhere"], LEFT = 66, WIDE = 284;

  function show(number, digits) { return number.toFixed(digits).replace(/0+$/, "").replace(/\.$/, ""); }
  function showSteps(steps) { return show(steps / rolegraph.STEP, 3); }
  function showYears(millionths) { return show(millionths / rolegraph.MICRO, 6); }

  function tellStage(roles, measure, level) {
    var code = roles.levelCodes[level], stage = showSteps(measure.stages[level]);
    if (measure.method[roles.levelTrack[level]] !== rolegraph.BY_YEARS) return ["stage-given", { level: code, stage: stage }];
    var low = roles.yearsMin[level], high = roles.yearsMax[level];
    return ["stage-years", {
      level: code, low: showYears(low), high: showYears(high), middle: show((low + high) / (2 * rolegraph.MICRO), 7),
      divisor: showYears(roles.readEdition(measure.edition).constants["stage-divisor"]), stage: stage
    }];
  }

  function tellLevel(roles, measure, level, other) {
    var codes = { a: roles.levelCodes[level], b: roles.levelCodes[other] }, term = showSteps(measure.levelTerm(level, other));
    if (!measure.usesYears) {
      return [["level-rank", Object.assign(codes, { first: String(roles.levelRank[level]), second: String(roles.levelRank[other]), term: term })]];
    }
    return (level === other ? [level] : [level, other]).map(function (at) { return tellStage(roles, measure, at); }).concat([
      ["level-stage", Object.assign(codes, { first: showSteps(measure.stages[level]), second: showSteps(measure.stages[other]), term: term })]
    ]);
  }

  function tellTrack(roles, measure, level, other) {
    var a = roles.trackCodes[roles.levelTrack[level]], b = roles.trackCodes[roles.levelTrack[other]];
    return a === b ? ["track-same", { a: a }] : ["track-other", { a: a, b: b, term: showSteps(measure.trackTerm(level, other)) }];
  }

  /* Each term begins where the one before ends; the longer of their sum and the truncation fills the width. */
  function layBar(measure, terms, total) {
    var cut = measure.truncation, whole = Math.max(total, cut), before = 0;
    function place(steps) { return Math.floor(steps * WIDE / whole); }
    var parts = Object.keys(terms).map(function (name) {
      var part = [name, LEFT + place(before), place(before + terms[name]) - place(before), showSteps(terms[name])];
      before += terms[name];
      return part;
    });
    parts.push(["total", LEFT, place(Math.min(total, cut)), showSteps(Math.min(total, cut))]);
    var limits = [["confident", measure.confident], ["needs-review", measure.review], ["no-match", cut]];
    return { parts: parts, limits: limits.map(function (one) { return [one[0], LEFT + place(one[1]), showSteps(one[1])]; }) };
  }

  rolegraph.workOut = function (roles, edition, origin, destination) {
    var measure = rolegraph.openMeasure(roles, edition), found = rolegraph.distance(roles, edition, origin, destination);
    if (found.distance === null) {
      return { edition: edition, reason: found.reason, distance: "", band: "", line: "", steps: [], parts: [], limits: [] };
    }
    var level = roles.profileLevel[origin], other = roles.profileLevel[destination];
    var relation = rolegraph.relate(roles, origin, destination), cut = measure.truncation;
    var terms = {
      level: measure.levelTerm(level, other), track: measure.trackTerm(level, other), taxonomy: measure.taxonomy[relation]
    };
    var total = terms.level + terms.track + terms.taxonomy, short = Math.min(total, cut), shown = rolegraph.fixed(found.distance, 4);
    var steps = tellLevel(roles, measure, level, other).concat([
      tellTrack(roles, measure, level, other),
      ["taxonomy-" + RELATIONS[relation], { term: showSteps(terms.taxonomy) }],
      ["sum", { sum: Object.values(terms).map(showSteps).join(" + "), total: showSteps(total) }]
    ], total > cut ? [["cut", { total: showSteps(total), cut: showSteps(cut) }]] : [], [
      ["divide", { total: showSteps(short), cut: showSteps(cut), distance: shown }],
      ["band-" + found.band, { near: showSteps(measure.confident), check: showSteps(measure.review) }]
    ]);
    var line = Object.keys(terms).map(function (name) { return name + " " + showSteps(terms[name]); }).join(" + ") +
      " = " + showSteps(total) + " level steps" + (total > cut ? ", cut off at " + showSteps(cut) : "") + "; " +
      showSteps(short) + " / " + showSteps(cut) + " = " + shown;
    return Object.assign({
      edition: edition, reason: null, distance: shown, band: found.band, line: line, steps: steps
    }, layBar(measure, terms, total));
  };
})();
