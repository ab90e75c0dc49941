/* Why there is no path, as careers/obstacles.py tells it: what stands in the way, what giving it up would give, the
   nearest role. Used by path-engine.js; needs moves-engine.js. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  const {FOCUS, FUNCTION, GROUP, ELSEWHERE, BY_RANK, JUMP, STEP_DOWN, MICRO} = rolegraph;
  const TRIED_UP_TO = 20000;

  function join(names, last) {
    return names.length > 1 ? names.slice(0, -1).join(", ") + " " + last + " " + names[names.length - 1] : names.join("");
  }

  const joinParts = (parts) => parts.filter(Boolean).join(" ");
  const group = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
  const unique = (values) => [...new Set(values)];
  const change = (asked, changes) => Object.assign({}, asked, changes);
  const relaxAll = (asked, relaxations) => relaxations.reduce((kept, relax) => relax(kept), asked);
  const nameAll = (finder, profiles) => join(profiles.map((at) => finder.roles.codeOf(at)), "or");

  /* Each constraint that is set, as [what a user would say, what gives it up]. */
  function listRelaxations(asked) {
    const found = [];
    for (const [name, option] of [["via", "--via "], ["avoid", "--avoid "], ["no", "--no "]]) {
      for (const value of unique(asked[name])) {
        found.push([option + value, (kept) => change(kept, {[name]: kept[name].filter((other) => other !== value)})]);
      }
    }
    if (asked.tracks.length) {
      found.push([asked.tracks.map((track) => "--track " + track).join(" "), (kept) => change(kept, {tracks: []})]);
    }
    if (asked.min_pay_ratio !== null) {
      const told = "--min-pay-ratio " + rolegraph.shortNumber(asked.min_pay_ratio);
      found.push([told, (kept) => change(kept, {min_pay_ratio: null})]);
    }
    if (asked.max_moves !== null) {
      found.push(["--max-moves " + asked.max_moves, (kept) => change(kept, {max_moves: null})]);
    }
    return found;
  }

  const triesStepDowns = (finder, asked) => asked.allow_step_down || finder.roles.size <= TRIED_UP_TO;

  /* Each constraint that can be given up, those that always hold among them. */
  function listTries(finder, asked) {
    const found = listRelaxations(asked).map(([told, relax]) => ["without " + told, relax]);
    if (!asked.allow_step_down && !asked.no.includes("step-down") && triesStepDowns(finder, asked)) {
      found.push(["with --allow-step-down", (kept) => change(kept, {allow_step_down: true})]);
    }
    const wider = asked.max_jump + 1;
    found.push(["with --max-jump " + wider, (kept) => change(kept, {max_jump: wider})]);
    return found;
  }

  const sumCost = (hops) => hops.reduce((sum, hop) => sum + hop.cost, 0);

  function tellBest(hops) {
    const moves = hops.length + " move" + (hops.length === 1 ? "" : "s");
    return "the best path takes " + moves + " (cost " + rolegraph.fixed(sumCost(hops) / MICRO, 4) + ")";
  }

  function tellPay(finder) {
    const roles = finder.roles;
    let active = 0, unknown = 0;
    for (let at = 0; at < roles.size; at++) {
      if (roles.isRetired(at)) continue;
      active++;
      if (roles.payMedian[at] < 0) unknown++;
    }
    if (!unknown) return "";
    return "The median pay of " + group(unknown) + " of " + group(active) +
      " roles is not recorded; no move from or to them is made.";
  }

  /* Tracks whose stages are not known in the same way are not connected by any move. */
  function tellMethods(moves, start, goals) {
    const roles = moves.roles, method = moves.rules.measure.method;
    const tracks = unique([start, goals[0]].map((at) => roles.levelTrack[roles.profileLevel[at]]))
      .sort((one, other) => one - other);
    if (tracks.length < 2) return "";
    const ranked = tracks.filter((track) => method[track] === BY_RANK).map((track) => roles.trackCodes[track]);
    if (ranked.length) {
      return "No move leads to or from track " + join(ranked, "or") +
        ": neither typical years nor stages are known for all of its levels in use.";
    }
    if (unique(tracks.map((track) => method[track])).length > 1) {
      return "No move connects the two tracks: the stages of one are known from typical years, those of the " +
        "other as given, and they are not mixed.";
    }
    return "";
  }

  /* A move into a goal that the rules allow, but that its origin does not keep among its cheapest. */
  function tellCut(moves, reached, goals) {
    const roles = moves.roles, constants = moves.rules.constants;
    for (const profile of reached) {
      for (const goal of goals) {
        const kind = moves.judgeStep(profile, goal);
        if (kind === null) continue;
        const inside = roles.functionOf(profile) === roles.functionOf(goal);
        return roles.codeOf(profile) + " could move there (" + rolegraph.nameKind(kind) + "), but a profile keeps only " +
          "its " + constants[inside ? "keep-lateral" : "keep-function-change"] +
          " cheapest moves of a kind, and this is not one of them.";
      }
    }
    return "";
  }

  /* From which levels the first goal can be entered, inside its focus, its function and beyond. */
  function tellEntries(moves, goals) {
    const roles = moves.roles, rules = moves.rules, goal = goals[0];
    const share = rolegraph.shortNumber(rules.constants["skill-share"] * 100 / MICRO);
    const places = [
      [FOCUS, "in its focus"], [FUNCTION, "in its function"], [GROUP, "in its function group"],
      [ELSEWHERE, "elsewhere with at least " + share + " % of its skills"],
    ];
    const ways = [];
    for (const [relation, place] of places) {
      const levels = roles.levelCodes.filter((code, level) => {
        const kind = rules.judge(level, roles.profileLevel[goal], relation);
        return kind !== null && kind !== STEP_DOWN && kind < JUMP;
      });
      if (levels.length) ways.push(join(levels, "or") + " " + place);
    }
    if (!ways.length) return "No move leads up or across into " + roles.codeOf(goal) + ".";
    return "It is entered from " + ways.join("; ") + "; no such role can be reached.";
  }

  /* The rungs that are missing on the ladders of both ends: a promotion goes up one rung at a time. */
  function tellHoles(moves, start, goals) {
    const roles = moves.roles, missing = [];
    for (const focus of unique([start, goals[0]].map((at) => roles.profileFocus[at]))) {
      const taken = new Set(roles.listRungs(focus).map((at) => roles.profileLevel[at]));
      const tracks = unique([...taken].map((level) => roles.levelTrack[level])).sort((one, other) => one - other);
      for (const track of tracks) {
        const levels = roles.levelCodes.map((code, level) => level).filter((level) => roles.levelTrack[level] === track);
        const places = levels.map((level, place) => place).filter((place) => taken.has(levels[place]));
        for (const level of levels.slice(places[0], places[places.length - 1])) {
          if (!taken.has(level)) missing.push(roles.focusCodes[focus] + "." + roles.levelCodes[level]);
        }
      }
    }
    if (!missing.length) return "";
    return "There is no role " + join(missing.slice(0, 6), "or") + (missing.length > 6 ? " ..." : "") +
      ", and a promotion goes up one rung at a time.";
  }

  function tellNearest(moves, reached, starts, goals) {
    const roles = moves.roles, measure = moves.rules.measure;
    let nearest = null;
    for (const profile of reached) {
      const level = roles.profileLevel[profile];
      for (const goal of goals) {
        const other = roles.profileLevel[goal];
        if (starts.includes(profile) || !measure.compares(level, other)) continue;
        const steps = measure.countSteps(level, other, rolegraph.relate(roles, profile, goal));
        if (!nearest || steps < nearest[0] || (steps === nearest[0] && profile < nearest[1])) nearest = [steps, profile];
      }
    }
    // Where everything is as far as can be, none of it is near.
    if (!nearest || nearest[0] >= measure.truncation) return "";
    return "The nearest role that can be reached is " + roles.codeOf(nearest[1]) + " (" +
      rolegraph.fixed(measure.judge(nearest[0]).distance, 4) + " away by " + measure.edition + ").";
  }

  const begin = (told) => told[0].toUpperCase() + told.slice(1);

  /* {reason, relaxed, hops, asked}: the last three where giving up one constraint, or several together, makes a path;
     asked is what is then asked for. Before each question that is tried it yields "try". */
  rolegraph.explainAbsence = function* (finder, asked) {
    const {moves, starts, goals} = finder, start = starts[0];
    const tries = listTries(finder, asked), relaxations = tries.map(([, relax]) => relax);
    const kept = listRelaxations(asked).map(([told]) => told);
    let holes = tellHoles(moves, start, goals);
    const ends = nameAll(finder, starts) + " to " + nameAll(finder, goals);
    const parts = [
      "No path leads from " + ends + (kept.length ? " under " + join(kept, "and") : "") + ".",
      asked.min_pay_ratio === null ? "" : tellPay(finder),
      asked.via.length ? "A path visits no role twice." : "",
    ];
    const ways = [];
    for (const [told, relax] of tries) {
      yield "try";
      for (const hops of finder.find(relax(asked))) ways.push([told, hops, relax]);
    }
    if (ways.length) {
      ways.sort((one, other) => sumCost(one[1]) - sumCost(other[1]));
      if (ways.some(([told]) => told.includes("--max-jump"))) parts.push(holes);
      for (const [told, hops] of ways) parts.push(begin(told) + " " + tellBest(hops) + ".");
      const [relaxed, hops, relax] = ways[0];
      return {reason: joinParts(parts), relaxed, hops, asked: relax(asked)};
    }
    yield "try";
    let [found] = finder.find(relaxAll(asked, relaxations));
    if (found) {
      const needed = new Map(tries);
      // What always holds is kept to if it can be, so it is tried first whether that is needed.
      for (const [told] of [...tries].reverse()) {
        const others = [...needed].filter(([other]) => other !== told).map(([, relax]) => relax);
        yield "try";
        const [closer] = finder.find(relaxAll(asked, others));
        if (closer) {
          needed.delete(told);
          found = closer;
        }
      }
      const together = join([...needed.keys()], "and") + " together";
      parts.push("No constraint stands in the way alone; " + together + " " + tellBest(found) + ".");
      return {reason: joinParts(parts), relaxed: together, hops: found, asked: relaxAll(asked, [...needed.values()])};
    }
    const reached = finder.listReached(relaxAll(asked, relaxations));
    const methods = tellMethods(moves, start, goals);
    // Then a missing rung is not what stands in the way.
    if (methods) holes = "";
    const cause = methods || tellCut(moves, reached, goals) || tellEntries(moves, goals);
    const untried = triesStepDowns(finder, asked) ? "" : "Step-downs were not tried; --allow-step-down does.";
    parts.push(holes, cause, tellNearest(moves, reached, starts, goals), untried);
    return {reason: joinParts(parts), relaxed: null, hops: null};
  };
})();
