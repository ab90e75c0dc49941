/* What answers of path-engine.js say with options of the command line, in the words of the form of the page:
   rolegraph.wordReason(text, asked), asked being the question that was answered;
   rolegraph.listLimits(asked) tells its constraints. Needs the texts of script-path. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var LISTS = ["via", "avoid", "no"];
  var OPTIONS = ["via", "avoid", "no", "track", "max-moves", "max-jump", "min-pay-ratio", "allow-step-down"];

  function say(key, values) { return rolegraph.text("script-path." + key, values); }
  function begin(told) { return told[0].toUpperCase() + told.slice(1); }

  /* The constraints of a question, one by one. */
  function listGiven(asked) {
    var given = [];
    function put(written, said) { given.push([written, said]); }
    LISTS.forEach(function (option) {
      asked[option].forEach(function (value) {
        put("--" + option + " " + value, say("given-" + option, { value: value }));
      });
    });
    if (asked.tracks.length) {
      put(asked.tracks.map(function (track) { return "--track " + track; }).join(" "),
        say("given-track", { value: asked.tracks.join(say("separator")) }));
    }
    if (asked.min_pay_ratio !== null) {
      var ratio = rolegraph.shortNumber(asked.min_pay_ratio);
      put("--min-pay-ratio " + ratio, say("given-min-pay-ratio", { value: ratio }));
    }
    if (asked.max_moves !== null) put("--max-moves " + asked.max_moves, say("given-max-moves", { count: asked.max_moves }));
    return given;
  }

  /* All that is set beside the ends, in words. */
  rolegraph.listLimits = function (asked) {
    var told = listGiven(asked).map(function (pair) { return pair[1]; });
    if (asked.max_jump !== 1) told.push(say("given-max-jump", { value: asked.max_jump }));
    ["allow_step_down", "any_rung"].forEach(function (name) {
      if (asked[name]) told.push(say("given-" + name.replace(/_/g, "-")));
    });
    return told;
  };

  /* [what is written, what is said], the longest first, so that each is found whole. */
  function listWords(asked) {
    var words = listGiven(asked);
    function put(written, said) { words.push([written, said]); }
    // What is offered beside what is asked for.
    var wider = asked.max_jump + 1;
    [["with --max-jump " + wider, say("if-max-jump", { value: wider })], ["with --allow-step-down", say("if-allow-step-down")]]
      .forEach(function (pair) {
        put(pair[0], pair[1]);
        put(begin(pair[0]), begin(pair[1]));
      });
    put("--allow-step-down does", say("try-allow-step-down"));
    put("k is " + asked.k + ";", say("given-k", { value: asked.k }) + ";");
    OPTIONS.forEach(function (option) { put("--" + option, say("option-" + option)); });
    return words.sort(function (one, other) { return other[0].length - one[0].length; });
  }

  rolegraph.wordReason = function (text, asked) {
    var words = listWords(asked), said = new Map(words);
    var written = words.map(function (pair) { return pair[0].replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); });
    // A name ends where no letter or digit follows.
    return text.replace(new RegExp("(?<![\\w-])(?:" + written.join("|") + ")(?![\\w-])", "gu"), function (found) { return said.get(found); });
  };
})();
