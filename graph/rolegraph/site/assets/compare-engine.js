/* Roles side by side: the rows of `rolegraph compare`, from the data of data/sides.js and data/sides/. Without a page. Needs
   distance-engine.js.

   A column is {code, level, focus}: the code of a profile, its level, and the data of the file of its focus. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var has = function (object, key) { return Object.prototype.hasOwnProperty.call(object, key); };

  /* Code points decide the order of texts, as in Python; the units of UTF-16 would put some of them elsewhere. */
  function order(a, b) {
    var one = Array.from(a), other = Array.from(b);
    for (var at = 0; at < one.length && at < other.length; at++) {
      if (one[at] !== other[at]) return one[at].codePointAt(0) - other[at].codePointAt(0);
    }
    return one.length - other.length;
  }

  /* By how much an amount changes, in per cent; with a digit after the point where it is small. */
  function tellChange(before, after) {
    if (before === after) return "same";
    if (!before) return "from nothing";
    var share = (after - before) * 100 / before;
    var text = rolegraph.fixed(Math.abs(share), Math.abs(share) < 1 ? 1 : 0).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
    return (share < 0 ? "-" : "+") + text + " %";
  }

  /* How far a median, as [hundredths, currency and period], lies from that of the first. */
  function tellDifference(first, pay) {
    if (!first || !pay) return null;
    if (first[1] !== pay[1]) return "not comparable: " + first[1] + " and " + pay[1];
    return first[0] === 0 ? "not comparable: the first is 0" : tellChange(first[0], pay[0]);
  }

  function findRung(column) { return column.focus.rungs[column.level]; }

  /* The texts of a column in a section, by label. */
  function readTexts(column, section) {
    return Object.assign({}, column.focus.shared[section], findRung(column).parts[section]);
  }

  function makeRow(section, label, values) {
    return { row: label, values: values, same: values.every(function (v) { return v === values[0]; }), section: section };
  }

  /* Texts of several columns in rows by label: some labels first, in their order, then others by name. */
  function align(section, found, labels, optional) {
    var others = new Set();
    found.forEach(function (texts) {
      Object.keys(texts).forEach(function (label) { if (!labels.includes(label)) others.add(label); });
    });
    return labels.concat(Array.from(others).sort(order)).map(function (label) {
      return makeRow(section, label, found.map(function (texts) { return has(texts, label) ? texts[label] : null; }));
    }).filter(function (row) {
      return !optional.includes(row.row) || row.values.some(function (value) { return value !== null; });
    });
  }

  function compareLevels(common, columns, section, labels) {
    var names = common.names, levels = columns.map(function (column) { return common.levels[column.level]; });
    // That the dataset wrote a descriptor is noted; that the source states one goes without saying.
    var noted = levels.some(function (level) { return level.assigned; });
    var texts = levels.map(function (level) {
      var own = Object.assign({}, level.texts);
      if (noted) own[names.descriptor] = level.origin;
      return own;
    });
    return align(section, texts, labels, []);
  }

  function comparePay(common, columns, section, labels, optional) {
    var names = common.names;
    var texts = columns.map(function (column) { return readTexts(column, section); });
    var notes = texts.map(function (own) {
      var note = has(own, names.stated) ? own[names.stated] : null;
      delete own[names.stated];
      return note;
    });
    var pays = columns.map(function (column) { return findRung(column).pay; });
    var rows = align(section, texts, labels, optional);
    rows.push(makeRow(section, names.against, pays.map(function (pay) { return tellDifference(pays[0], pay); })));
    if (notes.some(function (note) { return note !== null; })) rows.push(makeRow(section, names.stated, notes));
    return rows;
  }

  /* The skills that hold for a column, by code: label, key and the proficiency that is asked. Of two of one the first. */
  function listSkills(column) {
    var skills = new Map();
    column.focus.skills.forEach(function (use) {
      var code = use[0], levels = use[3], asked = use[4];
      if (levels.length && !levels.includes(column.level)) return;
      if (!skills.has(code)) {
        skills.set(code, {
          code: code, label: use[1], key: use[2] || use[1].toLowerCase(), page: use[5] || code,
          asked: has(asked, column.level) ? asked[column.level] : null
        });
      }
    });
    return skills;
  }

  /* A row for each skill that one of the columns shows: shared by all first, only here last. */
  function compareSkills(common, columns) {
    var names = common.names, shown = columns.map(listSkills), every = new Map();
    shown.forEach(function (skills) { skills.forEach(function (skill, code) { every.set(code, skill); }); });
    var sorted = Array.from(every.values()).sort(function (a, b) {
      return order(a.key, b.key) || order(a.code, b.code);
    });
    var rows = { shared: [], some: [], here: [], unsure: [] };
    sorted.forEach(function (skill) {
      var values = shown.map(function (skills) {
        if (!skills.size) return null;
        if (!skills.has(skill.code)) return "no";
        var asked = skills.get(skill.code).asked;
        return asked === null ? "yes" : "yes, at " + asked;
      });
      var holders = shown.filter(function (skills) { return skills.has(skill.code); }).length;
      var part = holders === columns.length ? "shared"
        : values.includes(null) ? "unsure" : holders === 1 ? "here" : "some";
      rows[part].push(Object.assign(makeRow(names[part], skill.label, values), { skill: skill.page }));
    });
    var scopes = columns.map(function (column) { return findRung(column).scope; });
    return [makeRow(names.skills, names.recorded, scopes)].concat(rows.shared, rows.some, rows.here, rows.unsure);
  }

  function compareMappings(common, columns, section) {
    var rows = align(section, columns.map(function (column) { return readTexts(column, section); }), [], []);
    return rows.length ? rows : [makeRow(section, common.names.unmapped, columns.map(function () { return null; }))];
  }

  /* The skills whose importance differs most between the occupations of the first two, with the importance for each. */
  function compareImportance(bases) {
    var found = bases.map(function (base) { return new Map(base === null ? [] : base.importance.map(function (rated) {
      return [rated[0], rated];
    })); });
    var apart = [];
    found[0].forEach(function (rated, label) {
      var other = found[1].get(label), difference = other && Math.abs(rated[1] - other[1]);
      if (difference) apart.push([difference, label]);
    });
    apart.sort(function (a, b) { return b[0] - a[0] || order(a[1], b[1]); });
    var most = apart.slice(0, 5);
    if (!most.length) return null;
    return found.map(function (importance) {
      return importance.size ? most.map(function (pair) {
        var rated = importance.get(pair[1]);
        return pair[1] + " " + (rated ? rated[2] : "not rated");
      }).join("; ") : null;
    });
  }

  /* What the releases say of the occupations of the columns; nothing where none has one. */
  function compareBases(common, columns) {
    var section = common.names.base, rows = [];
    var bases = columns.map(function (column) {
      var at = findRung(column).base;
      return at === undefined ? null : column.focus.bases[at];
    });
    if (bases.every(function (base) { return base === null; })) return rows;
    common.base.forEach(function (label) {
      var values = label === common.names.different ? compareImportance(bases) : bases.map(function (base) {
        return base !== null && has(base.texts, label) ? base.texts[label] : null;
      });
      if (values) rows.push(makeRow(section, label, values));
    });
    return rows;
  }

  /* A distance as a comparison tells it: with its band in words, or why there is none. */
  function tellDistance(common, roles, edition, origin, destination) {
    var refusal = common.editions[edition];
    if (refusal !== null) return "not compared: " + refusal;
    var found = rolegraph.distance(roles, edition, origin, destination);
    if (found.distance === null) return "not compared: " + found.reason;
    var words = { "confident": "near", "needs-review": "check", "no-match": "far" };
    return rolegraph.fixed(found.distance, 4) + (found.band ? " " + words[found.band] + " · " + found.band : "");
  }

  function compareDistances(common, columns, section, editions, roles) {
    var places = columns.map(function (column) { return roles.locateProfile(column.code); });
    return editions.map(function (edition) {
      return makeRow(section, edition, places.map(function (place) {
        return tellDistance(common, roles, edition, places[0], place);
      }));
    });
  }

  /* A column for a profile: common is the data of data/sides.js, focus those of the file that nameSides tells. */
  rolegraph.makeColumn = function (code, focus) {
    return { code: code, level: code.slice(code.lastIndexOf(".") + 1), focus: focus };
  };
  rolegraph.nameSides = function (common, code) {
    var focus = code.slice(0, code.lastIndexOf("."));
    return "sides/" + (has(common.files, focus) ? common.files[focus] : focus);
  };

  /* Every row of two to four columns side by side, as {row, values, same, section}, a row of a skill with the name of the
     page of that as skill; roles is the roster that rolegraph.openRoles makes. */
  rolegraph.compare = function (common, columns, roles) {
    var names = common.names, rows = [];
    common.sections.forEach(function (entry) {
      var section = entry[0], labels = entry[1], optional = entry[2];
      rows = rows.concat(
        section === names.distance ? compareDistances(common, columns, section, labels, roles)
          : section === names.pay ? comparePay(common, columns, section, labels, optional)
          : section === names.level ? compareLevels(common, columns, section, labels)
          : section === names.skills ? compareSkills(common, columns)
          : section === names.mappings ? compareMappings(common, columns, section)
          : align(section, columns.map(function (column) { return readTexts(column, section); }), labels, optional));
    });
    return rows.concat(compareBases(common, columns));
  };
})();
