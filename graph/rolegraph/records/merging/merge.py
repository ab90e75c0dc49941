"""What a source states meets a data folder: new records, what changes by them, and what a person should look at.

Pages fill what is empty and add what is missing; where they say something else, the folder's statement is kept and
noted. A table owns what it stated: it may change that and take it back, and what vanishes from it is retired.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rolegraph.answers import Change, Finding
from rolegraph.errors import InputError, Problem
from rolegraph.model.checks import find_flaws
from rolegraph.model.parts import Parts
from rolegraph.model.roles import Focus, Profile
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records.folder import load_lent
from rolegraph.records.merging.adopt import Adoption, adopt_skills
from rolegraph.records.merging.changes import list_changes
from rolegraph.records.merging.focuses import FocusMerger
from rolegraph.records.merging.meeting import Meeting, name_part
from rolegraph.records.merging.shared import (
    leave_lent_ladder,
    merge_ladder,
    merge_shared,
    settle_clashes,
)
from rolegraph.records.merging.unite import unite_skills

if TYPE_CHECKING:
    from rolegraph.records.cells import Cells
    from rolegraph.records.intake import Intake, Key
    from rolegraph.records.places import Places

_INFOS: Final = frozenset(
    (
        "graph-beside", "page-adjacent-skipped", "page-counts-used", "rows-unmatched", "rows-unused", "skill-likely", "skill-merged",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Merged:
    """The job architecture with what a source stated, what changed by it, and notes beside those of the intake.

    ``codes`` are the final codes of the source's skills, ``ids`` the final ids of its responsibilities and sources
    where they are others, by focus, level, field and the source's id. ``declined`` are the source's keys of what was
    stated, while the folder's own was kept.
    """

    taxonomy: Taxonomy
    changes: tuple[Change, ...]
    notes: tuple[Problem, ...]
    codes: dict[str, str]
    ids: dict[tuple[str, ...], str]
    declined: frozenset[Key]

    def translate(self, key: Key) -> Key | None:
        """The key in the folder of what the source calls ``key``; None where the folder's own was kept."""
        if key in self.declined:
            return None
        if key[0] == "skill":
            return (key[0], self.codes.get(key[1], key[1]), *key[2:])
        if key[0] != "focus" or len(key) < 4:
            return key
        # Most keys stay, and there may be millions of them.
        if key[2] == "skills":
            code = self.codes.get(key[3], key[3])
            return key if code == key[3] else (*key[:3], code, *key[4:])
        if len(key) > 5 and key[2] == "levels" and self.ids:
            part = self.ids.get((key[1], *key[3:6]), key[5])
            return key if part == key[5] else (*key[:5], part, *key[6:])
        return key


def merge_intake(
    taxonomy: Taxonomy,
    places: Places | None,
    intake: Intake,
    *,
    merge_skills: bool = False,
    replace: bool = False,
    owned: Cells | None = None,
) -> Merged:
    """Merges what pages, or with ``owned`` a table, state into the job architecture of a folder.

    ``places`` are those of the folder, for notes. ``merge_skills`` takes skills that are likely the same for the
    same, also where both are in the folder already. A source with a ladder of its own takes the place of the one
    that rolegraph lends. With ``replace`` pages have their way where they differ. ``owned`` are the cells that the
    table stated when it was last imported (none when it never was). Raises InputError with everything that does not
    fit together.
    """
    if intake.tracks:
        taxonomy = leave_lent_ladder(taxonomy)
    before = taxonomy
    meeting = Meeting(intake, places, owned, replace)
    if merge_skills:
        taxonomy, unions = unite_skills(taxonomy, {skill.label for skill in intake.skills})
        for union in unions:
            _note_merged(
                meeting, union.label, f"'{union.wording}' ({union.kept})", union.reason, ("skill", union.kept)
            )
    adoption = adopt_skills(taxonomy.skills, intake.skills, merge=merge_skills)
    _note_proposals(meeting, adoption)
    parts = _merge_parts(meeting, taxonomy, intake)
    skills = settle_clashes(meeting, adoption, intake.skills)
    parts["skills"] = skills
    merger = FocusMerger(
        meeting,
        adoption.codes,
        {skill.code: skill for skill in skills},
        {skill.code: skill.label for skill in intake.skills},
    )
    parts["focuses"] = _merge_focuses(meeting, merger, taxonomy, intake)
    result = _check(meeting, taxonomy, parts)
    return Merged(
        taxonomy=result,
        changes=list_changes(before, result),
        notes=tuple(meeting.notes),
        codes=dict(adoption.codes),
        ids=dict(merger.ids),
        declined=frozenset(meeting.declined),
    )


def to_findings(notes: Iterable[Problem]) -> tuple[Finding, ...]:
    """Notes as findings: those on what was done as asked or may be passed over are infos, the others warnings."""
    return tuple(
        Finding(
            severity="info" if note.rule in _INFOS else "warning",
            rule=note.rule,
            file=note.place.file if note.place else None,
            line=note.place.line if note.place else None,
            subject=note.where,
            message=note.message,
            remedy=note.remedy,
            cell=str(note.place) if note.place and note.place.cell else None,
        )
        for note in notes
    )


def _note_proposals(meeting: Meeting, adoption: Adoption) -> None:
    for proposal in adoption.proposals:
        # A source may state both wordings; then the other one is named by what it became.
        known = f"'{proposal.wording}' ({proposal.known})"
        key, source = ("skill", adoption.codes[proposal.code], "label"), ("skill", proposal.code, "label")
        if proposal.merged:
            _note_merged(meeting, proposal.label, known, proposal.reason, key, source)
        else:
            message = f"'{proposal.label}' is likely the skill {known}: {_continue(proposal.reason)}"
            remedy = "say --merge-skills to take them for one skill, or leave them apart"
            meeting.note("skill-likely", message, key, remedy, source)


def _note_merged(
    meeting: Meeting, label: str, known: str, reason: str, key: Key, source: Key | None = None
) -> None:
    message = f"'{label}' was taken for the skill {known}: {_continue(reason)}"
    meeting.note("skill-merged", message, key, "look whether that is right", source)


def _continue(sentence: str) -> str:
    """A sentence as it goes on after a colon."""
    return f"{sentence[0].lower()}{sentence[1:]}".rstrip(".")


def _merge_parts(meeting: Meeting, taxonomy: Taxonomy, intake: Intake) -> dict[str, Any]:
    """The fields of the Taxonomy but skills and focuses."""
    parts: dict[str, Any] = {name: getattr(taxonomy, name) for name in Parts.model_fields}
    parts["groups"] = merge_shared(meeting, "function-group", taxonomy.groups, intake.groups)
    parts["functions"] = merge_shared(meeting, "function", taxonomy.functions, intake.functions)
    parts["proficiencies"] = merge_shared(
        meeting, "proficiency", taxonomy.proficiencies, intake.proficiencies
    )
    if intake.tracks or intake.levels:
        lent = load_lent()
        parts["tracks"] = merge_ladder(meeting, "track", taxonomy.tracks, intake.tracks, lent.tracks)
        parts["levels"] = merge_ladder(meeting, "level", taxonomy.levels, intake.levels, lent.levels)
    return parts


def _merge_focuses(
    meeting: Meeting, merger: FocusMerger, taxonomy: Taxonomy, intake: Intake
) -> tuple[Focus, ...]:
    merged = dict(taxonomy.focus_by_code)
    for focus in intake.focuses:
        merged[focus.code] = merger.merge(merged.get(focus.code), focus)
    if meeting.owned is not None:
        stated = {focus.code for focus in intake.focuses}
        for code in meeting.owned.list_codes("focus"):
            if code in merged and code not in stated:
                merged[code] = merger.retire(merged[code])
    return tuple(merged.values())


def _check(meeting: Meeting, taxonomy: Taxonomy, parts: dict[str, Any]) -> Taxonomy:
    """The merged Taxonomy. Raises InputError with its flaws, at their places in the source where they have one."""
    problems = [*meeting.problems, *_find_taken_jobs(meeting, parts["focuses"])]
    if not problems:
        # What Taxonomy refuses is found again below, with its places.
        with suppress(InputError):
            return Taxonomy(dataset=taxonomy.dataset, **parts)
    for flaw in find_flaws(Parts.model_construct(None, **parts), taxonomy.dataset.base):
        key = (flaw.kind, flaw.code, *flaw.path)
        problems.append(
            Problem(flaw.rule, flaw.message, meeting.find_place(key), name_part(key), flaw.remedy)
        )
    raise InputError(problems)


def _find_taken_jobs(meeting: Meeting, focuses: Iterable[Focus]) -> Iterator[Problem]:
    """Job codes that the source gives to a role while the folder holds another with it.

    Retired roles have no say. That one source gives a code to several roles is the source's affair: such a code names
    none of them, which the shape ``job-code-unique`` warns of.
    """
    stated = {profile.code for focus in meeting.intake.focuses for profile in focus.profiles}
    holders: dict[str, Profile] = {}
    taking: list[Profile] = []
    for focus in focuses:
        if focus.retired is not None:
            continue
        for profile in focus.profiles:
            if profile.job_code is None or profile.retired is not None:
                continue
            if profile.code in stated:
                taking.append(profile)
            else:
                holders.setdefault(profile.job_code, profile)
    for profile in taking:
        holder = holders.get(str(profile.job_code))
        if holder is None:
            continue
        key, other = (("focus", each.focus, "levels", each.level, "job_code") for each in (profile, holder))
        place = meeting.find_place(other)
        at = f" at {place}" if place is not None else ""
        yield Problem(
            "job-code-taken",
            f"{profile.code} has the job code {profile.job_code}, which is that of {holder.code}{at}",
            meeting.find_place(key), name_part(key),
            "give each role a job code of its own, or retire the one that is no more",
        )  # fmt: skip
