/* The words that are asked for: how well a name holds them, and what may be meant where they are misspelt; as
   rolegraph/search/words.py tells it, with its numbers. Needs no page, and folding.js before it. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var compare = rolegraph.folding.compare, split = rolegraph.folding.split, count = rolegraph.folding.count;
  var words = rolegraph.words = {EXACT: 0, PREFIX: 1, WHOLE: 2, BEGUN: 3, FORM: 4, ALIKE: 5};
  /* Words that one misspelt word may stand for, and that one short word may stand for. */
  var MOST = 30, SHORT_MOST = 300;
  /* What it weighs that a word is only begun, is of other length, has a wrong first letter, that a blank is too many or
     too few, that small words are passed over, and that a short one is. */
  var BEGUN = 0.25, LOOSE = 3, ODD_START = 0.5, BLANK = 1, SMALL_WEIGHT = 0.5, DROPPED = 2;
  var SMALL = new Set(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]);
  var SHORT = 4, STEM = 5, ENDING = 4;

  /* A text as a query: the folded text, and its words. */
  words.makeQuery = function (text) {
    var folded = rolegraph.folding.fold(text);
    return {folded: folded, words: folded ? folded.split(" ") : []};
  };

  /* How well a folded name holds the words; null where it does not hold them all. */
  words.rank = function (query, folded) {
    if (folded === query.folded) return words.EXACT;
    if (folded.startsWith(query.folded)) return words.PREFIX;
    var padded = " " + folded + " ";
    if (!query.words.every(function (word) { return padded.includes(" " + word); })) return null;
    return query.words.every(function (word) { return padded.includes(" " + word + " "); }) ? words.WHOLE : words.BEGUN;
  };

  /* Folded names, numbered as they come, by their words. */
  words.Names = function (folded) {
    var holders = this.holders = new Map();
    folded.forEach(function (name, number) {
      if (!name) return;
      name.split(" ").forEach(function (word) {
        var held = holders.get(word);
        if (!held) holders.set(word, [number]);
        else if (held[held.length - 1] !== number) held.push(number);
      });
    });
    this.words = Array.from(holders.keys()).sort(compare);
  };

  /* Calls with every name that holds a word or one that it begins; with some of them more than once. */
  words.Names.prototype.eachBegun = function (word, call) {
    for (var place = bisect(this.words, word); place < this.words.length; place += 1) {
      if (!this.words[place].startsWith(word)) break;
      this.holders.get(this.words[place]).forEach(call);
    }
  };

  /* The same, and with those that hold another form of the word: supervision, for supervisor. */
  words.Names.prototype.eachForm = function (word, call) {
    this.eachBegun(word, call);
    if (!words.hasForms(word)) return;
    var letters = split(word);
    var stem = letters.slice(0, Math.max(STEM, letters.length - ENDING)).join("");
    for (var place = bisect(this.words, stem); place < this.words.length; place += 1) {
      var other = this.words[place];
      if (!other.startsWith(stem)) break;
      if (isForm(letters, split(other))) this.holders.get(other).forEach(call);
    }
  };

  /* Whether a word is long enough to be known in other forms. */
  words.hasForms = function (word) { return count(word) >= STEM; };

  /* Whether a word whose beginning is that of another is a form of it. */
  function isForm(letters, others) {
    var alike = 0;
    while (alike < Math.min(letters.length, others.length) && letters[alike] === others[alike]) alike += 1;
    return others.length - alike <= ENDING;
  }

  /* What misspelt words may stand for, among the words of some names. */
  words.Speller = function (names) {
    this.names = names;
    this.corrected = new Map();
    this.close = new Map();
    this.byLength = new Map();
    names.words.forEach(function (word) {
      var length = count(word);
      if (!this.byLength.has(length)) this.byLength.set(length, []);
      this.byLength.get(length).push({word: word, letters: listLetters(word)});
    }, this);
  };
  var speller = words.Speller.prototype;

  /* The words that may be meant, with how far off each is: a word of four letters may have one wrong, one of eight two;
     swapped letters are one. Words of three letters or fewer, and numbers, are taken as they stand. */
  speller.correct = function (word) {
    if (!this.corrected.has(word)) this.corrected.set(word, this.listCorrections(word));
    return this.corrected.get(word);
  };

  /* The names that hold all words of a query as they may be meant, with how far off each is. */
  speller.find = function (query) {
    var found = new Map(), hold = this.holdIn(this.correct);
    this.listReadings(query.words).forEach(function (reading) {
      keepLeast(found, findAll(reading.words, hold), reading.weight);
    });
    return found;
  };

  /* The names that hold the words where a short one is wrong, too, or the others where it is passed over. */
  speller.findLoosely = function (query) {
    var found = findAll(query.words, this.holdIn(this.correctShort)), hold = this.holdIn(this.correct);
    query.words.forEach(function (word, place) {
      var rest = query.words.filter(function (_, other) { return other !== place; });
      if (count(word) > SHORT || SMALL.has(word) || isNumber(word) || rest.every(isSmall)) return;
      keepLeast(found, findAll(rest, hold), DROPPED);
    });
    return found;
  };

  speller.correctShort = function (word) {
    var length = count(word);
    if (length >= SHORT || length < 2 || SMALL.has(word) || isNumber(word)) return this.correct(word);
    return this.findClose(word, 1, SHORT_MOST);
  };

  /* What tells the names that hold a word as it may be meant; each word is looked up once. */
  speller.holdIn = function (correct) {
    var self = this, held = new Map();
    return function (word) {
      var offs = held.get(word);
      if (offs) return offs;
      held.set(word, offs = new Map());
      var put = function (off) {
        return function (number) {
          var known = offs.get(number);
          if (known === undefined || off < known) offs.set(number, off);
        };
      };
      (self.names.holders.get(word) || []).forEach(put(0));
      correct.call(self, word).forEach(function (off, other) {
        if (other !== word) (self.names.holders.get(other) || []).forEach(put(off));
      });
      if (!SMALL.has(word)) self.names.eachBegun(word, put(BEGUN));
      return offs;
    };
  };

  speller.listCorrections = function (word) {
    var letters = split(word);
    if (letters.length < 4 || isNumber(word)) return new Map();
    var found = new Map(this.listClose(word)), start = letters.slice(0, 2).join(""), loose = [];
    for (var place = bisect(this.names.words, start); place < this.names.words.length; place += 1) {
      var other = this.names.words[place];
      if (!other.startsWith(start)) break;
      var others = split(other), all = letters.length + others.length;
      // Alike to three quarters or more, by letters put in and taken out (Indel).
      if (4 * Math.abs(letters.length - others.length) > all) continue;
      var off = all - 2 * countCommon(letters, others);
      if (4 * off <= all) loose.push({word: other, likeness: 1 - off / all});
    }
    loose.sort(function (a, b) { return b.likeness - a.likeness; }).slice(0, MOST).forEach(function (entry) {
      if (!found.has(entry.word) && entry.word !== word) found.set(entry.word, LOOSE);
    });
    return found;
  };

  /* The words with one or two letters wrong, and how far off each is. */
  speller.listClose = function (word) {
    var length = count(word);
    if (length < 4 || isNumber(word)) return new Map();
    if (!this.close.has(word)) this.close.set(word, this.findClose(word, length < 8 ? 1 : 2, MOST));
    return this.close.get(word);
  };

  speller.findClose = function (word, most, limit) {
    var letters = split(word), signs = listLetters(word), close = [], found = new Map();
    for (var length = letters.length - most; length <= letters.length + most; length += 1) {
      (this.byLength.get(length) || []).forEach(function (entry) {
        // A letter that is wrong changes two kinds of letters at most.
        if (countBits(entry.letters ^ signs) > 2 * most) return;
        var off = words.measure(letters, split(entry.word), most);
        if (off <= most) close.push({word: entry.word, off: off});
      });
    }
    close.sort(function (a, b) { return a.off - b.off; }).slice(0, limit).forEach(function (entry) {
      if (entry.off) found.set(entry.word, entry.off + ODD_START * (split(entry.word)[0] !== letters[0]));
    });
    return found;
  };

  /* The words as they stand, without small ones, and with one blank left out or put in between known words. */
  speller.listReadings = function (asked) {
    var readings = [{words: asked, weight: 0}];
    var large = asked.filter(function (word) { return !SMALL.has(word); });
    if (large.length && large.length < asked.length) readings.push({words: large, weight: SMALL_WEIGHT});
    asked.slice(0, -1).forEach(function (word, place) {
      var joined = word + asked[place + 1];
      if (count(joined) > 3 && this.isBegun(joined)) readings.push({words: splice(asked, place, 2, [joined]), weight: BLANK});
    }, this);
    asked.forEach(function (word, place) {
      var letters = split(word);
      for (var cut = 2; cut < letters.length - 1; cut += 1) {
        var parts = [letters.slice(0, cut).join(""), letters.slice(cut).join("")];
        if (this.mayBe(parts[0], parts[1])) readings.push({words: splice(asked, place, 1, parts), weight: BLANK});
      }
    }, this);
    return readings;
  };

  /* Whether two parts of a word may be words: both are known, or one is and the other nearly so. */
  speller.mayBe = function (first, second) {
    var long = Math.min(count(first), count(second)) > 3, known = this.names.holders;
    if (known.has(first)) return this.isBegun(second) || (long && this.listClose(second).size > 0);
    return long && known.has(second) && this.listClose(first).size > 0;
  };

  speller.isBegun = function (word) {
    var place = bisect(this.names.words, word);
    return place < this.names.words.length && this.names.words[place].startsWith(word);
  };

  /* Whether a word of a name may be what is asked for, as another form of it or misspelt. */
  words.isNear = function (asked, word) {
    var letters = split(asked), others = split(word), stem = Math.max(STEM, letters.length - ENDING);
    if (letters.length < 4 || isNumber(asked)) return false;
    if (letters.length >= STEM && word.startsWith(letters.slice(0, stem).join("")) && isForm(letters, others)) return true;
    var most = letters.length < 8 ? 1 : 2, all = letters.length + others.length;
    if (words.measure(letters, others, most) <= most) return true;
    return word.startsWith(letters.slice(0, 2).join("")) && 4 * (all - 2 * countCommon(letters, others)) <= all;
  };

  /* How many letters are wrong, put in, left out or swapped (optimal string alignment); more than most is most + 1. */
  words.measure = function (one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    var before = null, last = [], row, i, j;
    for (j = 0; j <= other.length; j += 1) last[j] = j;
    for (i = 1; i <= one.length; i += 1) {
      row = [i];
      var least = i;
      for (j = 1; j <= other.length; j += 1) {
        var off = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          off = Math.min(off, before[j - 2] + 1);
        }
        row[j] = off;
        if (off < least) least = off;
      }
      // A swap may still take from the row before.
      if (least > most + 1) return most + 1;
      before = last;
      last = row;
    }
    return Math.min(last[other.length], most + 1);
  };

  /* The length of the longest common part that may have gaps. */
  function countCommon(one, other) {
    var row = new Array(other.length + 1).fill(0);
    one.forEach(function (letter) {
      var corner = 0;
      for (var j = 1; j <= other.length; j += 1) {
        var above = row[j];
        row[j] = letter === other[j - 1] ? corner + 1 : Math.max(above, row[j - 1]);
        corner = above;
      }
    });
    return row[other.length];
  }

  /* The names that hold all words, each as hold says, with how far off they are together. */
  function findAll(asked, hold) {
    var held = [];
    for (var place = 0; place < asked.length; place += 1) {
      held.push(hold(asked[place]));
      if (!held[place].size) return new Map();
    }
    held.sort(function (a, b) { return a.size - b.size; });
    var found = new Map();
    held[0].forEach(function (off, number) {
      for (var other = 1; other < held.length; other += 1) {
        var more = held[other].get(number);
        if (more === undefined) return;
        off += more;
      }
      found.set(number, off);
    });
    return found;
  }

  function keepLeast(found, offs, weight) {
    offs.forEach(function (off, number) {
      var known = found.get(number);
      if (known === undefined || weight + off < known) found.set(number, weight + off);
    });
  }

  function bisect(sorted, word) {
    var low = 0, high = sorted.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (compare(sorted[middle], word) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function splice(list, place, taken, put) {
    return list.slice(0, place).concat(put, list.slice(place + taken));
  }

  function isSmall(word) { return SMALL.has(word); }

  function isNumber(word) { return /^\p{Nd}+$/u.test(word); }

  /* The letters of a word as bits of a number: some letters share one. */
  function listLetters(word) {
    var bits = 0;
    split(word).forEach(function (letter) { bits |= 1 << (letter.codePointAt(0) & 31); });
    return bits;
  }

  function countBits(bits) {
    var found = 0;
    for (; bits; bits &= bits - 1) found += 1;
    return found;
  }
})();
