/* Texts folded so that they can be found, as rolegraph/folding.py folds them: letter case, accents, dashes and
   punctuation make no difference. Needs no page. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var folding = rolegraph.folding = {};
  /* Letters that do not come apart into a plain letter and a mark, though people type a plain one for them. */
  var LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"};
  var APOSTROPHES = /[\u2018\u2019\u02bc]/;
  var WORD = /[a-z0-9\u0080-\uffff]+[+#]*/g;
  var letters = new Map();

  /* The words of a text in plain letters, one blank between them. */
  folding.fold = function (text) {
    if (/[^\x00-\x7f]/.test(text)) text = dropMarks(text);
    var words = text.toLowerCase().replace(/['`]/g, "").replace(/&/g, " and ").match(WORD);
    return words ? words.join(" ") : "";
  };

  function dropMarks(text) {
    // An acute is an apostrophe and would come apart into a blank, the signs of marks into letters.
    var apart = text.replace(/\u00b4/g, "").replace(/[\u2120\u2122]/g, " ").normalize("NFKD");
    return Array.from(apart, foldCase).join("").normalize("NFKD").replace(/[^\x00-\x7f]/gu, keepLetter);
  }

  /* One letter at a time: within a word a script would write another sigma at its end. The i without a dot stays. */
  function foldCase(letter) {
    if (letter === "\u0131") return letter;
    return letter < "\u0080" ? letter.toLowerCase() : letter.toLowerCase().toUpperCase().toLowerCase();
  }

  /* A text whose letter case makes no difference, all else kept. */
  folding.foldCase = function (text) {
    return /[^\x00-\x7f]/.test(text) ? Array.from(text, foldCase).join("") : text.toLowerCase();
  };

  function keepLetter(letter) {
    var kept = letters.get(letter);
    if (kept === undefined) {
      if (combines(letter) || APOSTROPHES.test(letter)) kept = "";
      else if (!/[\p{L}\p{N}\p{M}]/u.test(letter)) kept = " ";
      else kept = LETTERS[letter] || letter;
      letters.set(letter, kept);
    }
    return kept;
  }

  /* Whether a sign is set on the letter before it: in their canonical order all such signs come before the last. */
  function combines(letter) {
    var last = "\u0345";
    return letter === last || (last + letter).normalize("NFD") !== last + letter;
  }

  /* The order of texts by their characters; that of scripts is by halves of them. */
  folding.compare = function (one, other) {
    var length = Math.min(one.length, other.length);
    for (var place = 0; place < length; place += 1) {
      var a = one.charCodeAt(place), b = other.charCodeAt(place);
      if (a !== b) {
        if (a >= 0xd800 && b >= 0xd800) {
          a += a < 0xe000 ? 0x2000 : 0;
          b += b < 0xe000 ? 0x2000 : 0;
        }
        return a - b;
      }
    }
    return one.length - other.length;
  };

  /* The characters of a text. */
  folding.split = function (text) {
    return /[\ud800-\udfff]/.test(text) ? Array.from(text) : text.split("");
  };

  /* How many characters a text has. */
  folding.count = function (text) {
    return /[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length;
  };
})();
