"""Coordinates, distance and match bands of the editions ``structural`` and ``experience``.

    steps     level + track + taxonomy, in thousandths of a level step
    level     the difference of rank (structural) or of career stage (experience)
    track     a constant where the tracks differ
    taxonomy  0 in one focus, then a constant each for one function, one function group, and elsewhere
    distance  min(truncation, steps) / truncation

Taxonomy is an ultrametric, level a path metric, track the discrete metric; the sum of metrics is one, and so is
a sum that is cut off. Bands compare steps, their limits included, in whole numbers: in floating point
(1 + 1.7) / 9 would exceed 0.30.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.careers.closest import refuse_edition
from rolegraph.careers.forms import BY_RANK, FORMS, MICRO, STEP
from rolegraph.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolegraph.answers import Band
    from rolegraph.careers.roster import Roster

FOCUS, FUNCTION, GROUP, ELSEWHERE = 0, 1, 2, 3
"""The narrowest part of the taxonomy that two profiles share."""

PLACE_FORMS = frozenset({"structural", "experience"})
"""The forms that measure the places of levels and focuses."""

APART = -1
"""The level term of two levels that the edition does not compare."""


def relate(roster: Roster, focus: int, other: int) -> int:
    """What two focuses share: FOCUS, FUNCTION, GROUP or ELSEWHERE. A function without a group shares none."""
    if focus == other:
        return FOCUS
    function, other_function = roster.focus_function[focus], roster.focus_function[other]
    if function == other_function:
        return FUNCTION
    group = roster.function_group[function]
    return GROUP if group >= 0 and group == roster.function_group[other_function] else ELSEWHERE


def list_functions(roster: Roster, function: int, relation: int) -> Iterable[int]:
    """The functions that stand in one relation (FUNCTION, GROUP, ELSEWHERE) to a function, by code."""
    if relation == FUNCTION:
        return (function,)
    group = roster.function_group[function]
    members = roster.group_functions[group] if group >= 0 else [function]
    if relation == GROUP:
        return (other for other in members if other != function)
    inside = set(members)
    return (other for other in range(len(roster.function_codes)) if other not in inside)


class Measure:
    """One edition of distance over the levels of a roster, in thousandths of a step.

    ``stages`` are the places of the levels (-1: unknown), ``taxonomy`` the term of each relation, ``method`` how
    the stage of each track is known. ``ranked`` tracks compare inside themselves only, and only for moves.
    """

    def __init__(self, roster: Roster, edition: str, *, ranked: bool = False) -> None:
        self.edition = edition
        form, constants, numbers = _read_place(roster, edition)
        self.taxonomy = (
            0, constants["same-function"], constants["same-group"], constants["elsewhere"],
        )  # fmt: skip
        self.track = constants["track"]
        self.truncation = constants["truncation"]
        self._confident = constants["band-confident"]
        self._review = constants["band-needs-review"]
        self._level_track = roster.level_track
        self._judged: dict[int, tuple[float, Band]] = {}
        self._ranked = ranked
        self.uses_years = form == "experience"
        if self.uses_years:
            self.stages = numbers[: roster.level_count]
            self.method = numbers[roster.level_count :]
        else:
            self.stages = [rank * STEP for rank in roster.level_rank]
            self.method = [BY_RANK] * len(roster.track_codes)

    @property
    def limits(self) -> tuple[int, int, int]:
        """The steps at which ``confident`` and ``needs-review`` end, and those at which sums are cut off."""
        return self._confident, self._review, self.truncation

    def compares(self, level: int, other: int) -> bool:
        """Whether the edition compares two levels: their places are known, and known in the same way."""
        if self.stages[level] < 0 or self.stages[other] < 0:
            return False
        track, other_track = self._level_track[level], self._level_track[other]
        if not self.uses_years:
            return True
        if self.method[track] == BY_RANK:
            return self._ranked and track == other_track
        return self.method[track] == self.method[other_track]

    def level_term(self, level: int, other: int) -> int:
        """The level term, or APART where the two levels are not compared."""
        return abs(self.stages[level] - self.stages[other]) if self.compares(level, other) else APART

    def track_term(self, level: int, other: int) -> int:
        """The track term."""
        return 0 if self._level_track[level] == self._level_track[other] else self.track

    def count_steps(self, level: int, other: int, relation: int) -> int:
        """Steps between two levels that are compared, before truncation."""
        return self.level_term(level, other) + self.track_term(level, other) + self.taxonomy[relation]

    def scale(self, steps: int) -> int:
        """The distance in millionths."""
        return (min(steps, self.truncation) * MICRO * 2 + self.truncation) // (2 * self.truncation)

    def judge(self, steps: int) -> tuple[float, Band]:
        """The distance (0 to 1, six digits) and the match band of so many steps."""
        steps = min(steps, self.truncation)
        judged = self._judged.get(steps)
        if judged is None:
            band: Band = (
                "confident"
                if steps <= self._confident
                else "needs-review"
                if steps <= self._review
                else "no-match"
            )
            judged = self._judged[steps] = (self.scale(steps) / MICRO, band)
        return judged

    def split(self, level: int, other: int, relation: int) -> dict[str, float]:
        """The components, in steps; they sum to the distance before truncation."""
        return {
            "level": self.level_term(level, other) / STEP,
            "track": self.track_term(level, other) / STEP,
            "taxonomy": self.taxonomy[relation] / STEP,
        }


def explain_apart(roster: Roster, measure: Measure, level: int, other: int) -> str | None:
    """Why an edition does not compare two levels; None where it does."""
    if measure.compares(level, other):
        return None
    tracks = {roster.level_track[level], roster.level_track[other]}
    ranked = [track for track in sorted(tracks) if measure.method[track] == BY_RANK]
    if ranked:
        # Levels that no role is at are not asked for.
        unknown = [
            roster.level_codes[at]
            for at in roster.used_levels
            if roster.level_track[at] in ranked and (roster.years_min[at] < 0 or roster.years_max[at] < 0)
        ]
        return (
            f"{measure.edition} needs typical years, from and to, or a stage for every level in use; "
            f"{', '.join(unknown)} {'lack' if len(unknown) > 1 else 'lacks'} the years and not every level in use has"
            " a stage: add them, or use structural@1"
        )
    return (
        f"{measure.edition} knows the stages of {roster.level_codes[level]} and {roster.level_codes[other]} in "
        "different ways, one from typical years and one as given, and does not mix them: "
        "give years or stages for every level in use, or use structural@1"
    )


def list_distances(roster: Roster) -> list[str]:
    """The codes of the editions that define a distance which is computed here."""
    return [
        code
        for code, form in zip(roster.edition_codes, roster.edition_forms, strict=True)
        if form in FORMS and FORMS[form].measure
    ]


def read_distance(roster: Roster, edition: str) -> tuple[str, dict[str, int], list[int]]:
    """Form, constants and further numbers of an edition of distance, as :meth:`Roster.read_edition`.

    Raises UnknownError where there is none of that code, naming the closest or those that there are, and RequestError
    for one that defines no distance.
    """
    known = list_distances(roster)
    found = roster.read_edition(edition)
    if found is None:
        raise refuse_edition(edition, known)
    if edition in known:
        return found
    usable = f"{', '.join(known) or 'none'} (rolegraph editions tells what each measures)"
    what = "defines the cost of a move, not a distance" if found[0] == "effort" else "is not computed here"
    raise RequestError(f"{edition} (form {found[0]}) {what}; the distances of this data are {usable}")


def check_content(roster: Roster, edition: str) -> None:
    """Raise RequestError unless an edition is one of content, the only form that compares skills."""
    if read_distance(roster, edition)[0] != "content":
        raise RequestError(
            f"{edition} does not compare skills; use an edition of the form content, such as content@1"
        )


def _read_place(roster: Roster, edition: str) -> tuple[str, dict[str, int], list[int]]:
    found = read_distance(roster, edition)
    if found[0] not in PLACE_FORMS:
        raise RequestError(
            f"{edition} (form {found[0]}) does not compare levels; use an edition of the form "
            f"{' or '.join(sorted(PLACE_FORMS))} here (rolegraph editions tells which there are)"
        )
    return found
