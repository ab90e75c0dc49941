/* Texts of several lines: rolegraph.splitProse(text) gives its lines as [text, whether it is an item of a list]. Lines that
   begin with a hyphen, asterisk or bullet are items; a text of one line is no list. As the command line lays them. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  /* The ends of lines, and the blanks at the ends of a text, as Python knows them. */
  var LINES = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
  var ITEM = /^[-*•–]\s+(?=\S)/;

  rolegraph.splitProse = function (text) {
    var lines = text.trim().split(LINES).map(function (line) { return line.trim(); });
    if (lines.length < 2) return lines[0] ? [[lines[0], false]] : [];
    var pieces = [], before = "";
    lines.forEach(function (line) {
      if (line || before) pieces.push(ITEM.test(line) ? [line.replace(ITEM, ""), true] : [line, false]);
      before = line;
    });
    return pieces;
  };
})();
