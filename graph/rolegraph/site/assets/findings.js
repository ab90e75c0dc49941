/* The filter of the findings: all of data/findings.js, by words, file and severity. It opens at ?words=, ?file= and ?severity= too. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  var MOST = 300;
  var form = document.getElementById("find");
  if (!form) return;
  var output = form.querySelector("output"), found = document.getElementById("found"), all = document.getElementById("all");
  var boxes = Array.from(form.querySelectorAll("input[type=checkbox]"));
  var asked = new URLSearchParams(location.search), findings = null;

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return values[name]; });
  }
  function say(number) { return number.toLocaleString("en"); }

  function read(data) {
    function text(place) { return place < 0 ? null : data.texts[place]; }
    return data.rows.map(function (row) {
      var finding = {severity: data.severities[row[0]], file: text(row[1]), line: row[2], cell: text(row[3]), subject: text(row[4]),
        page: text(row[5]), message: text(row[6]), remedy: text(row[7]), rule: text(row[8])};
      finding.words = rolegraph.folding.fold([finding.file, finding.cell, finding.subject, finding.message, finding.rule].join(" "));
      return finding;
    });
  }

  /* The choice of files: each with the number of its findings. The option of findings without a file has a value no file has. */
  function listFiles() {
    var counts = new Map();
    findings.forEach(function (finding) { counts.set(finding.file, (counts.get(finding.file) || 0) + 1); });
    Array.from(counts.keys()).sort(function (a, b) { return a === null ? 1 : b === null ? -1 : a < b ? -1 : 1; }).forEach(function (file) {
      var option = document.createElement("option");
      option.value = file === null ? "//" : file;
      option.textContent = (file === null ? form.dataset.noFile : rolegraph.show(file)) + " (" + say(counts.get(file)) + ")";
      form.file.append(option);
    });
  }

  function add(parent, tag, text, className) {
    var element = document.createElement(tag);
    if (text !== null) element.textContent = rolegraph.show(text);
    if (className) element.className = className;
    parent.append(element);
    return element;
  }

  function draw(finding) {
    var row = document.createElement("tr"), place = add(row, "td", null);
    add(place, "span", form.dataset[finding.severity], "severity " + finding.severity);
    if (finding.file !== null) add(place, "code", finding.file, "cell");
    if (finding.line >= 0) place.append(" " + fill(form.dataset.line, {line: finding.line}));
    if (finding.cell !== null) add(place, "span", finding.cell, "cell");
    var subject = add(row, "td", null);
    if (finding.page !== null) {
      subject = add(subject, "a", null);
      subject.href = rolegraph.root + finding.page;
    }
    add(subject, "code", finding.subject);
    add(row, "td", finding.message).dir = "auto";
    var remedy = add(row, "td", finding.remedy), rule = add(row, "td", null);
    remedy.dir = "auto";
    remedy.dataset.of = form.dataset.remedy;
    rule.dataset.of = form.dataset.rule;
    add(rule, "code", finding.rule);
    return row;
  }

  function filter() {
    var words = form.words.value.split(/\s+/).map(rolegraph.folding.fold), file = form.file.value, chosen = {};
    boxes.forEach(function (box) { chosen[box.value] = box.checked; });
    var isAsked = words.join("") !== "" || file !== "" || boxes.some(function (box) { return !box.checked; });
    found.hidden = !isAsked;
    all.hidden = isAsked;
    if (!isAsked) { output.textContent = ""; return; }
    var matches = findings.filter(function (finding) {
      return chosen[finding.severity] && (file === "" || (finding.file === null ? "//" : finding.file) === file) &&
        words.every(function (word) { return finding.words.indexOf(word) >= 0; });
    });
    found.querySelector("tbody").replaceChildren.apply(found.querySelector("tbody"), matches.slice(0, MOST).map(draw));
    output.textContent = fill(matches.length > MOST ? form.dataset.first : form.dataset.told,
      {shown: say(matches.length), count: say(findings.length), most: say(MOST)});
  }

  function need() {
    if (findings) { filter(); return; }
    rolegraph.need("findings").then(function (data) {
      if (!findings) {
        findings = read(data);
        var file = form.file.value || asked.get("file") || "";
        listFiles();
        form.file.value = file;
        if (form.file.selectedIndex < 0) form.file.value = "";
      }
      filter();
    }, function () { output.textContent = form.dataset.failed; });
  }

  form.hidden = false;
  form.words.value = asked.get("words") || "";
  if (asked.get("severity")) boxes.forEach(function (box) { box.checked = asked.getAll("severity").indexOf(box.value) >= 0; });
  form.addEventListener("input", need);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("focusin", function () { if (!findings) need(); });
  if (form.words.value || asked.get("file") || asked.get("severity")) need();
})();
