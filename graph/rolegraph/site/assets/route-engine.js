/* The best route between roles, exactly and always the same one, with its alternatives: the search of careers/search.py,
   space.py and alternatives.py. A state is a profile in a layer; layers hold the stations visited and, where moves are
   counted, the moves made. Weights are whole numbers that hold objective, effort and number of moves, one over the
   other; where they may outgrow the safe numbers they are BigInts. Needs moves-engine.js. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  const {FOCUS, FUNCTION, TRACK_SWITCH, LATERAL, FUNCTION_CHANGE, STEP_DOWN, JUMP, MICRO} = rolegraph;
  const PRIMARY = 1000000000000n, TICK = 4096, BIG_TICK = 4096n;
  const BEGINNINGS = 20000, WORTH = 2;

  function compare(one, other) { return one < other ? -1 : one > other ? 1 : 0; }

  /* Lists in the order of their members, a beginning before what goes on. */
  function compareLists(one, other) {
    const length = Math.min(one.length, other.length);
    for (let at = 0; at < length; at++) {
      const order = compare(one[at], other[at]);
      if (order) return order;
    }
    return one.length - other.length;
  }

  /* A queue whose first entry is the least. */
  class Queue {
    constructor(order) { this.entries = []; this.order = order; }
    get length() { return this.entries.length; }
    get first() { return this.entries[0]; }

    push(entry) {
      const {entries, order} = this;
      let at = entries.length;
      entries.push(entry);
      while (at > 0) {
        const above = (at - 1) >> 1;
        if (order(entry, entries[above]) >= 0) break;
        entries[at] = entries[above];
        at = above;
      }
      entries[at] = entry;
    }

    pop() {
      const {entries, order} = this, first = entries[0], last = entries.pop(), length = entries.length;
      if (!length) return first;
      let at = 0;
      for (;;) {
        let below = 2 * at + 1;
        if (below >= length) break;
        if (below + 1 < length && order(entries[below + 1], entries[below]) < 0) below++;
        if (order(entries[below], last) >= 0) break;
        entries[at] = entries[below];
        at = below;
      }
      entries[at] = last;
      return first;
    }
  }

  const byWeight = (one, other) => (one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : one[1] - other[1]);

  /* What a move weighs under each objective, from its cost and the part of it that is skills. */
  function chooseWeights(network, size, by) {
    const dearest = network.costs.reduce((most, cost) => Math.max(most, cost), 0);
    if (by === "effort" && Number.isSafeInteger((dearest + 1) * TICK * size * WORTH)) {
      return {zero: 0, weigh: (cost) => cost * TICK + 1};
    }
    const first = {effort: () => 0n, moves: () => PRIMARY, skills: (skills) => PRIMARY * BigInt(skills)}[by];
    return {zero: 0n, weigh: (cost, skills) => (first(skills) + BigInt(cost)) * BIG_TICK + 1n};
  }

  /* ---- Where a search walks ---- */

  class Space {
    constructor(moves, limits, starts, goals, by, counted) {
      const roles = moves.roles;
      this.size = roles.size;
      this.roles = roles;
      this.limits = limits;
      this.network = moves.network(limits.allowStepDown);
      Object.assign(this, chooseWeights(this.network, this.size, by));
      this.via = limits.via;
      this.counted = counted;
      this.most = counted ? limits.maxMoves || 0 : 0;
      this.layered = this.via.length > 0 || counted;
      this.closed = this.close();
      this.starts = [...new Set(starts.map((at) => this.compose(this.advance(0, at), 0, at)))]
        .sort((one, other) => this.profileOf(one) - this.profileOf(other));
      // A path that comes back to where it could have begun is no path of its own.
      this.roots = new Set(this.starts);
      this.goals = new Set();
      for (const at of goals) {
        for (let count = 0; count <= this.most; count++) this.goals.add(this.compose(this.via.length, count, at));
      }
    }

    profileOf(state) { return state % this.size; }
    compose(stage, count, profile) { return (stage * (this.most + 1) + count) * this.size + profile; }

    split(state) {
      const layer = Math.floor(state / this.size);
      return [Math.floor(layer / (this.most + 1)), layer % (this.most + 1)];
    }

    /* The number of stations visited once a profile is reached. */
    advance(stage, profile) {
      while (stage < this.via.length && this.via[stage].has(profile)) stage++;
      return stage;
    }

    /* For each profile whether no move may lead to it. */
    close() {
      const {roles, limits} = this, closed = new Uint8Array(this.size);
      if (limits.tracks) {
        roles.profileLevel.forEach((level, at) => {
          if (!limits.tracks.has(roles.levelTrack[level])) closed[at] = 1;
        });
      }
      for (const profile of limits.barred) closed[profile] = 1;
      return closed;
    }

    /* Whether a move of the network is made under the limits; its end is judged apart. */
    permits(move) {
      const {network, limits} = this, kind = network.kinds[move];
      if (kind >= JUMP + limits.maxJump - 1 || limits.barredKinds.has(kind < JUMP ? kind : 0)) return false;
      const origin = network.origins[move], destination = network.destinations[move];
      if (limits.payRatio !== null && !this.pays(origin, destination)) return false;
      return !limits.allowStepDown || kind !== STEP_DOWN || this.fallsWell(origin, destination);
    }

    pays(origin, destination) {
      const roles = this.roles, pay = roles.payMedian[origin], other = roles.payMedian[destination];
      if (pay < 0 || other < 0 || roles.payKind[origin] !== roles.payKind[destination]) return false;
      return BigInt(other) * BigInt(MICRO) >= BigInt(pay) * BigInt(this.limits.payRatio);
    }

    /* Whether a step-down changes nothing which is barred. */
    fallsWell(origin, destination) {
      const {roles, limits} = this, relation = rolegraph.relate(roles, origin, destination);
      if (relation !== FOCUS) return !limits.barredKinds.has(relation === FUNCTION ? LATERAL : FUNCTION_CHANGE);
      const tracks = [origin, destination].map((at) => roles.levelTrack[roles.profileLevel[at]]);
      return tracks[0] === tracks[1] || !limits.barredKinds.has(TRACK_SWITCH);
    }

    /* The ways out of a state, as [weight, state, move]; a path ends at the first goal that it reaches. */
    leave(state) {
      if (this.goals.has(state)) return [];
      const {network, closed} = this, profile = state % this.size, ways = [];
      const [stage, count] = this.layered ? this.split(state) : [0, 0];
      if (this.counted && count === this.most) return [];
      for (let move = network.starts[profile]; move < network.starts[profile + 1]; move++) {
        const at = network.destinations[move];
        if (closed[at] || !this.permits(move)) continue;
        const end = this.layered ? this.compose(this.advance(stage, at), this.counted ? count + 1 : count, at) : at;
        ways.push([this.weigh(network.costs[move], network.skills[move]), end, move]);
      }
      return ways;
    }

    /* The ways into a state; the state of each is the one that it comes from. */
    enter(state) {
      const {network} = this, profile = state % this.size, ways = [];
      if (this.closed[profile] || this.roots.has(state)) return [];
      const [stage, count] = this.layered ? this.split(state) : [0, 0];
      if (this.counted && count === 0) return [];
      const stages = [];
      for (let before = 0; before <= stage; before++) if (this.advance(before, profile) === stage) stages.push(before);
      for (let place = network.arrivalStarts[profile]; place < network.arrivalStarts[profile + 1]; place++) {
        const move = network.arrivals[place];
        if (!this.permits(move)) continue;
        const weight = this.weigh(network.costs[move], network.skills[move]), at = network.origins[move];
        if (!this.layered) ways.push([weight, at, move]);
        else for (const before of stages) ways.push([weight, this.compose(before, this.counted ? count - 1 : count, at), move]);
      }
      return ways;
    }
  }

  /* ---- The best route ---- */

  const isSimple = (route) => new Set(route.stops).size === route.stops.length;

  /* One of the two searches: what was spent on every state seen, and all best ways to it. */
  class Side {
    constructor(space, roots, expand) {
      this.spent = new Map();
      this.ties = new Map();
      this.queue = new Queue(byWeight);
      this.expand = expand;
      for (const root of [...roots].sort((one, other) => one - other)) {
        this.spent.set(root, space.zero);
        this.ties.set(root, []);
        this.queue.push([space.zero, root]);
      }
    }

    /* What was spent on the next state to settle; undefined where there is none. */
    findNext() {
      const {queue, spent} = this;
      while (queue.length && queue.first[0] > spent.get(queue.first[1])) queue.pop();
      return queue.length ? queue.first[0] : undefined;
    }

    /* Settle the next state; the weight of the best route that is known now. */
    settle(other, best) {
      const [soFar, state] = this.queue.pop();
      for (const [weight, end, move] of this.expand(state)) {
        const total = soFar + weight, known = this.spent.get(end);
        if (known === undefined || total < known) {
          this.spent.set(end, total);
          this.ties.set(end, [[state, move]]);
          this.queue.push([total, end]);
          const met = other.spent.get(end);
          if (met !== undefined && (best === undefined || total + met < best)) best = total + met;
        } else if (total === known) {
          this.ties.get(end).push([state, move]);
        }
      }
      return best;
    }

    /* All best ways from the roots to some states: calls tell(state, the one nearer to the roots, move). */
    listTies(states, tell) {
      const waiting = [...states], seen = new Set(states);
      while (waiting.length) {
        const state = waiting.pop();
        for (const [nearer, move] of this.ties.get(state)) {
          tell(state, nearer, move);
          if (!seen.has(nearer)) { seen.add(nearer); waiting.push(nearer); }
        }
      }
    }
  }

  /* The best route; of equal ones the one of fewer moves, then the first by profiles. null where there is none. */
  function findBest(space) {
    const atOnce = space.starts.find((state) => space.goals.has(state));
    if (atOnce !== undefined) return {weight: space.zero, stops: [space.profileOf(atOnce)], moves: []};
    const ahead = new Side(space, space.starts, (state) => space.leave(state));
    const back = new Side(space, space.goals, (state) => space.enter(state));
    let best;
    for (;;) {
      const one = ahead.findNext(), other = back.findNext();
      if (one === undefined || other === undefined || (best !== undefined && one + other > best)) break;
      const [side, facing] = ahead.queue.length <= back.queue.length ? [ahead, back] : [back, ahead];
      best = side.settle(facing, best);
    }
    return best === undefined ? null : walkFirst(space, ahead, back, best);
  }

  /* Of all routes of the best weight the one whose profiles come first. */
  function walkFirst(space, ahead, back, best) {
    const following = new Map(), meetings = [];
    const follow = (from, to, move) => {
      const step = [space.profileOf(to), to, move], known = following.get(from);
      if (known === undefined || compareLists(step, known) < 0) following.set(from, step);
    };
    for (const [state, spent] of ahead.spent) {
      const left = back.spent.get(state);
      if (left !== undefined && spent + left === best) meetings.push(state);
    }
    ahead.listTies(meetings, (state, before, move) => follow(before, state, move));
    back.listTies(meetings, (state, after, move) => follow(state, after, move));
    let state = space.starts.find((start) => following.has(start));
    const stops = [space.profileOf(state)], moves = [];
    while (!space.goals.has(state)) {
      const [profile, next, move] = following.get(state);
      state = next;
      stops.push(profile);
      moves.push(move);
    }
    return {weight: best, stops, moves};
  }

  /* ---- Trees and rankings ---- */

  /* The best ways from roots to every state that takes at most so much; ties by the state before. With left, what is
     left to spend from each state, only states of whole routes of at most so much are seen. */
  function growTree(space, roots, expand, most, left) {
    const spent = new Map(), before = new Map(), settled = new Set(), queue = new Queue(byWeight);
    for (const root of [...roots].sort((one, other) => one - other)) {
      spent.set(root, space.zero);
      queue.push([space.zero, root]);
    }
    while (queue.length) {
      const [soFar, state] = queue.pop();
      if (settled.has(state)) continue;
      settled.add(state);
      for (const [weight, end, move] of expand(state)) {
        const total = soFar + weight;
        if (left) {
          const rest = left.get(end);
          if (rest === undefined || total + rest > most) continue;
        } else if (most !== undefined && total > most) continue;
        const known = spent.get(end);
        if (known === undefined || total < known) {
          spent.set(end, total);
          before.set(end, [state, move]);
          queue.push([total, end]);
        } else if (total === known && before.has(end) && compareLists([state, move], before.get(end)) < 0) {
          before.set(end, [state, move]);
        }
      }
    }
    return {spent, before};
  }

  /* The [state, move] pairs between a state and the root of its tree, the nearest to the state first. */
  function trace(tree, state) {
    const found = [];
    for (let step = tree.before.get(state); step; step = tree.before.get(step[0])) found.push(step);
    return found;
  }

  /* The routes that visit no profile twice, best first; equal ones by number of moves, then by profiles. */
  function* rankSimple(space) {
    const left = growTree(space, space.goals, (state) => space.enter(state)).spent;
    const queue = new Queue((one, other) => compare(one[0], other[0]) || compareLists(one[1], other[1]) ||
      compareLists(one[2], other[2]) || one[3] - other[3]);
    for (const state of space.starts) {
      if (left.has(state)) queue.push([left.get(state), [space.profileOf(state)], [], state]);
    }
    for (let begun = 0; begun < BEGINNINGS && queue.length; begun++) {
      const [whole, stops, moves, state] = queue.pop();
      if (space.goals.has(state)) {
        yield {weight: whole, stops, moves};
        continue;
      }
      const spent = whole - left.get(state);
      for (const [weight, end, move] of space.leave(state)) {
        const profile = space.profileOf(end);
        if (!left.has(end) || stops.includes(profile)) continue;
        queue.push([spent + weight + left.get(end), [...stops, profile], [...moves, move], end]);
      }
    }
  }

  /* ---- Alternatives ---- */

  /* The best route through each state, best first; equal ones by state. */
  function* listCandidates(space, most) {
    const back = growTree(space, space.goals, (state) => space.enter(state), most);
    const ahead = growTree(space, space.starts, (state) => space.leave(state), most, back.spent);
    const whole = [];
    for (const [state, spent] of ahead.spent) {
      if (back.spent.has(state)) whole.push([spent + back.spent.get(state), state]);
    }
    const seen = new Set();
    for (const [weight, state] of whole.sort(byWeight)) {
      const head = trace(ahead, state).reverse(), tail = trace(back, state);
      const stops = [...head.map(([at]) => at), state, ...tail.map(([at]) => at)].map((at) => space.profileOf(at));
      const key = stops.join(" ");
      if (seen.has(key)) continue;
      seen.add(key);
      yield {weight, stops, moves: [...head, ...tail].map(([, move]) => move)};
    }
  }

  function countShared(one, other) { return [...one].filter((member) => other.has(member)).length; }

  /* Whether a route is another idea than one that is told. */
  function differ(space, route, told) {
    if (compareLists(route.stops, told.stops) === 0) return false;
    const [changes, others] = [route, told].map((way) =>
      new Set(way.moves.filter((move) => !rolegraph.countRungs(space.network.kinds[move]))));
    if (2 * countShared(changes, others) > Math.min(changes.size, others.size)) return false;
    const [own, other] = [route, told].map((way) => new Set(way.stops.slice(1, -1)));
    if (!other.size) return true;
    const shared = countShared(own, other);
    return 2 * shared <= Math.max(own.size, other.size) && shared < other.size;
  }

  /* The best route and up to count - 1 alternatives, best first; with similar simply the next best. */
  function listRoutes(space, best, count, similar, maxMoves) {
    if (count === 1 || !best.moves.length) return [best];
    const fits = (route) => maxMoves === null || route.moves.length <= maxMoves;
    const told = similar ? [] : [best];
    const routes = similar ? rankSimple(space) : listCandidates(space, best.weight + best.weight);
    for (const route of routes) {
      if (fits(route) && (similar || (isSimple(route) && told.every((other) => differ(space, route, other))))) {
        told.push(route);
        if (told.length === count) break;
      }
    }
    return told;
  }

  rolegraph.routes = {Space, findBest, growTree, trace, rankSimple, listRoutes, isSimple};
})();
