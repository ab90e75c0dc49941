/* A field that offers what is called as its text says: a combobox with a list, by the ARIA Authoring Practices.

     rolegraph.combobox(input, {
       kinds: ["profile", "focus"],             what may be found; all kinds where it is left out
       limit: 10,                               how many are offered
       onpick: function (hit, event) {...},     a hit was chosen, by Enter or by a click
       onsubmit: function (text) {...},         Enter was pressed where none was chosen
       foot: function (text, count) {...}})     an element under the list, such as a link to all hits; or null
     rolegraph.openNames(kinds)                 the search among the names of the site: a promise

   The names are read when the field is first entered. The list stands behind the field in the page, in an element that
   is placed against its parent. Needs load.js, folding.js, words.js and search-engine.js before it. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var searches = {}, numbers = 0;

  rolegraph.openNames = function (kinds) {
    var key = (kinds || []).join(" ");
    if (!searches[key]) {
      searches[key] = Promise.all([rolegraph.need("names"), rolegraph.need("texts")]).then(function (read) {
        return rolegraph.openSearch(read[0], kinds);
      });
      // Where the files could not be read they are asked for again next time.
      searches[key].catch(function () { delete searches[key]; });
    }
    return searches[key];
  };

  rolegraph.make = function (tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  var make = rolegraph.make;

  /* A text of the records with what was asked for marked in it. */
  rolegraph.makeMarked = function (tag, name, asked, text) {
    var element = make(tag, name);
    rolegraph.markText(asked, rolegraph.show(text)).forEach(function (part) {
      element.append(part[1] ? make("mark", "", part[0]) : part[0]);
    });
    return element;
  };

  /* The places of hits that are roles with the title of another hit: their level stands beside it. */
  rolegraph.findNamesakes = function (hits) {
    var times = new Map();
    hits.forEach(function (hit) { times.set(hit.label, (times.get(hit.label) || 0) + 1); });
    return hits.map(function (hit) { return Boolean(hit.level) && times.get(hit.label) > 1; });
  };

  /* What a hit is: its name, with its level where it shares that with another; its kind and code, whether it is no longer
     in use, and why it was found where the name does not say so. */
  rolegraph.makeHit = function (asked, hit, shared) {
    var why = rolegraph.tellWhy(hit), label = make("span", "hit-label"), parts = [label], line = make("span", "hit-line");
    label.append(rolegraph.makeMarked("bdi", "", asked, hit.label));
    if (shared) label.append(" ", make("span", "hit-level", hit.level));
    line.append(make("span", "hit-kind", rolegraph.text("script-search.kind-" + hit.kind)), " ");
    if (hit.retired) line.append(rolegraph.makeRetired(), " ");
    line.append(rolegraph.makeMarked("bdi", "code", asked, hit.scheme ? hit.scheme + " " + hit.code : hit.code));
    if (why) line.append(" ", rolegraph.makeMarked("bdi", "hit-why", asked, why));
    return parts.concat(" ", line);
  };

  rolegraph.makeRetired = function () { return make("span", "hit-retired", rolegraph.text("script-search.retired")); };

  rolegraph.tellWhy = function (hit) {
    var near = hit.found === "spelt alike" || hit.found === "word form";
    if (near && (hit.text === hit.label || hit.text === hit.code)) return rolegraph.text("script-search.only-" + hit.found);
    if (hit.found === "code" || hit.text === hit.label || hit.text === hit.code) return "";
    return rolegraph.text("script-search.found-" + hit.found, {text: rolegraph.show(hit.text), place: rolegraph.show(hit.place)});
  };

  rolegraph.combobox = function (input, options) {
    var number = numbers += 1, limit = options.limit || 10, shown = [], active = -1, asked = null, turn = 0;
    var panel = make("div", "offers"), list = make("ul", "offers-list"), note = make("p", "offers-note");
    var foot = make("div", "offers-foot"), status = make("p", "unseen");
    panel.hidden = true;
    list.id = "offers-" + number;
    list.setAttribute("role", "listbox");
    list.hidden = true;
    status.setAttribute("role", "status");
    panel.append(list, note, foot);
    input.after(panel, status);
    var fixed = {role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: "200"};
    Object.keys(fixed).forEach(function (name) { input.setAttribute(name, fixed[name]); });

    function close() {
      turn += 1;
      panel.hidden = true;
      asked = null;
      choose(-1);
      input.setAttribute("aria-expanded", "false");
    }

    function choose(place) {
      if (shown[active]) shown[active].element.setAttribute("aria-selected", "false");
      active = place;
      if (!shown[place]) return input.removeAttribute("aria-activedescendant");
      shown[place].element.setAttribute("aria-selected", "true");
      reveal(shown[place].element);
      input.setAttribute("aria-activedescendant", shown[place].element.id);
    }

    /* Scrolls the list, and the page only where the list ends outside the window. */
    function reveal(element) {
      var end = element.offsetTop + element.offsetHeight;
      if (element.offsetTop < list.scrollTop) list.scrollTop = element.offsetTop;
      else if (end > list.scrollTop + list.clientHeight) list.scrollTop = end - list.clientHeight;
      element.scrollIntoView({block: "nearest"});
    }

    function tell(text) {
      note.textContent = text;
      note.hidden = !text;
    }

    /* Shows what is called as the field says. */
    function offer() {
      var text = input.value.trim(), own = turn += 1;
      if (!text) return close();
      rolegraph.openNames(options.kinds).then(function (search) {
        // Somebody has typed on, or gone.
        if (own === turn && text !== asked) show(text, search.find(text, limit));
      }, function (fault) {
        if (own !== turn) return;
        put([]);
        tell(fault.message);
        foot.replaceChildren();
        panel.hidden = false;
      });
    }

    function put(hits) {
      var shared = rolegraph.findNamesakes(hits);
      choose(-1);
      shown = hits.map(function (hit, place) {
        var element = make("li", "offer");
        element.id = list.id + "-" + place;
        element.setAttribute("role", "option");
        element.setAttribute("aria-selected", "false");
        element.append.apply(element, rolegraph.makeHit(asked, hit, shared[place]));
        element.addEventListener("click", function (event) { pick(hit, event); });
        return {hit: hit, element: element};
      });
      list.replaceChildren.apply(list, shown.map(function (entry) { return entry.element; }));
      list.hidden = !hits.length;
      input.setAttribute("aria-expanded", String(hits.length > 0));
    }

    function show(text, answer) {
      var count = answer.hits.length + answer.more;
      asked = text;
      list.setAttribute("aria-label", rolegraph.text("script-search.suggestions"));
      put(answer.hits);
      var nothing = count ? "" : rolegraph.text("script-search.nothing", {text: rolegraph.show(text)}) + " " +
        rolegraph.text("script-search.try");
      var hits = rolegraph.text("script-search.hits", {count: count});
      tell(nothing || (answer.more && !options.foot ? rolegraph.text("script-search.shown", {hits: hits, shown: limit}) : ""));
      status.textContent = nothing || hits;
      var under = count && options.foot ? options.foot(text, count) : null;
      foot.replaceChildren.apply(foot, under ? [under] : []);
      panel.hidden = false;
    }

    function pick(hit, event) {
      close();
      options.onpick(hit, event);
    }

    input.addEventListener("input", function (event) { if (!event.isComposing) offer(); });
    input.addEventListener("compositionend", offer);
    input.addEventListener("focus", function () { rolegraph.openNames(options.kinds).catch(function () {}); });
    input.addEventListener("click", offer);
    input.addEventListener("blur", close);
    // A press on the list must not take the caret out of the field.
    panel.addEventListener("mousedown", function (event) { event.preventDefault(); });
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      var open = !panel.hidden && shown.length > 0;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) return offer();
        // Between the last and the first is none: what was typed.
        var step = event.key === "ArrowDown" ? 1 : -1, places = shown.length + 1;
        choose((active + 1 + step + places) % places - 1);
      } else if (event.key === "Enter") {
        if (open && active >= 0) {
          event.preventDefault();
          pick(shown[active].hit, event);
        } else if (options.onsubmit) {
          event.preventDefault();
          options.onsubmit(input.value.trim());
        }
      } else if (event.key === "Escape") {
        if (!panel.hidden) event.preventDefault();
        else if (input.value) input.value = "";
        close();
      }
    });
    return {close: close};
  };
})();
