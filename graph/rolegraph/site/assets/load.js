/* Files of data reach a page as scripts, since a page that is opened from a folder may read no other kind of file. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var taken = {}, waiting = {};
  /* Called by a file of data: its name, without the ending, and what it holds. */
  rolegraph.take = function (name, data) {
    taken[name] = data;
    if (waiting[name]) waiting[name].resolve(data);
  };
  /* The data of a file in data/, such as "names" or "sides/A.B.M3": a promise, which fails where the file is missing. */
  rolegraph.need = function (name) {
    if (name in taken) return Promise.resolve(taken[name]);
    if (!waiting[name]) {
      var entry = waiting[name] = {};
      entry.promise = new Promise(function (resolve, reject) {
        entry.resolve = resolve;
        var script = document.createElement("script");
        script.src = rolegraph.root + "data/" + name + ".js";
        script.onerror = function () { delete waiting[name]; reject(new Error("data/" + name + ".js is missing")); };
        document.head.append(script);
      });
    }
    return waiting[name].promise;
  };
  /* A text of data/texts.js, which must have been needed before, with {name} replaced by values[name]. With values.count
     a key has two forms, KEY.one and KEY.many. */
  rolegraph.text = function (key, values) {
    var texts = taken.texts || {}, given = {}, name;
    for (name in values || {}) given[name] = String(values[name]);
    if ("count" in given) {
      key += given.count === "1" ? ".one" : ".many";
      given.count = given.count.replace(/\B(?=(\d{3})+$)/g, ",");
    }
    if (!Object.prototype.hasOwnProperty.call(texts, key)) throw new Error("there is no text " + key);
    if (!values) return texts[key];
    return texts[key].replace(/\{\{|\}\}|\{(\w+)\}/g, function (whole, name) {
      if (name === undefined) return whole[0];
      if (!Object.prototype.hasOwnProperty.call(given, name)) throw new Error(key + " needs " + name);
      return given[name];
    });
  };
  /* A text of the records as pages show it: what cannot be seen in it, or turns the order of texts, is spelt out. */
  rolegraph.show = function (text) {
    return String(text).replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, function (sign) {
      return "\\x" + sign.charCodeAt(0).toString(16).padStart(2, "0");
    }).replace(/[\u202a-\u202e\u2066-\u2069]/g, function (sign) {
      return "\\u" + sign.charCodeAt(0).toString(16).padStart(4, "0");
    });
  };
  if (typeof document !== "undefined") rolegraph.root = document.documentElement.dataset.root;
})();
