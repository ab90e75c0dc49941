"""All that is known of one entry, as a sheet of sections in the order of a profile page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rolegraph.answers import Entry, Section, Sheet
from rolegraph.entries import (
    ASSIGNED,
    list_definitions,
    list_guideline,
    list_head,
    list_level,
    list_mappings,
    list_pay,
)
from rolegraph.errors import UnknownError
from rolegraph.model.reference import JobFunction, Level, Skill
from rolegraph.model.roles import Focus, Profile
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.occupational.base import list_bases
from rolegraph.occupational.concepts import describe_concept
from rolegraph.occupational.naming import find_close, is_soc_code, resolve_code, resolve_label, tell_unheld

if TYPE_CHECKING:
    from rolegraph.releases.library import Library


def describe_named(taxonomy: Taxonomy, library: Library, name: str, *, full: bool = False) -> Sheet:
    """The sheet of what a code or name names: an entry of the taxonomy, a role by its title, an entry of a release.

    Raises UnknownError, with the closest codes and, for a code of a release that is not here, the command that brings
    it; RequestError where several things are called so.
    """
    from rolegraph.careers.naming import resolve_end
    from rolegraph.careers.roster import Roster

    try:
        return describe_entry(taxonomy, library, name, full=full)
    except UnknownError as unknown:
        try:
            code = resolve_end(Roster.from_taxonomy(taxonomy), name, retired=True)
        except UnknownError as error:
            key = resolve_code(library, name) or resolve_label(taxonomy, library, name)
            if key is not None:
                return describe_concept(taxonomy, library, key, full=full)
            close = find_close(taxonomy, library, name)
            # What looks like the code of an occupation is not the code of a level, say, however alike they are spelt.
            closest = close if is_soc_code(name) else unknown.closest
            if remedy := tell_unheld(library, name):
                raise UnknownError(f"nothing here has the code {name} ({remedy})", closest) from None
            if is_soc_code(name) or (close and not unknown.closest):
                raise UnknownError(f"nothing has the code {name}", close) from None
            raise (unknown if unknown.closest else error) from None
        return describe_entry(taxonomy, library, code, full=full)


def describe_entry(taxonomy: Taxonomy, library: Library, code: str, *, full: bool = False) -> Sheet:
    """The sheet of a profile, focus, function, level, skill or occupation, found by its code (any case).

    The ``library`` says what stands under occupations, with ``full`` all of it. Raises UnknownError, naming the closest
    codes, where there is none.
    """
    wanted = code.casefold()
    for known, profile in taxonomy.profile_by_code.items():
        if known.casefold() == wanted:
            return describe_profile(taxonomy, library, profile, full=full)
    kinds: tuple[tuple[Mapping[str, Any], Callable[[Taxonomy, Any], Sheet]], ...] = (
        (taxonomy.focus_by_code, _describe_focus),
        (taxonomy.function_by_code, _describe_function),
        (taxonomy.level_by_code, _describe_level),
        (taxonomy.skill_by_code, _describe_skill),
    )
    for by_code, describe in kinds:
        for known, record in by_code.items():
            if known.casefold() == wanted:
                return describe(taxonomy, record)
    for occupation in taxonomy.occupations:
        if wanted in {occupation.code.casefold(), f"{occupation.scheme}/{occupation.code}".casefold()}:
            return describe_concept(taxonomy, library, f"{occupation.scheme}/{occupation.code}", full=full)
    for skill in taxonomy.skills:
        if wanted in {label.casefold() for label in (skill.label, *(a.label for a in skill.alternatives))}:
            return _describe_skill(taxonomy, skill)
    raise _unknown(taxonomy, code)


def describe_record(taxonomy: Taxonomy, library: Library, kind: str, code: str) -> Sheet:
    """The sheet of a record whose kind is known: ``profile``, ``focus``, ``function``, ``level``, ``skill``, or an
    ``occupation`` by ``scheme/code``. Raises KeyError where there is no such record."""
    match kind:
        case "profile":
            return describe_profile(taxonomy, library, taxonomy.profile_by_code[code])
        case "focus":
            return _describe_focus(taxonomy, taxonomy.focus_by_code[code])
        case "function":
            return _describe_function(taxonomy, taxonomy.function_by_code[code])
        case "level":
            return _describe_level(taxonomy, taxonomy.level_by_code[code])
        case "skill":
            return _describe_skill(taxonomy, taxonomy.skill_by_code[code])
    return describe_concept(taxonomy, library, code)


def _unknown(taxonomy: Taxonomy, code: str) -> UnknownError:
    from rapidfuzz import process, utils

    known = [
        *taxonomy.profile_by_code,
        *taxonomy.focus_by_code,
        *taxonomy.function_by_code,
        *taxonomy.level_by_code,
        *taxonomy.skill_by_code,
        *(occupation.code for occupation in taxonomy.occupations),
    ]
    close = process.extract(code, known, processor=utils.default_process, limit=3, score_cutoff=70)
    return UnknownError(f"nothing has the code {code}", [match[0] for match in close])


def describe_profile(taxonomy: Taxonomy, library: Library, profile: Profile, *, full: bool = False) -> Sheet:
    """The sheet of a profile: every section of a profile page, in its order, then what stands under its mappings."""
    focus = taxonomy.focus_by_code[profile.focus]
    level = taxonomy.level_by_code[profile.level]
    pay = list_pay(profile.pay) if profile.pay else ()
    sections = [
        Section("Profile", (*list_head(taxonomy, profile), *pay)),
        Section("Definition", tuple(list_definitions(profile, focus))),
        Section("Responsibilities by level", tuple(_responsibilities(focus, profile.level))),
        Section("Level guidelines", tuple(_guidelines(focus, profile.level))),
        Section("Skills", tuple(_skills(taxonomy, focus, profile.level))),
        Section("Provenance", tuple(_provenance(profile))),
        Section(f"Level — {level.label}", tuple(list_level(level))),
        Section("Title aliases", tuple(Entry("", alias) for alias in profile.aliases)),
        Section("Classification mappings", tuple(list_mappings(taxonomy, profile))),
        *list_bases(taxonomy, library, profile, full=full),
    ]
    return Sheet("profile", profile.code, taxonomy.title_of(profile), tuple(sections))


def _responsibilities(focus: Focus, own: str | None) -> Iterator[Entry]:
    for profile in focus.profiles:
        label = f"{profile.level} (this profile)" if profile.level == own else profile.level
        for responsibility in profile.responsibilities:
            yield Entry(label, responsibility.text)
    if focus.split and any(profile.responsibilities for profile in focus.profiles):
        how = {
            "stated": "the source states the levels",
            "even": "divided evenly over the levels; the source lost its level headings",
            "given": "divided by counts that were given; the source lost its level headings",
        }[focus.split]
        yield Entry("How they were divided", how)


def _guidelines(focus: Focus, own: str | None) -> Iterator[Entry]:
    for profile in focus.profiles:
        mark = " (this profile)" if profile.level == own else ""
        for entry in list_guideline(profile):
            yield Entry(f"{profile.level}{mark} {entry.label}", entry.text)


def _skills(taxonomy: Taxonomy, focus: Focus, own: str | None) -> Iterator[Entry]:
    for use in focus.skills:
        if own is not None and use.levels and own not in use.levels:
            continue
        scope = f", for {', '.join(use.levels)}" if use.levels else ""
        skill = taxonomy.skill_by_code[use.skill]
        asked = use.find_proficiency(own) if own is not None else None
        text = [use.description] if use.description else []
        if asked is not None:
            scope = f", at {taxonomy.proficiency_by_code[asked].label}"
            text += [d.text for d in skill.descriptors if d.proficiency == asked]
        elif own is None and use.proficiency:
            steps = (
                f"{r.level} {taxonomy.proficiency_by_code[r.proficiency].label}" for r in use.proficiency
            )
            scope = f", at {', '.join(steps)}"
        yield Entry(use.label or skill.label, "\n".join(text), use.skill + scope)


def _provenance(profile: Profile) -> Iterator[Entry]:
    for score in profile.review:
        yield Entry(score.dimension.replace("-", " ").capitalize(), str(score.value), "of 5, review panel")
    if profile.source_count is not None:
        listed = "" if profile.sources else "none is listed"
        yield Entry("Sources", str(profile.source_count), listed)
    for source in profile.sources:
        named = source.occupation is not None and source.occupation not in source.text
        yield Entry("Source", source.text, source.occupation or "" if named else "")


def _describe_focus(taxonomy: Taxonomy, focus: Focus) -> Sheet:
    function = taxonomy.function_by_code[focus.function]
    head = [Entry("Function", function.label or function.code, function.code if function.label else "")]
    if focus.retired:
        successor = focus.retired.replaced_by
        head.append(Entry("Retired", focus.retired.note, f"replaced by {successor}" if successor else ""))
    definition = [Entry("Focus", focus.definition)] if focus.definition else []
    if focus.differential:
        what = " and ".join(focus.differential)
        definition.append(
            Entry("Differential", f"material {what} differential against the function's baseline")
        )
    sections = (
        Section("Focus", tuple(head)),
        Section("Definition", tuple(definition)),
        Section("Profiles", tuple(Entry(p.level, taxonomy.title_of(p), p.code) for p in focus.profiles)),
        Section("Responsibilities by level", tuple(_responsibilities(focus, None))),
        Section("Level guidelines", tuple(_guidelines(focus, None))),
        Section("Skills", tuple(_skills(taxonomy, focus, None))),
    )
    return Sheet("focus", focus.code, focus.label, sections)


def _describe_function(taxonomy: Taxonomy, function: JobFunction) -> Sheet:
    head = [Entry("Definition", function.definition)] if function.definition else []
    if function.group:
        note = ASSIGNED if "group" in function.assigned else ""
        head.append(Entry("Function group", taxonomy.group_by_code[function.group].label, note))
    focuses = tuple(Entry("", f.label, f.code) for f in taxonomy.focuses if f.function == function.code)
    sections = (Section("Function", tuple(head)), Section("Focuses", focuses))
    return Sheet("function", function.code, function.label or function.code, sections)


def _describe_level(taxonomy: Taxonomy, level: Level) -> Sheet:
    head = (
        Entry("Track", taxonomy.track_by_code[level.track].label, level.track),
        Entry("Rank", str(level.rank)),
    )
    used = (Entry("", taxonomy.title_of(p), p.code) for p in taxonomy.profiles if p.level == level.code)
    sections = (
        Section("Level", head),
        Section("Descriptor", tuple(list_level(level))),
        Section("Profiles at this level", tuple(used)),
    )
    return Sheet("level", level.code, level.label, sections)


def _describe_skill(taxonomy: Taxonomy, skill: Skill) -> Sheet:
    head = [Entry("Definition", skill.definition)] if skill.definition else []
    if skill.retired:
        successor = skill.retired.replaced_by
        head.append(Entry("Retired", skill.retired.note, f"replaced by {successor}" if successor else ""))
    users = [
        Entry(f.label, use.label or skill.label, f.code) for f in taxonomy.focuses for use in f.skills
        if use.skill == skill.code
    ]  # fmt: skip
    sections = (
        Section("Skill", tuple(head)),
        Section("Also worded", tuple(Entry("", a.label, a.reason) for a in skill.alternatives)),
        Section("Proficiency", tuple(_descriptors(taxonomy, skill))),
        Section("Mappings", tuple(list_mappings(taxonomy, skill))),
        Section("Used by", tuple(users)),
    )
    return Sheet("skill", skill.code, skill.label, sections)


def _descriptors(taxonomy: Taxonomy, skill: Skill) -> Iterator[Entry]:
    """What the skill means at each step of the scale, lowest first."""
    texts = {descriptor.proficiency: descriptor.text for descriptor in skill.descriptors}
    for step in taxonomy.proficiencies:
        if step.code in texts:
            yield Entry(step.label, texts[step.code])
