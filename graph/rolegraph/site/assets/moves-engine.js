/* Moves between roles: rolegraph.openMoves(roles, data, falls) of data/moves.js, and of data/moves-down.js where
   step-downs are allowed, gives the network that routes are searched in; each move is told as the command line tells
   it. The rules and their constants are those of careers/rules.py. Needs distance-engine.js. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  const {FOCUS, FUNCTION, ELSEWHERE, BY_RANK, BY_YEARS, STEP, MICRO} = rolegraph;
  const KINDS = ["promotion", "track-switch", "lateral", "function-change", "step-down"];
  const PROMOTION = 0, TRACK_SWITCH = 1, LATERAL = 2, FUNCTION_CHANGE = 3, STEP_DOWN = 4, JUMP = KINDS.length;
  const DISTANCE = "experience@1";
  const PER_LEVEL = 2;

  const nameKind = (kind) => (kind < JUMP ? KINDS[kind] : "promotion");
  const countRungs = (kind) => (kind === PROMOTION ? 1 : kind >= JUMP ? kind - JUMP + 2 : 0);

  /* ---- Rules ---- */

  const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

  function tellRungs(rise) {
    if (rise === 0) return "same level";
    const size = Math.abs(rise), word = size < NUMBERS.length ? NUMBERS[size] : String(size);
    return word + " level" + (size > 1 ? "s" : "") + (rise > 0 ? " up" : " down");
  }

  function tellStages(rise) {
    if (rise === 0) return "same career stage";
    return "career stage " + (rise > 0 ? "up " : "down ") + rolegraph.fixed(Math.abs(rise) / STEP, 2) + " steps";
  }

  class Rules {
    constructor(roles, edition) {
      this.roles = roles;
      this.edition = edition;
      this.constants = roles.readEdition(edition).constants;
      this.measure = rolegraph.openMeasure(roles, DISTANCE, true);
    }

    /* The kind of a move between two levels in one relation; null where there is no such move. */
    judge(level, other, relation) {
      const roles = this.roles;
      if (roles.levelTrack[level] !== roles.levelTrack[other]) {
        const fits = this.judgeCrossing(level, other);
        if (!fits) return fits === null ? null : STEP_DOWN;
        return relation === FOCUS ? TRACK_SWITCH : relation === FUNCTION ? LATERAL : FUNCTION_CHANGE;
      }
      const rise = roles.levelRung[other] - roles.levelRung[level];
      if (rise < 0) return STEP_DOWN;
      if (relation === FOCUS) return rise === 1 ? PROMOTION : rise ? JUMP + rise - 2 : null;
      if (relation === FUNCTION) return rise <= 1 ? LATERAL : null;
      return rise === 0 ? FUNCTION_CHANGE : null;
    }

    /* Whether a change of track lands: true; as a step-down: false; not at all: null. */
    judgeCrossing(level, other) {
      const measure = this.measure, roles = this.roles;
      if (!measure.compares(level, other)) return null;
      const rise = measure.stages[other] - measure.stages[level], most = this.constants["track-rise"];
      if (measure.method[roles.levelTrack[level]] !== BY_YEARS) return rise > most ? null : rise >= -most;
      const overlap = Math.min(roles.yearsMax[level], roles.yearsMax[other]) -
        Math.max(roles.yearsMin[level], roles.yearsMin[other]);
      if (overlap >= this.constants["overlap-years"]) return rise <= most ? true : null;
      return roles.yearsMax[other] <= roles.yearsMin[level] ? false : null;
    }

    findDirection(level, other) {
      const roles = this.roles, stages = this.measure.stages;
      const rise = roles.levelTrack[level] === roles.levelTrack[other]
        ? roles.levelRung[other] - roles.levelRung[level] : stages[other] - stages[level];
      return rise > 0 ? "up" : rise < 0 ? "down" : "level";
    }

    /* What a move changes, the furthest change first. */
    describeChanges(level, other, relation) {
      const roles = this.roles, changes = [], track = roles.levelTrack[level];
      if (relation !== FOCUS) changes.push(relation === FUNCTION ? "focus change" : "function change");
      if (track === roles.levelTrack[other]) {
        changes.push(tellRungs(roles.levelRung[other] - roles.levelRung[level]));
        if (this.measure.method[track] === BY_RANK) {
          changes.push("measured by rank: typical years are not known for every level of track " +
            roles.trackCodes[track]);
        }
      } else {
        changes.push("track change", tellStages(this.measure.stages[other] - this.measure.stages[level]));
      }
      return changes;
    }
  }

  /* ---- What a move rests on ---- */

  function isOneRecord(roles, origin, destination) {
    const focus = roles.profileFocus[origin];
    return focus === roles.profileFocus[destination] && roles.focusScope[focus] !== PER_LEVEL;
  }

  /* The destination's skills in the order of its focus, each with where the origin stands. */
  function listNeeds(roles, origin, destination) {
    const recorded = roles.profileSet[origin] >= 0;
    const apart = recorded && (origin === destination || !isOneRecord(roles, origin, destination));
    const uses = roles.usesOf(origin), needs = [];
    for (const [skill, {use, asked}] of roles.usesOf(destination)) {
      const shown = uses.get(skill);
      const known = shown ? shown.asked : null;
      let standing = "gain";
      if (!apart) standing = "unknown";
      else if (shown) standing = asked !== null && known !== null && asked > known ? "deepen" : "keep";
      needs.push({use, asked, known, shown: shown !== undefined, standing});
    }
    return needs;
  }

  function splitSkills(roles, origin, destination) {
    const split = {gain: [], deepen: [], keep: []}, steps = roles.proficiencyLabels;
    for (const need of listNeeds(roles, origin, destination)) {
      const label = roles.wordingOf(need.use);
      if (need.standing === "gain") split.gain.push(label + (need.asked === null ? "" : " (" + steps[need.asked] + ")"));
      if (need.standing === "deepen") split.deepen.push(label + ": " + steps[need.known] + " -> " + steps[need.asked]);
      if (need.standing === "keep") split.keep.push(label);
    }
    return split;
  }

  function tellYears(years) {
    const part = years % MICRO, whole = String((years - part) / MICRO);
    return part ? (whole + "." + String(part).padStart(6, "0")).replace(/0+$/, "") : whole;
  }

  function formatYears(low, high) {
    if (high < 0) return tellYears(low) + "+";
    return high === low ? tellYears(low) : tellYears(low) + "–" + tellYears(high);
  }

  /* By how much an amount changes, in per cent. */
  function tellChange(before, after) {
    if (before === after) return "same";
    if (!before) return "from nothing";
    const share = (after - before) * 100 / before, small = Math.abs(share) < 1;
    const number = rolegraph.fixed(Math.abs(share), small ? 1 : 0);
    const grouped = small ? number : number.replace(/\B(?=(\d{3})+$)/g, ",");
    return (share < 0 ? "-" : "+") + grouped + " %";
  }

  function listEvidence(roles, origin, destination) {
    const told = [], levels = [roles.profileLevel[origin], roles.profileLevel[destination]];
    if (levels[0] !== levels[1] && levels.some((level) => roles.yearsMin[level] >= 0)) {
      const years = levels.map((level) => (roles.yearsMin[level] < 0 ? "not recorded"
        : formatYears(roles.yearsMin[level], roles.yearsMax[level])));
      told.push("typical years " + years.join(" -> "));
    }
    if (roles.profileSet[destination] < 0) told.push("skills of the destination not recorded");
    else if (roles.profileSet[origin] < 0) told.push("skills of the origin not recorded");
    else if (isOneRecord(roles, origin, destination)) told.push("skills recorded for the whole focus, not per level");
    else {
      const needs = listNeeds(roles, origin, destination);
      told.push(needs.filter((need) => need.shown).length + " of " + needs.length + " skills shown by the origin");
    }
    const before = roles.payMedian[origin], after = roles.payMedian[destination];
    if (before < 0 || after < 0) {
      if (before >= 0 || after >= 0) {
        told.push("median pay of the " + (before < 0 ? "origin" : "destination") + " not recorded");
      }
    } else if (roles.payKind[origin] !== roles.payKind[destination]) {
      told.push("median pay in unlike currencies or periods");
    } else {
      const inherited = roles.payInherited[origin] || roles.payInherited[destination];
      told.push("median pay " + tellChange(before, after) + (inherited ? ", inherited from the function" : ""));
    }
    return told;
  }

  /* ---- The network ---- */

  const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const VALUES = new Uint8Array(128);
  for (let at = 0; at < SIGNS.length; at++) VALUES[SIGNS.charCodeAt(at)] = at;

  /* Little-endian whole numbers of a width, from base64. */
  function decode([width, text]) {
    const length = text.length / 4 * 3 - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0);
    const bytes = new Uint8Array(length);
    for (let at = 0, sign = 0; at < length; at += 3, sign += 4) {
      const four = VALUES[text.charCodeAt(sign)] << 18 | VALUES[text.charCodeAt(sign + 1)] << 12 |
        VALUES[text.charCodeAt(sign + 2)] << 6 | VALUES[text.charCodeAt(sign + 3)];
      bytes[at] = four >> 16;
      if (at + 1 < length) bytes[at + 1] = four >> 8;
      if (at + 2 < length) bytes[at + 2] = four;
    }
    const numbers = new Int32Array(length / width);
    for (let at = 0; at < numbers.length; at++) {
      for (let place = 0; place < width; place++) numbers[at] |= bytes[at * width + place] << 8 * place;
    }
    return numbers;
  }

  function unpack(data) {
    return {
      leaving: decode(data.leaving), destinations: decode(data.destinations),
      sorts: decode(data.sorts), triples: data.triples,
    };
  }

  /* Moves by the profile that they leave (from starts[profile] on) and by the one that they lead to (the numbers
     arrivals, from arrivalStarts[profile] on). Costs and skills are millionths. */
  class Network {
    constructor(roles, parts) {
      const size = roles.size;
      const count = parts.reduce((sum, part) => sum + part.destinations.length, 0);
      this.starts = new Int32Array(size + 1);
      this.arrivalStarts = new Int32Array(size + 1);
      for (const name of ["origins", "destinations", "costs", "skills", "kinds", "arrivals"]) {
        this[name] = new Int32Array(count);
      }
      const read = parts.map(() => 0);
      let move = 0;
      for (let origin = 0; origin < size; origin++) {
        this.starts[origin] = move;
        parts.forEach((part, at) => {
          for (let left = part.leaving[origin]; left > 0; left--, move++, read[at]++) {
            const sort = 3 * part.sorts[read[at]];
            this.origins[move] = origin;
            this.destinations[move] = part.destinations[read[at]];
            this.costs[move] = part.triples[sort];
            this.skills[move] = part.triples[sort + 1];
            this.kinds[move] = part.triples[sort + 2];
          }
        });
      }
      this.starts[size] = move;
      for (const end of this.destinations) this.arrivalStarts[end + 1]++;
      for (let at = 0; at < size; at++) this.arrivalStarts[at + 1] += this.arrivalStarts[at];
      const following = this.arrivalStarts.slice();
      this.destinations.forEach((end, number) => { this.arrivals[following[end]++] = number; });
    }
  }

  class Moves {
    constructor(roles, data, falls) {
      if (data.refusal) throw new rolegraph.RequestError(data.refusal);
      this.roles = roles;
      this.rules = new Rules(roles, data.edition);
      this.parts = [unpack(data)];
      this.hasFalls = false;
      this.made = {};
      if (falls) this.addFalls(falls);
    }

    /* Takes in data/moves-down.js. */
    addFalls(falls) {
      this.parts[1] = unpack(falls);
      this.hasFalls = true;
    }

    /* The network with or without step-downs; the former needs data/moves-down.js, which NeedFalls asks for. */
    network(allowStepDown) {
      if (allowStepDown && !this.hasFalls) throw new rolegraph.NeedFalls();
      const key = allowStepDown ? "falls" : "plain";
      if (!this.made[key]) this.made[key] = new Network(this.roles, allowStepDown ? this.parts : this.parts.slice(0, 1));
      return this.made[key];
    }

    /* The kind of the move between two profiles by the rules alone, kept or not, no jump; null where there is none. */
    judgeStep(origin, destination) {
      const roles = this.roles, relation = rolegraph.relate(roles, origin, destination);
      const kind = this.rules.judge(roles.profileLevel[origin], roles.profileLevel[destination], relation);
      if (kind === null || kind >= JUMP || origin === destination) return null;
      return relation === ELSEWHERE && !this.showsEnough(origin, destination) ? null : kind;
    }

    showsEnough(origin, destination) {
      const roles = this.roles, shown = roles.profileSet[origin], asked = roles.profileSet[destination];
      if (shown < 0 || asked < 0) return false;
      const known = new Set(roles.list("set.skills", shown)), wanted = roles.list("set.skills", asked);
      const shared = wanted.filter((skill) => known.has(skill)).length;
      return shared * MICRO >= this.rules.constants["skill-share"] * wanted.length;
    }

    /* A move as it is answered. */
    describe(origin, step, edition) {
      const roles = this.roles, rules = this.rules, destination = step.destination;
      const level = roles.profileLevel[origin], other = roles.profileLevel[destination];
      const compared = rolegraph.distance(roles, edition, origin, destination);
      const skills = splitSkills(roles, origin, destination);
      return {
        origin: roles.codeOf(origin),
        destination: roles.codeOf(destination),
        origin_title: roles.titleAt(origin),
        destination_title: roles.titleAt(destination),
        kind: nameKind(step.kind),
        direction: rules.findDirection(level, other),
        changes: rules.describeChanges(level, other, rolegraph.relate(roles, origin, destination)),
        cost: step.cost / MICRO,
        distance: compared.distance,
        band: compared.band,
        gain: skills.gain,
        keep: skills.keep,
        unknown: isOneRecord(roles, origin, destination) || roles.profileSet[origin] < 0 ||
          roles.profileSet[destination] < 0,
        deepen: skills.deepen,
        evidence: listEvidence(roles, origin, destination),
      };
    }
  }

  /* Thrown where an answer needs step-downs and data/moves-down.js has not been read. */
  rolegraph.NeedFalls = class NeedFalls extends Error {};

  rolegraph.openMoves = (roles, data, falls) => new Moves(roles, data, falls);

  Object.assign(rolegraph, {
    KINDS, TRACK_SWITCH, LATERAL, FUNCTION_CHANGE, STEP_DOWN, JUMP, nameKind, countRungs,
  });
})();
