/* The roles and places that the page of paths is asked about, as they are named in its address, and what is wrong with
   them: rolegraph.resolveAsked(roles, asked) is a promise of {asked, wrong}. asked has codes for names; a name that is no
   use stays as it is written, and stands in wrong: {name: [{text, error, next}]} by the field, with what could take its place.

   rolegraph.drawWrong(field, wrong, remove) shows them under a field, each with a button to remove it;
   rolegraph.drawMending(list, wrong, addressOf) lists what could take their place, as links. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var FIELDS = { origin: "findEnds", destination: "findEnds", via: "findPlaces", avoid: "findPlaces" };
  var KINDS = { findEnds: ["profile", "focus"], findPlaces: ["profile", "focus", "function"] };
  var OFFERED = 10, ALIKE = 3;

  function say(key, values) { return rolegraph.text("script-path." + key, values); }

  function resolve(naming, asked) {
    var made = { asked: Object.assign({}, asked), wrong: {} };
    Object.keys(FIELDS).forEach(function (name) {
      var codes = [], wrong = [];
      asked[name].forEach(function (text) {
        try {
          codes = codes.concat(naming[FIELDS[name]](text));
        } catch (error) {
          if (!(error instanceof rolegraph.NamingError)) throw error;
          // Of several names in one the others hold.
          splitWrong(naming[FIELDS[name]].bind(naming), text, error).forEach(function (part) {
            if (part.code) codes.push(part.code);
            else { codes.push(part.text); wrong.push(part); }
          });
        }
      });
      made.asked[name] = Array.from(new Set(codes));
      if (wrong.length) made.wrong[name] = wrong;
    });
    return made;
  }

  function splitWrong(find, text, error) {
    var parts = text.split(",").filter(function (part) { return part.trim(); });
    if (parts.length < 2 || error.text === text) return [{ text: text, error: error }];
    return parts.map(function (part) {
      try {
        return { code: find(part)[0] };
      } catch (wrong) {
        if (!(wrong instanceof rolegraph.NamingError)) throw wrong;
        return { text: part.trim(), error: wrong };
      }
    });
  }

  /* Whether all are codes, so that names need not be read. */
  function isPlain(roles, asked) {
    return Object.keys(FIELDS).every(function (name) {
      return asked[name].join(",").split(",").every(function (text) {
        var code = text.trim().toUpperCase();
        return !code || roles.findProfile(code) >= 0 || roles.focusAt.has(code) ||
          (FIELDS[name] === "findPlaces" && roles.functionCodes.includes(code));
      });
    });
  }

  /* What could take the place of a name: candidates, a successor, or names that are alike. */
  function findNext(naming, name, wrong) {
    function tell(code) { return { code: code, label: code.split(".").length > 1 ? naming.titleOf(code) : "" }; }
    function isKnown(code) { return naming.roles.findProfile(code) >= 0 || naming.roles.focusAt.has(code); }
    if (wrong.error.kind !== "unknown") {
      wrong.next = wrong.error.codes.filter(isKnown).slice(0, OFFERED).map(tell);
      return Promise.resolve(wrong);
    }
    return rolegraph.openNames(KINDS[FIELDS[name]]).then(function (search) {
      wrong.next = search.find(wrong.text.slice(0, 200), OFFERED).hits.filter(function (hit) { return !hit.retired; }).slice(0, ALIKE)
        .map(function (hit) { return { code: hit.code, label: hit.label }; });
      return wrong;
    });
  }

  rolegraph.resolveAsked = function (roles, asked) {
    var names = isPlain(roles, asked) ? Promise.resolve(null) : rolegraph.need("names");
    return names.then(function (read) {
      var naming = rolegraph.openEnds(roles, read), made = resolve(naming, asked), waiting = [];
      Object.keys(made.wrong).forEach(function (name) {
        made.wrong[name].forEach(function (wrong) { waiting.push(findNext(naming, name, wrong)); });
      });
      return Promise.all(waiting).then(function () { return made; });
    });
  };

  rolegraph.drawWrong = function (field, wrong, remove) {
    var list = field.querySelector(".chosen-not");
    if (!list) {
      list = rolegraph.make("ul", "chosen chosen-not");
      field.append(list);
    }
    list.setAttribute("aria-label", say("wrong-list"));
    list.hidden = !wrong.length;
    list.replaceChildren.apply(list, wrong.map(function (entry) {
      var item = rolegraph.make("li", "chosen-one"), shown = rolegraph.show(entry.text.slice(0, 200));
      var button = rolegraph.make("button", "button-plain button-small", "×");
      button.type = "button";
      button.setAttribute("aria-label", rolegraph.text("script-search.remove", { label: shown }));
      button.addEventListener("click", function () { remove(entry.text); });
      item.append(rolegraph.make("bdi", "", shown), " ", rolegraph.make("span", "code", say("wrong-" + entry.error.kind)), " ", button);
      return item;
    }));
  };

  rolegraph.drawMending = function (list, wrong, addressOf) {
    var items = [];
    Object.keys(wrong).forEach(function (name) {
      wrong[name].forEach(function (entry) {
        if (!entry.next.length) return;
        var item = rolegraph.make("li", "", say("mend-" + entry.error.kind, { text: rolegraph.show(entry.text.slice(0, 200)) }) + " ");
        entry.next.forEach(function (next, place) {
          var link = rolegraph.make("a");
          link.href = addressOf(name, entry.text, next.code);
          if (next.label) link.append(rolegraph.make("bdi", "", rolegraph.show(next.label)), " ");
          link.append(rolegraph.make("bdi", "code", rolegraph.show(next.code)));
          item.append(place ? " · " : "", link);
        });
        items.push(item);
      });
    });
    list.replaceChildren.apply(list, items);
    list.hidden = !items.length;
  };
})();
