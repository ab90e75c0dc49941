/* Search by name as rolegraph search does it (rolegraph/search/searching.py): the same hits of the architecture's own
   codes and names in the same order. Needs no page, and folding.js and words.js before it.

     var search = rolegraph.openSearch(names, ["profile", "focus"]);   what data/names.js holds; kinds, or none for all
     search.find("nurse man", 20)  ->  {text, hits: [hit], more}
     search.named("a.b.m3")  ->  the hit with a code, or null
     a hit: {kind, code, label, found, text, scheme, entry, page, place, retired, level}; level is that of a role
     rolegraph.markText("nurse man", "Nurse manager")  ->  [["Nurse", true], [" ", false], ["man", true], ["ager", false]]

   It differs from the command in this: it reads names alone, so definitions, responsibilities, guidelines and what
   focuses say of skills find nothing, and so does what is only in releases of classifications; because of that it looks
   for names that are spelt alike where the command has found texts instead. And it finds more: skills by what focuses
   call them (found is "wording", place the label of such a focus), which counts as an alias, and occupations that
   records are mapped to, by code, also where they have not been read. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var words = rolegraph.words, fold = rolegraph.folding.fold, compare = rolegraph.folding.compare;
  /* Names that hold the words from which on none that is merely spelt alike is looked for. */
  var ENOUGH = 3;
  /* Places that are left to own records beside entries of classifications. */
  var OWN = 5;
  /* What it weighs that a name is longer than what is asked for by more than a few letters. */
  var LONGER = 0.5, LETTERS = 3;
  /* How much a name counts for, less being more. */
  var LABEL = 0, CODE = 1, ALIAS = 2;

  rolegraph.openSearch = function (data, kinds) {
    var wanted = kinds && kinds.length ? kinds : null;
    return new Search(listNames(data).filter(function (row) { return !wanted || wanted.includes(row.owner.kind); }));
  };

  /* Every code and name of data/names.js, those of one owner one after another. */
  function listNames(data) {
    var rows = [];
    var own = function (kind, code, label, name, retired) {
      return {kind: kind, code: code, label: label, scheme: "", entry: "", retired: Boolean(retired), level: "",
        page: kind + "/" + (name || code) + ".html"};
    };
    var put = function (owner, found, text, weight, place) {
      rows.push({owner: owner, found: found, text: text, weight: weight, place: place || "",
        length: rolegraph.folding.count(text)});
    };
    var name = function (owner) {
      put(owner, "code", owner.code, CODE);
      put(owner, "label", owner.label, LABEL);
      return owner;
    };
    data.functions.forEach(function (row) { name(own("function", row[0], row[1], row[2])); });
    data.levels.forEach(function (row) { name(own("level", row[0], row[1], row[2])); });
    data.skills.forEach(function (row) {
      var owner = name(own("skill", row[0], row[1], row[4], row[5]));
      (row[2] || []).forEach(function (text) { put(owner, "alias", text, ALIAS); });
      (row[3] || []).forEach(function (other) {
        put(owner, "wording", other[0], ALIAS, data.focuses[other[1]][1]);
      });
    });
    data.occupations.forEach(function (row) {
      var owner = own("occupation", row[1], row[2] || row[1], row[4]);
      Object.assign(owner, {kind: data.classes[row[3]], scheme: row[0], entry: row[3]});
      put(owner, "code", row[1], CODE);
      if (row[2]) put(owner, "label", row[2], LABEL);
    });
    data.focuses.forEach(function (focus) {
      name(own("focus", focus[0], focus[1], focus[3], focus[4]));
      (focus[2] || []).forEach(function (row) {
        var code = focus[0] + "." + row[0];
        var owner = name(own("profile", code, row[1] || focus[1] + " — " + row[0], row[4], row[5]));
        owner.level = row[0];
        (row[3] || []).forEach(function (text) { put(owner, "alias", text, ALIAS); });
        if (row[2]) put(owner, "job code", row[2], ALIAS);
      });
    });
    return rows;
  }

  function Search(rows) {
    this.rows = rows;
    this.folded = rows.map(function (row) { return fold(row.text); });
    this.names = new words.Names(this.folded);
    this.held = new Uint32Array(rows.length);
    this.together = new Uint32Array(rows.length);
  }

  /* What is called so, best first, as many as limit says; more is how many others there are. */
  Search.prototype.find = function (text, limit) {
    var query = words.makeQuery(text), best = new Map(), found = 0, exact = false;
    if (!query.words.length) return {text: text, hits: [], more: 0};
    var keep = function (candidate) {
      var known = best.get(candidate.row.owner);
      if (!known || compareCandidates(candidate, known) < 0) best.set(candidate.row.owner, candidate);
      found += 1;
    };
    this.eachOwn(query, function (candidate) {
      exact = exact || candidate.rank === words.EXACT;
      keep(candidate);
    });
    if (best.size < ENOUGH && !exact) this.eachAlike(query, false, keep);
    this.eachOtherForm(query, keep);
    if (!found) this.eachAlike(query, true, keep);
    var chosen = choose(Array.from(best.values()), limit === undefined ? 20 : limit);
    return {text: text, hits: chosen.map(tell), more: best.size - chosen.length};
  };

  /* What has a code, in any letter case; null where nothing has. */
  Search.prototype.named = function (code) {
    var lower = code.toLowerCase();
    var row = this.rows.find(function (other) { return other.found === "code" && other.text.toLowerCase() === lower; });
    return row ? tell(make(words.EXACT, row)) : null;
  };

  /* Names that hold all words as they stand, or of which code and label hold them together. */
  Search.prototype.eachOwn = function (query, call) {
    var rows = this.rows, held = this.held.fill(0), together = this.together.fill(0), asked = query.words.length;
    query.words.forEach(function (word, place) {
      this.names.eachBegun(word, function (number) {
        if (held[number] === place) held[number] = place + 1;
        var label = rows[number].found === "code" ? number + 1 : number;
        if (label < rows.length && rows[label].found === "label" && together[label] === place) {
          together[label] = place + 1;
        }
      });
    }, this);
    for (var number = 0; number < rows.length; number += 1) {
      if (held[number] === asked) call(make(words.rank(query, this.folded[number]), rows[number]));
      else if (together[number] === asked) call(make(words.BEGUN, rows[number]));
    }
  };

  /* Names that hold other forms of the words. */
  Search.prototype.eachOtherForm = function (query, call) {
    // Short words have no other forms, and what holds all words as they stand has been found.
    if (!query.words.some(words.hasForms)) return;
    var rows = this.rows, held = this.held.fill(0), asked = query.words.length;
    query.words.forEach(function (word, place) {
      this.names.eachForm(word, function (number) {
        if (held[number] === place) held[number] = place + 1;
      });
    }, this);
    for (var number = 0; number < rows.length; number += 1) {
      if (held[number] === asked && rows[number].found !== "code") call(make(words.FORM, rows[number], "word form"));
    }
  };

  /* Names that are spelt nearly so; loosely forgives a slip in a short word too. */
  Search.prototype.eachAlike = function (query, loosely, call) {
    var folded = this.folded, rows = this.rows, length = rolegraph.folding.count(query.folded);
    if (!this.speller) this.speller = new words.Speller(this.names);
    (loosely ? this.speller.findLoosely(query) : this.speller.find(query)).forEach(function (off, number) {
      var longer = rolegraph.folding.count(folded[number]) - length > LETTERS ? LONGER : 0;
      call(make(words.ALIKE + off + longer, rows[number], "spelt alike"));
    });
  };

  /* The parts of a text, and whether each is what was asked for. */
  rolegraph.markText = function (asked, text) {
    var query = words.makeQuery(asked), parts = [], done = 0;
    var put = function (end, marked) {
      if (end > done) parts.push([text.slice(done, end), marked]);
      done = end;
    };
    if (!query.words.length) return text ? [[text, false]] : [];
    for (var match of text.matchAll(/[\p{L}\p{N}\p{M}'’]+[+#]*|&/gu)) {
      var end = match.index + countMarked(query, match[0]);
      if (end > match.index) {
        put(match.index, false);
        put(end, true);
      }
    }
    put(text.length, false);
    return parts;
  };

  /* How much of a word was asked for. */
  function countMarked(query, written) {
    var word = fold(written), begun = "", near = false;
    query.words.forEach(function (asked) {
      if (word.startsWith(asked) && asked.length > begun.length) begun = asked;
    });
    if (begun) {
      var end = 0;
      for (var letter of written) {
        end += letter.length;
        if (fold(written.slice(0, end)).startsWith(begun)) break;
      }
      // Accents that are letters of their own belong to what is before them.
      return end + /^\p{M}*/u.exec(written.slice(end))[0].length;
    }
    query.words.forEach(function (asked) { near = near || words.isNear(asked, word); });
    return near ? written.length : 0;
  }

  function make(rank, row, found) {
    return {rank: rank, row: row, found: found || row.found, length: row.length};
  }

  function compareCandidates(one, other) {
    var a = one.row, b = other.row;
    return one.rank - other.rank || a.weight - b.weight || one.length - other.length ||
      compare(a.owner.kind, b.owner.kind) || compare(a.owner.code, b.owner.code) ||
      compare(a.owner.scheme, b.owner.scheme) || compare(one.found, other.found) || compare(a.text, b.text);
  }

  /* The first, but so that own records have some places among them beside entries of classifications. */
  function choose(found, limit) {
    var first = pick(found, limit);
    var own = pick(found.filter(function (candidate) { return !candidate.row.owner.scheme; }),
      Math.min(OWN, Math.floor(limit / 4)));
    own = own.filter(function (candidate) { return !first.includes(candidate); });
    if (!own.length) return first;
    var released = first.filter(function (candidate) { return candidate.row.owner.scheme; });
    var dropped = released.slice(-own.length);
    return first.filter(function (candidate) { return !dropped.includes(candidate); }).concat(own);
  }

  /* The best of some candidates in their order, without putting all of them in order where few are wanted. */
  function pick(found, limit) {
    if (limit >= found.length || limit > 100) return found.slice().sort(compareCandidates).slice(0, limit);
    var best = [];
    found.forEach(function (candidate) {
      if (best.length === limit && (!limit || compareCandidates(candidate, best[limit - 1]) >= 0)) return;
      var place = best.length;
      while (place && compareCandidates(candidate, best[place - 1]) < 0) place -= 1;
      best.splice(place, 0, candidate);
      if (best.length > limit) best.pop();
    });
    return best;
  }

  function tell(candidate) {
    var row = candidate.row, owner = row.owner;
    return {kind: owner.kind, code: owner.code, label: owner.label, found: candidate.found, text: row.text,
      scheme: owner.scheme, entry: owner.entry, page: owner.page, place: row.place, retired: owner.retired,
      level: owner.level};
  }
})();
