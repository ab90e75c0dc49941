/* A field to choose roles and focuses with, by title, code or alias. Needs the scripts that search needs (they are on every
   page) and assets/search.css.

     <label for="from">From</label>
     <div class="chooser"><input id="from" type="text"></div>

     var from = rolegraph.choose(document.getElementById("from"), {
       kinds: ["profile", "focus"],     what may be chosen: kinds of hits; ["profile"] where it is left out
       most: 1,                         how many may be chosen; 1 where it is left out: a new one takes the place of the old
       show: true,                      whether the chosen ones are listed under the field, each with a button to remove it
       onpick: function (hit) {...},    one was chosen: {kind, code, label, page, ...}
       onchange: function (hits) {...}  what is chosen has changed, by picking, by removing, or by clear
     });
     from.chosen                        the hits that are chosen: [{kind, code, label, page, ...}]
     from.set(["A.B.M3"])               chooses by code: a promise of the hits; calls nothing; unknown codes are left out
     from.clear()                       chooses none

   rolegraph.findNamed(code, kinds) is a promise of the hit with a code, in any letter case; null where there is none. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  rolegraph.findNamed = function (code, kinds) {
    return rolegraph.openNames(kinds || ["profile"]).then(function (search) { return search.named(code); });
  };

  rolegraph.choose = function (input, options) {
    var kinds = options.kinds || ["profile"], most = options.most || 1, list = rolegraph.make("ul", "chosen");
    var chooser = {chosen: []};
    list.hidden = true;
    var box = rolegraph.combobox(input, {kinds: kinds, limit: options.limit || 8, onpick: pick});
    input.parentElement.append(list);

    function pick(hit) {
      var kept = chooser.chosen.filter(function (other) { return other.code !== hit.code || other.kind !== hit.kind; });
      chooser.chosen = kept.slice(Math.max(0, kept.length - most + 1)).concat(hit);
      input.value = "";
      tell();
      if (options.onpick) options.onpick(hit);
      if (options.onchange) options.onchange(chooser.chosen);
    }

    function drop(hit) {
      chooser.chosen = chooser.chosen.filter(function (other) { return other !== hit; });
      tell();
      input.focus();
      if (options.onchange) options.onchange(chooser.chosen);
    }

    function tell() {
      if (options.show === false) return;
      list.setAttribute("aria-label", rolegraph.text("script-search.chosen"));
      list.hidden = !chooser.chosen.length;
      list.replaceChildren.apply(list, chooser.chosen.map(function (hit) {
        var item = rolegraph.make("li", "chosen-one"), name = rolegraph.make("a", "", "");
        var button = rolegraph.make("button", "button-plain button-small", "×");
        name.href = rolegraph.root + hit.page;
        name.append(rolegraph.make("bdi", "", rolegraph.show(hit.label)));
        button.type = "button";
        button.setAttribute("aria-label", rolegraph.text("script-search.remove", {label: rolegraph.show(hit.label)}));
        button.addEventListener("click", function () { drop(hit); });
        var line = rolegraph.make("span", "chosen-code");
        line.append(rolegraph.make("bdi", "code", rolegraph.show(hit.code)));
        if (hit.retired) line.append(" ", rolegraph.makeRetired());
        item.append(name, " ", line, " ", button);
        return item;
      }));
    }

    chooser.set = function (codes) {
      return rolegraph.openNames(kinds).then(function (search) {
        chooser.chosen = codes.map(function (code) { return search.named(code); }).filter(Boolean).slice(0, most);
        tell();
        return chooser.chosen;
      });
    };
    chooser.clear = function () {
      chooser.chosen = [];
      input.value = "";
      box.close();
      tell();
      if (options.onchange) options.onchange(chooser.chosen);
    };
    return chooser;
  };
})();
