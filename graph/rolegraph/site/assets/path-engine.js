/* Career paths: rolegraph.findPaths(moves, asked) answers as `rolegraph path --format json` does, from openMoves of
   moves-engine.js. asked: {origin: [codes], destination: [codes], k, by, edition, similar, any_rung, via, avoid, no,
   tracks, max_moves, max_jump, min_pay_ratio, allow_step_down}, with codes for names; what is left out is as the
   command line has it. What is wrong is a rolegraph.RequestError, told as there. rolegraph.NeedFalls is thrown where
   the answer needs data/moves-down.js. Needs route-engine.js and obstacles-engine.js. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  const {KINDS, BY_RANK, MICRO} = rolegraph;
  const {Space, findBest, growTree, rankSimple, listRoutes, isSimple} = rolegraph.routes;
  const OBJECTIVES = ["effort", "moves", "years", "skills"];
  const MOST = 100;

  const FREE = {
    via: [], avoid: [], no: [], tracks: [],
    max_moves: null, max_jump: 1, min_pay_ratio: null, allow_step_down: false,
  };

  function refuse(message) { throw new rolegraph.RequestError(message); }
  const isSubset = (one, other) => [...one].every((member) => other.has(member));

  /* A number with six digits that count, as people write it. */
  function short(number) {
    if (!number) return "0";
    const size = Math.abs(number), sign = number < 0 ? "-" : "";
    const trim = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
    const plain = Number(size.toExponential(5));
    if (plain >= 0.0001 && plain < MICRO) {
      // By its own power, not that of its rounded digits: exact halves go to the even digit.
      return sign + trim(rolegraph.fixed(size, Math.max(0, 5 - Number(size.toExponential().split("e")[1]))));
    }
    const [digits, power] = size.toExponential(5).split("e");
    return sign + trim(digits) + "e" + power[0] + power.slice(1).padStart(2, "0");
  }

  /* ---- Constraints ---- */

  /* The profiles in use of a function, a focus, or the profile itself. */
  function listMembers(roles, code) {
    const dots = code.split(".").length - 1;
    if (dots === 2) return [roles.locateProfile(code)];
    if (dots === 1) return roles.listRungs(roles.locateFocus(code));
    const starts = roles.data["function.focuses:at"], at = roles.locateFunction(code), members = [];
    for (let focus = starts[at]; focus < starts[at + 1]; focus++) members.push(...roles.listRungs(focus));
    return members;
  }

  /* A ratio of pay in millionths, halves to the even one; null where there is none or it is no use. */
  function readRatio(ratio) {
    if (ratio === null || !(ratio > 0 && ratio < MICRO)) return null;
    const product = ratio * MICRO, below = Math.floor(product), rest = product - below;
    return rest > 0.5 || (rest === 0.5 && below % 2) ? below + 1 : below;
  }

  function* findBadValues(roles, asked) {
    const unknown = asked.no.filter((kind) => !KINDS.includes(kind));
    if (unknown.length) {
      yield "there is no kind of move " + unknown.join(", ") + "; the kinds are " + KINDS.join(", ");
    } else if (new Set(asked.no).size === KINDS.length) yield "every kind of move is excluded by --no; leave one";
    if (asked.no.includes("step-down") && asked.allow_step_down) {
      yield "--no step-down contradicts --allow-step-down; leave one of them out";
    }
    const strange = asked.tracks.filter((track) => !roles.trackCodes.includes(track));
    if (strange.length) {
      yield "there is no track " + strange.join(", ") + "; the tracks are " + roles.trackCodes.join(", ");
    }
    if (asked.max_moves !== null && asked.max_moves < 0) yield "--max-moves is " + asked.max_moves + "; give 0 or more";
    if (asked.max_jump < 1) yield "--max-jump is " + asked.max_jump + "; a promotion climbs at least 1 rung";
    if (asked.min_pay_ratio !== null && readRatio(asked.min_pay_ratio) === null) {
      yield "--min-pay-ratio is " + short(asked.min_pay_ratio) + "; give a number above 0, such as 0.9";
    }
  }

  function* findContradictions(roles, asked, limits, starts, goals) {
    const offTrack = (at) => !limits.tracks.has(roles.levelTrack[roles.profileLevel[at]]);
    const tracks = asked.tracks.join(", ");
    for (let place = 0; place < asked.via.length; place++) {
      const code = asked.via[place], members = limits.via[place];
      if (members.size && isSubset(members, limits.barred)) yield "--via " + code + " is excluded by --avoid";
      else if (members.size && limits.tracks && !starts.some((at) => members.has(at)) && [...members].every(offTrack)) {
        yield "--via " + code + " is on none of the tracks " + tracks;
      }
    }
    // A focus or function that holds the origin may be left, but not come back to; a role that is named is contradicted.
    if (starts.every((at) => asked.avoid.includes(roles.codeOf(at)))) yield "--avoid excludes the origin";
    else if (goals.length && goals.every((at) => limits.barred.has(at))) yield "--avoid excludes the destination";
    if (limits.tracks && limits.tracks.size && goals.length && !goals.some((at) => starts.includes(at)) &&
        goals.every(offTrack)) {
      yield "the destination is on none of the tracks " + tracks;
    }
  }

  /* The constraints as positions; a RequestError with everything that is wrong with them. */
  function resolveLimits(roles, asked, starts, goals) {
    const limits = {
      allowStepDown: asked.allow_step_down,
      maxJump: asked.max_jump,
      maxMoves: asked.max_moves,
      barred: new Set(asked.avoid.flatMap((code) => listMembers(roles, code))),
      barredKinds: new Set(asked.no.map((kind) => KINDS.indexOf(kind)).filter((kind) => kind >= 0)),
      tracks: asked.tracks.length
        ? new Set(roles.trackCodes.map((code, at) => at).filter((at) => asked.tracks.includes(roles.trackCodes[at])))
        : null,
      via: asked.via.map((code) => new Set(listMembers(roles, code))),
      payRatio: readRatio(asked.min_pay_ratio),
    };
    const problems = [
      ...findBadValues(roles, asked), ...findContradictions(roles, asked, limits, starts, goals),
    ];
    if (problems.length) refuse(problems.join("; "));
    return limits;
  }

  /* ---- Routes between two ends ---- */

  /* The profiles at which an end is reached: the profile, or any rung of a focus. */
  function findGoals(roles, code) {
    if (code.split(".").length === 3) return [roles.locateProfile(code)];
    const rungs = roles.listRungs(roles.locateFocus(code));
    if (!rungs.length) refuse("the focus " + code + " has no profile in use");
    return rungs;
  }

  /* The profiles from which an end is left: the profile, the lowest rung of a focus, or any of its rungs. */
  function findStarts(moves, code, anyRung) {
    const roles = moves.roles, measure = moves.rules.measure, rungs = findGoals(roles, code);
    if (anyRung || rungs.length === 1) return rungs;
    const levels = rungs.map((at) => roles.profileLevel[at]);
    const methods = new Set(levels.map((level) => measure.method[roles.levelTrack[level]]));
    const places = methods.size === 1 && !methods.has(BY_RANK) ? measure.stages : roles.levelRank;
    const lowest = Math.min(...levels.map((level) => places[level]));
    return rungs.filter((at, place) => places[levels[place]] === lowest);
  }

  /* The years between two levels, at least and at most (null: open); null where those of either are not known. */
  function spanYears(roles, level, other) {
    const low = roles.yearsMin[level], high = roles.yearsMax[level];
    const otherLow = roles.yearsMin[other], otherHigh = roles.yearsMax[other];
    if (low < 0 || otherLow < 0) return null;
    const least = high < 0 ? 0 : Math.max(0, otherLow - high);
    return [least / MICRO, otherHigh < 0 ? null : Math.max(least, otherHigh - low) / MICRO];
  }

  /* Goals by the years that lie between the first start and them, least first, unknown and open ones last. */
  function groupByYears(roles, starts, goals) {
    const groups = new Map();
    for (const goal of goals) {
      const [low, high] = spanYears(roles, roles.profileLevel[starts[0]], roles.profileLevel[goal]) || [0, null];
      const key = [high === null ? 1 : 0, high || 0, low], name = key.join(" ");
      if (!groups.has(name)) groups.set(name, {key, goals: []});
      groups.get(name).goals.push(goal);
    }
    const compare = (one, other) => one.key[0] - other.key[0] || one.key[1] - other.key[1] || one.key[2] - other.key[2];
    return [...groups.values()].sort(compare).map((group) => group.goals);
  }

  class Finder {
    constructor(moves, starts, goals, by) {
      this.moves = moves;
      this.roles = moves.roles;
      this.starts = starts;
      this.goals = goals;
      this.by = by === "years" ? "effort" : by;
      this.rounds = by === "years" ? groupByYears(this.roles, starts, goals) : [goals];
    }

    openSpace(asked, goals, counted) {
      const limits = resolveLimits(this.roles, asked, this.starts, goals);
      return new Space(this.moves, limits, this.starts, goals, this.by, counted);
    }

    /* The best route and its alternatives, as lists of hops {origin, destination, cost, kind, skills}. */
    find(asked, k, similar) {
      for (const goals of this.rounds) {
        let space = this.openSpace(asked, goals, false), best = findBest(space);
        if (best && asked.max_moves !== null && best.moves.length > asked.max_moves) {
          space = this.openSpace(asked, goals, true);
          best = findBest(space);
        }
        if (best && !isSimple(best)) best = rankSimple(space).next().value || null;
        if (best) return listRoutes(space, best, k || 1, similar, asked.max_moves).map((route) => this.listHops(space, route));
      }
      return [];
    }

    /* Every profile that can be reached, the starts among them, by code. */
    listReached(asked) {
      const space = this.openSpace(asked, [], asked.max_moves !== null);
      const tree = growTree(space, space.starts, (state) => space.leave(state));
      return [...new Set([...tree.spent.keys()].map((state) => space.profileOf(state)))].sort((a, b) => a - b);
    }

    listHops(space, route) {
      const {origins, destinations, costs, kinds, skills} = space.network;
      return route.moves.map((move) => ({
        origin: origins[move], destination: destinations[move],
        cost: costs[move], kind: kinds[move], skills: skills[move],
      }));
    }
  }

  /* ---- Answers ---- */

  /* A path as it is answered; one without a move costs nothing and takes no time. */
  function describePath(moves, edition, hops) {
    if (!hops.length) return {cost: 0, years: [0, 0], moves: [], to_learn: 0, notes: []};
    const roles = moves.roles, full = moves.rules.constants.skills;
    const described = hops.map((hop) => moves.describe(hop.origin, hop, edition));
    const level = roles.profileLevel[hops[0].origin];
    const other = roles.profileLevel[hops[hops.length - 1].destination];
    const learned = hops.reduce((sum, hop) => sum + hop.skills, 0);
    const notes = [];
    if (described.every((move) => move.band === "no-match")) {
      notes.push("No move of this path is nearer than no-match: it is a change of career, not a step.");
    }
    const falls = described.some((move) => move.kind === "step-down");
    if (moves.rules.findDirection(level, other) === "down" && !falls) {
      notes.push("This path leads down, from " + roles.levelCodes[level] + " to " + roles.levelCodes[other] +
        ", by changes of track. No single move counts as a step-down, because the typical years of its levels overlap.");
    }
    return {
      cost: hops.reduce((sum, hop) => sum + hop.cost, 0) / MICRO,
      years: spanYears(roles, level, other),
      moves: described,
      to_learn: full ? Number(rolegraph.fixed(learned / full, 6)) : 0,
      notes,
    };
  }

  const sortNumbers = (numbers) => [...new Set(numbers)].sort((one, other) => one - other);

  /* The same step by step, for pages, which rest at each: steps are "absent", there is no path, and "try", another
     question is tried; the answer is what is returned. */
  rolegraph.searchPaths = function* (moves, question) {
    const given = Object.assign(
      {k: 1, by: "effort", edition: "experience@1", similar: false, any_rung: false}, FREE, question
    );
    const {by, k, edition} = given, roles = moves.roles;
    if (!OBJECTIVES.includes(by)) refuse("there is no objective " + by + "; choose " + OBJECTIVES.join(", "));
    if (!(k >= 1 && k <= MOST)) refuse("k is " + k + "; ask for 1 to " + MOST + " paths");
    rolegraph.openMeasure(roles, edition);
    const starts = given.origin.flatMap((code) => findStarts(moves, code, given.any_rung));
    const goals = given.destination.flatMap((code) => findGoals(roles, code));
    const finder = new Finder(moves, sortNumbers(starts), sortNumbers(goals), by);
    const answer = {
      origin: given.origin.join(", "), destination: given.destination.join(", "),
      by, edition, cost_edition: moves.rules.edition,
      paths: [], reason: null, relaxed: null, nearest_miss: null,
    };
    const found = finder.find(given, k, given.similar);
    if (found.length) {
      answer.paths = found.map((hops) => describePath(moves, edition, hops));
      return answer;
    }
    yield "absent";
    const absence = yield* rolegraph.explainAbsence(finder, given);
    answer.reason = absence.reason;
    if (absence.hops) {
      answer.relaxed = absence.relaxed;
      answer.nearest_miss = describePath(moves, edition, absence.hops);
      // Beside the answer: the question that the nearest miss answers.
      Object.defineProperty(answer, "instead", {value: absence.asked, enumerable: false});
    }
    return answer;
  };

  rolegraph.findPaths = function (moves, question) {
    const steps = rolegraph.searchPaths(moves, question);
    let step = steps.next();
    while (!step.done) step = steps.next();
    return step.value;
  };

  Object.assign(rolegraph, {OBJECTIVES, shortNumber: short});
})();
