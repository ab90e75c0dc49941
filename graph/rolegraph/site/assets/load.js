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
  if (typeof document !== "undefined") rolegraph.root = document.documentElement.dataset.root;
})();
