/* The table of roles side by side: rolegraph.drawSides(rows, columns, names, options). Needs prose.js and the texts. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var EQUAL = "=";
  function make(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = rolegraph.show(text);
    return element;
  }
  function say(key, values) { return rolegraph.text("script-compare." + key, values); }

  function makeItems(texts, mark) {
    var list = make("ul");
    texts.forEach(function (text) {
      var item = make("li", "", text), tag = mark && mark(text);
      if (tag) item.append(" ", make("span", "tag", tag));
      list.append(item);
    });
    return list;
  }

  /* Paragraphs and lists of a text; in a section of lists every line is an item. */
  function addProse(cell, text) {
    var items = [];
    function end() { if (items.length) cell.append(makeItems(items)); items = []; }
    rolegraph.splitProse(text).forEach(function (piece) {
      if (piece[1]) items.push(piece[0]);
      else { end(); if (piece[0]) cell.append(make("p", "", piece[0])); }
    });
    end();
  }

  /* What tells how many of the columns have a line, where not all have it. */
  function markLines(row) {
    var lists = row.values.filter(function (value) { return value !== null; })
      .map(function (value) { return new Set(value.split("\n")); });
    function countLine(line) { return lists.filter(function (lines) { return lines.has(line); }).length; }
    // Where no two share a line, a mark at every line would tell nothing.
    if (!lists.some(function (lines) { return Array.from(lines).some(function (line) { return countLine(line) > 1; }); })) return null;
    return function (line) {
      var number = countLine(line);
      return number === 1 ? say("only") : number < lists.length ? say("some", { number: number, all: lists.length }) : null;
    };
  }

  /* Puts a value into a cell. Its text may run from the right; the cell itself stands as its table does. */
  function fillCell(cell, row, value, names) {
    var text = make("div");
    text.dir = "auto";
    fillText(text, row, value, names);
    cell.append(text);
  }

  function fillText(cell, row, value, names) {
    var band = row.section === names.distance && value !== null && / · (confident|needs-review|no-match)$/.exec(value);
    if (value === null) cell.append(make("span", "unrecorded", say("unrecorded")));
    else if (band) {
      var words = value.slice(0, band.index).split(" "), told = make("span", "band band-" + band[1], words[1] + " ");
      told.append(make("small", "", band[1]));
      cell.append(make("span", "figure-of", words[0]), " ", told);
    } else if ([names.shared, names.some, names.here, names.unsure].includes(row.section)) {
      var mark = make("span", "mark " + (value === "no" ? "mark-no" : "mark-yes"), value === "no" ? "–" : "✓");
      mark.setAttribute("aria-hidden", "true");
      cell.append(mark, " ", value);
    } else if (row.section === names.listed) cell.append(makeItems(value.split("\n"), row.same ? null : markLines(row)));
    else addProse(cell, value);
  }

  function makeRow(row, names, link) {
    var line = make("tr", row.same ? "same" : ""), head = make("th", "row-head");
    head.scope = "row";
    var name = make("span", "row-name"), label = make("bdi", "", row.row);
    if (row.skill) {
      var page = make("a");
      page.href = rolegraph.root + "skill/" + row.skill + ".html";
      page.append(label);
      name.append(page);
    } else name.append(label);
    head.append(name);
    line.append(head);
    if (link && row.section === names.distance) {
      var more = make("a", "explain", say("explain"));
      more.href = link;
      head.append(" ", more);
    }
    if (row.same) {
      var cell = make("td", "equal"), sign = make("span", "sign", EQUAL);
      cell.colSpan = row.values.length;
      sign.setAttribute("aria-hidden", "true");
      cell.append(sign, make("span", "unseen", say("equal") + " "));
      var body = make("div");
      fillCell(body, row, row.values[0], names);
      cell.append(body);
      line.append(cell);
    } else {
      row.values.forEach(function (value) {
        var cell = make("td");
        fillCell(cell, row, value, names);
        line.append(cell);
      });
    }
    return line;
  }

  /* One button of a column: what it does in a sign, and in words for those who do not see it. */
  function makeButton(sign, words, disabled, act) {
    var button = make("button", "button-plain button-small", sign);
    button.type = "button";
    button.setAttribute("aria-label", words);
    button.title = words;
    button.disabled = disabled;
    button.addEventListener("click", act);
    return button;
  }

  /* The buttons that move a role and take it out; each tells act what is wanted of which place. */
  rolegraph.makeMover = function (titles, at, act) {
    var group = make("div", "mover no-print"), title = rolegraph.show(titles[at]);
    [["←", "left", at === 0], ["→", "right", at === titles.length - 1], ["×", "remove", false]].forEach(function (one) {
      var button = makeButton(one[0], say(one[1], { title: title }), one[2], function () { act(one[1], at); });
      button.dataset.act = one[1];
      button.dataset.at = at;
      group.append(button);
    });
    return group;
  };

  function makeHead(columns, act) {
    var head = make("thead"), line = make("tr"), corner = make("td", "row-head"), titles = columns.map(function (c) { return c.title; });
    corner.append(make("span", "unseen", say("row")));
    line.append(corner);
    columns.forEach(function (column, at) {
      var cell = make("th", "column"), link = make("a");
      cell.scope = "col";
      link.href = column.href;
      link.append(make("bdi", "", column.title));
      cell.append(link, make("span", "code", column.code));
      if (at === 0) cell.append(make("span", "first", say("first")));
      cell.append(rolegraph.makeMover(titles, at, act));
      line.append(cell);
    });
    head.append(line);
    return head;
  }

  /* columns: [{code, title, href}]; options: {differences, act(what, place), explain: where distances are explained}. */
  rolegraph.drawSides = function (rows, columns, names, options) {
    var shown = rows.filter(function (row) { return row.row !== names.title || row.section !== rows[0].section; });
    if (options.differences) shown = shown.filter(function (row) { return !row.same; });
    var table = make("table", "of-" + columns.length), body = null, section = null;
    table.append(makeHead(columns, options.act));
    shown.forEach(function (row) {
      if (row.section !== section) {
        section = row.section;
        body = make("tbody");
        var line = make("tr", "section"), head = make("th");
        head.scope = "rowgroup";
        head.colSpan = columns.length + 1;
        head.append(make("span", "section-name", section));
        line.append(head);
        body.append(line);
        table.append(body);
      }
      body.append(makeRow(row, names, options.explain));
      if (row.section === names.listed && !row.same && row.values.filter(Boolean).length > 1) {
        body.querySelector(".section th").append(" ", make("span", "hint", say(markLines(row) ? "differ" : "apart")));
      }
    });
    if (!shown.length) {
      body = make("tbody");
      var line = make("tr"), cell = make("td", "", say("nothing"));
      cell.colSpan = columns.length + 1;
      line.append(cell);
      body.append(line);
      table.append(body);
    }
    return table;
  };
})();
