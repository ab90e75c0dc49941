/* The roster for scripts: rolegraph.openRoles(data) of data/roles.js gives what distances and paths are computed from.
   Profiles, focuses, functions, levels and skills are positions, counted from 0; profiles stand in the order of their
   codes. Numbers are whole: thousandths of a level step, millionths of a year or of a cost. What is wrong with a request
   is a rolegraph.RequestError, whose message is that of the command line. */
var rolegraph = rolegraph || {};
(function () {
  "use strict";
  const RETIRED = 2;

  rolegraph.RequestError = class RequestError extends Error {};

  /* Where each list of a column begins, as the list that each position belongs to. */
  function spread(starts) {
    const owners = [];
    for (let at = 0; at + 1 < starts.length; at++) {
      for (let member = starts[at]; member < starts[at + 1]; member++) owners.push(at);
    }
    return owners;
  }

  function tellRetired(what, note, successor) {
    const remedy = successor ? "ask for its successor " + successor : "it has no successor";
    return what + " is retired (" + note + "); " + remedy;
  }

  class Roles {
    constructor(data) {
      this.data = data;
      this.trackCodes = data["track.code"];
      this.levelCodes = data["level.code"];
      this.levelTrack = data["level.track"];
      this.levelRank = data["level.rank"];
      this.levelRung = data["level.rung"];
      this.usedLevels = data["level.used"];
      this.yearsMin = data["level.years_min"];
      this.yearsMax = data["level.years_max"];
      this.functionCodes = data["function.code"];
      this.functionGroup = data["function.group"];
      this.focusCodes = data["focus.code"];
      this.focusLabels = data["focus.label"];
      this.focusFunction = spread(data["function.focuses:at"]);
      this.focusScope = data["focus.scope"];
      this.profileFocus = spread(data["focus.profiles:at"]);
      this.profileLevel = data["profile.level"];
      this.profileFlags = data["profile.flags"];
      this.profileSet = data["profile.set"];
      this.payMedian = data["pay.median"];
      this.payKind = data["pay.kind"];
      this.payInherited = data["pay.inherited"];
      this.proficiencyLabels = data["proficiency.label"];
      this.editionCodes = data["edition.code"];
      this.editionForms = data["edition.form"];
      this.size = this.profileLevel.length;
      this.focusAt = new Map(this.focusCodes.map((code, at) => [code, at]));
    }

    /* One list of a column of lists. */
    list(name, at) {
      const starts = this.data[name + ":at"];
      return this.data[name].slice(starts[at], starts[at + 1]);
    }

    isRetired(profile) { return (this.profileFlags[profile] & RETIRED) !== 0; }

    codeOf(profile) {
      return this.focusCodes[this.profileFocus[profile]] + "." + this.levelCodes[this.profileLevel[profile]];
    }

    /* The title of a profile: its own, or its focus and level where it has none. */
    titleAt(profile) {
      const own = this.data["profile.title"][profile];
      if (own) return own;
      return this.focusLabels[this.profileFocus[profile]] + " — " + this.levelCodes[this.profileLevel[profile]];
    }

    /* The path of the page of a profile, from the root of the site. */
    pageOf(code) {
      const names = this.data.pages;
      return "profile/" + (Object.prototype.hasOwnProperty.call(names, code) ? names[code] : code) + ".html";
    }

    functionOf(profile) { return this.focusFunction[this.profileFocus[profile]]; }

    /* The profiles in use of a focus, by code. */
    listRungs(focus) {
      const starts = this.data["focus.profiles:at"], found = [];
      for (let at = starts[focus]; at < starts[focus + 1]; at++) if (!this.isRetired(at)) found.push(at);
      return found;
    }

    /* The skills that hold for a profile, in the order of its focus: skill -> {use, asked}; asked is null where no
       proficiency is recorded. Of two uses that are the same skill the first stands. */
    usesOf(profile) {
      const focus = this.profileFocus[profile], level = this.profileLevel[profile];
      const starts = this.data["focus.uses:at"], found = new Map();
      for (let use = starts[focus]; use < starts[focus + 1]; use++) {
        const levels = this.list("use.levels", use);
        if (levels.length && !levels.includes(level)) continue;
        const pairs = this.list("use.asked", use);
        let asked = null;
        for (let at = 0; at < pairs.length; at += 2) if (pairs[at] === level) asked = pairs[at + 1];
        const skill = this.data["use.skill"][use];
        if (!found.has(skill)) found.set(skill, {use, asked, perLevel: asked !== null || levels.length > 0});
      }
      return found;
    }

    /* What a focus calls a skill that it uses. */
    wordingOf(use) {
      return this.data["use.label"][use] || this.data["skill.label"][this.data["use.skill"][use]];
    }

    /* The position of a profile, retired or not; -1 where there is none. */
    findProfile(code) {
      const cut = code.lastIndexOf(".");
      const focus = cut < 0 ? undefined : this.focusAt.get(code.slice(0, cut));
      if (focus === undefined) return -1;
      const level = code.slice(cut + 1), starts = this.data["focus.profiles:at"];
      for (let at = starts[focus]; at < starts[focus + 1]; at++) {
        if (this.levelCodes[this.profileLevel[at]] === level) return at;
      }
      return -1;
    }

    /* The same for a profile, a focus or a function in use; a RequestError for what is not there or retired. */
    locateProfile(code) {
      const at = this.findProfile(code);
      if (at < 0) throw new rolegraph.RequestError("there is no profile " + code);
      if (!this.isRetired(at)) return at;
      const retired = this.findRetirement("profile", at);
      if (retired) throw new rolegraph.RequestError(tellRetired("profile " + code, ...retired));
      const gone = this.findRetirement("focus", this.profileFocus[at]) || ["", ""];
      throw new rolegraph.RequestError(tellRetired("profile " + code + " with its focus", ...gone));
    }

    locateFocus(code) {
      const at = this.focusAt.get(code);
      if (at === undefined) throw new rolegraph.RequestError("there is no focus " + code);
      const retired = this.findRetirement("focus", at);
      if (retired) throw new rolegraph.RequestError(tellRetired("focus " + code, ...retired));
      return at;
    }

    locateFunction(code) {
      const at = this.functionCodes.indexOf(code);
      if (at < 0) throw new rolegraph.RequestError("there is no function " + code);
      return at;
    }

    /* Form, constants by name and further numbers of an edition; null where there is no such edition. */
    readEdition(code) {
      const at = this.editionCodes.indexOf(code);
      if (at < 0) return null;
      const form = this.editionForms[at], names = this.data.forms[form] || [];
      const numbers = this.list("edition.numbers", at), constants = {};
      names.forEach((name, place) => { if (place < numbers.length) constants[name] = numbers[place]; });
      return {form, constants, more: numbers.slice(names.length)};
    }

    findRetirement(kind, at) {
      const place = this.data[kind + ".retired"].indexOf(at);
      if (place < 0) return null;
      return [this.data[kind + ".retired_note"][place], this.data[kind + ".successor"][place]];
    }
  }

  rolegraph.openRoles = (data) => new Roles(data);
})();
