/* Distances by place, editions of the forms structural and experience, as careers/distance.py computes them, in whole
   numbers. Needs roles-engine.js. For scripts of pages:

     const roles = rolegraph.openRoles(data)            // data of data/roles.js
     rolegraph.distance(roles, "structural@1", a, b)    // a, b: positions, such as roles.locateProfile("A.B.M3")
       -> {distance, band, components: {level, track, taxonomy}, reason, plain, notes, steps, truncation}

   distance is 0 to 1 with six digits, components are level steps before truncation, steps and truncation the same in
   thousandths of a step. Where the edition does not compare the two, distance and band are null and reason says why.
   rolegraph.openMeasure(roles, edition) gives the arithmetic itself; rolegraph.fixed(number, digits) writes a number as
   the command line does. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  const STEP = 1000, MICRO = 1000000;
  const BY_RANK = 0, BY_STAGE = 2;
  const FOCUS = 0, FUNCTION = 1, GROUP = 2, ELSEWHERE = 3;
  const APART = -1;

  /* A number with so many digits after the point, exact halves to the even digit. */
  rolegraph.fixed = function (number, digits) {
    const doubled = Math.abs(number) * 2 ** (digits + 1);
    if (doubled % 2 !== 1) return number.toFixed(digits);
    // An exact half: its digits are few enough to be counted exactly.
    const below = Math.floor(Math.abs(number) * 10 ** digits);
    const whole = below % 2 ? below + 1 : below;
    return (number < 0 ? "-" : "") + (whole / 10 ** digits).toFixed(digits);
  };

  /* Whole division that rounds halves up; exact where twice the dividend is a safe number. */
  function divide(dividend, divisor) {
    const sum = 2 * dividend + divisor;
    if (Number.isSafeInteger(sum)) return Math.floor(sum / (2 * divisor));
    return Number((2n * BigInt(dividend) + BigInt(divisor)) / (2n * BigInt(divisor)));
  }
  rolegraph.divide = divide;

  /* What two focuses share: focus, function, function group, or nothing. A function without a group shares none. */
  function relate(roles, focus, other) {
    if (focus === other) return FOCUS;
    const ours = roles.focusFunction[focus], theirs = roles.focusFunction[other];
    if (ours === theirs) return FUNCTION;
    const group = roles.functionGroup[ours];
    return group >= 0 && group === roles.functionGroup[theirs] ? GROUP : ELSEWHERE;
  }

  /* One edition over the levels of the roster. Tracks whose places are known by rank compare inside themselves only,
     and only where ranked is set, which is for moves. */
  class Measure {
    constructor(roles, edition, ranked) {
      const found = roles.readEdition(edition);
      if (!found || (found.form !== "structural" && found.form !== "experience")) {
        throw new rolegraph.RequestError(
          found ? edition + " (form " + found.form + ") is not measured here" : "there is no edition '" + edition + "'"
        );
      }
      const constants = found.constants;
      this.roles = roles;
      this.edition = edition;
      this.ranked = Boolean(ranked);
      this.taxonomy = [0, constants["same-function"], constants["same-group"], constants.elsewhere];
      this.track = constants.track;
      this.truncation = constants.truncation;
      this.confident = constants["band-confident"];
      this.review = constants["band-needs-review"];
      this.usesYears = found.form === "experience";
      const count = roles.levelCodes.length;
      this.stages = this.usesYears ? found.more.slice(0, count) : roles.levelRank.map((rank) => rank * STEP);
      this.method = this.usesYears ? found.more.slice(count) : roles.trackCodes.map(() => BY_RANK);
    }

    compares(level, other) {
      if (this.stages[level] < 0 || this.stages[other] < 0) return false;
      if (!this.usesYears) return true;
      const track = this.roles.levelTrack[level], otherTrack = this.roles.levelTrack[other];
      if (this.method[track] === BY_RANK) return this.ranked && track === otherTrack;
      return this.method[track] === this.method[otherTrack];
    }

    levelTerm(level, other) {
      return this.compares(level, other) ? Math.abs(this.stages[level] - this.stages[other]) : APART;
    }

    trackTerm(level, other) {
      return this.roles.levelTrack[level] === this.roles.levelTrack[other] ? 0 : this.track;
    }

    countSteps(level, other, relation) {
      return this.levelTerm(level, other) + this.trackTerm(level, other) + this.taxonomy[relation];
    }

    /* The distance in millionths. */
    scale(steps) { return divide(Math.min(steps, this.truncation) * MICRO, this.truncation); }

    judge(steps) {
      const cut = Math.min(steps, this.truncation);
      const band = cut <= this.confident ? "confident" : cut <= this.review ? "needs-review" : "no-match";
      return {distance: this.scale(cut) / MICRO, band};
    }

    /* Why two levels are not compared; null where they are. */
    explainApart(level, other) {
      if (this.compares(level, other)) return null;
      const roles = this.roles, tracks = new Set([roles.levelTrack[level], roles.levelTrack[other]]);
      const ranked = [...tracks].filter((track) => this.method[track] === BY_RANK);
      if (ranked.length) {
        const unknown = roles.usedLevels
          .filter((at) => ranked.includes(roles.levelTrack[at]) && (roles.yearsMin[at] < 0 || roles.yearsMax[at] < 0))
          .map((at) => roles.levelCodes[at]);
        return this.edition + " needs typical years, from and to, or a stage for every level in use; " +
          unknown.join(", ") + (unknown.length > 1 ? " lack" : " lacks") + " the years and not every level in use " +
          "has a stage: add them, or use structural@1";
      }
      return this.edition + " knows the stages of " + roles.levelCodes[level] + " and " + roles.levelCodes[other] +
        " in different ways, one from typical years and one as given, and does not mix them: give years or stages " +
        "for every level in use, or use structural@1";
    }
  }

  const opened = new WeakMap();

  rolegraph.openMeasure = function (roles, edition, ranked) {
    if (!opened.has(roles)) opened.set(roles, new Map());
    const known = opened.get(roles), key = edition + (ranked ? " ranked" : "");
    if (!known.has(key)) known.set(key, new Measure(roles, edition, ranked));
    return known.get(key);
  };

  rolegraph.relate = (roles, origin, destination) =>
    relate(roles, roles.profileFocus[origin], roles.profileFocus[destination]);

  rolegraph.distance = function (roles, edition, origin, destination) {
    const measure = rolegraph.openMeasure(roles, edition);
    const level = roles.profileLevel[origin], other = roles.profileLevel[destination];
    const reason = measure.explainApart(level, other);
    const answer = {distance: null, band: null, components: {}, reason, plain: null, notes: []};
    if (reason !== null) return answer;
    const relation = rolegraph.relate(roles, origin, destination);
    answer.steps = measure.countSteps(level, other, relation);
    answer.truncation = measure.truncation;
    Object.assign(answer, measure.judge(answer.steps));
    answer.components = {
      level: measure.levelTerm(level, other) / STEP,
      track: measure.trackTerm(level, other) / STEP,
      taxonomy: measure.taxonomy[relation] / STEP,
    };
    return answer;
  };

  Object.assign(rolegraph, {
    FOCUS, FUNCTION, GROUP, ELSEWHERE, BY_RANK, BY_YEARS: 1, BY_STAGE, STEP, MICRO,
  });
})();
