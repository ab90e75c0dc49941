"""Every question of the API: where it is asked, what it takes, and what answers it.

Parameters are called as on the command line, with underscores; the JSON of the answers is what ``--format json`` prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from rolegraph.architecture import Architecture
from rolegraph.errors import RequestError
from rolegraph.web.api.parameters import Parameter

Ask = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One question: its path below ``/api/``, what it asks, and the command whose answers it gives.

    ``ask`` gets the architecture and the parameters that were given, by their names in Python. ``code`` describes the
    part of the path in braces, where there is one.
    """

    path: str
    command: str
    summary: str
    ask: Ask
    parameters: tuple[Parameter, ...] = ()
    code: Parameter | None = None

    @property
    def name(self) -> str:
        """What tells it apart from the others."""
        return self.path.replace("/{code}", "-by-code")


_A, _B, _C = "MANUFA.MANUFACTF950.M3", "MANUFA.BIOPROCE4427.M3", "PROCES.UPSTREAMDF5B.P1"
_ROLE = "a role: its code in any letter case, your own job code, its title or a title alias"
_END = "a role or focus, or several parted by commas, of which any will do"
_EDITION = Parameter("edition", "the edition that defines the distance", example="structural@1")
_KINDS = ("promotion", "track-switch", "lateral", "function-change", "step-down")
_LISTED: Final = {
    "profiles": "the roles",
    "functions": "the functions",
    "focuses": "the focuses",
    "levels": "the levels",
    "skills": "the skills",
    "occupations": "the occupations that roles are mapped to, or the entries of a classification",
    "releases": "the public releases beside the architecture",
}
_WITHIN = Parameter(
    "in",
    "only what belongs to this function, focus, track, level or classification",
    argument="within",
    example="MANUFA",
)
_FILTERS = (
    Parameter("within", "only roles at most so far away (0 to 1)", "number", example="0.3"),
    Parameter("band", "only roles of at least this match band", choices=("confident", "needs-review")),
    Parameter("track", "only this track", argument="tracks", several=True, example="M"),
    Parameter(
        "level", "only these levels: P3..P5, P3.. or M2", argument="levels", several=True, example="M2..M4"
    ),
    Parameter("function", "only this function", argument="functions", several=True, example="MANUFA"),
    Parameter(
        "group", "only this function group", argument="groups", several=True, example="technical-operations"
    ),
)
_CONSTRAINTS = (
    Parameter("avoid", "no move into this role, focus or function", several=True, example="MANUFA3"),
    Parameter("no", "no move of this kind", several=True, choices=_KINDS, example="step-down"),
    Parameter("track", "moves into this track alone", argument="tracks", several=True, example="P"),
    Parameter("max_moves", "at most so many moves", "integer", least=1, greatest=1_000, example=6),
    Parameter(
        "max_jump",
        "the most rungs that a promotion climbs at once",
        "integer",
        least=1,
        greatest=100,
        default=1,
    ),
    Parameter(
        "min_pay_ratio",
        "only moves to at least this part of the median pay left behind",
        "number",
        example="0.95",
    ),
    Parameter("allow_step_down", "also moves to a lower level", "flag", default=False),
    Parameter("edition", "the edition of the distances shown", default="experience@1"),
    Parameter("cost_edition", "the edition that defines what a move costs", default="effort@1"),
)


def _count(help_text: str, default: int, greatest: int = 1_000) -> Parameter:
    return Parameter("k", help_text, "integer", least=1, greatest=greatest, default=default)


def _ask_adjacent(jobs: Architecture, **given: Any) -> Any:
    role, skills, hidden = given.pop("role", None), given.pop("skills", ()), given.pop("hidden", False)
    if (role is None) == (not skills):
        raise RequestError("give a role, or the skills of a person (skill), not both and not neither")
    if skills:
        if hidden:
            raise RequestError("hidden starts from one role; leave skill out")
        return jobs.adjacent_to_skills(skills, **given)
    return (jobs.hidden if hidden else jobs.adjacent)(role, **given)


def _ask_gap(jobs: Architecture, *, origin: str, destinations: Iterable[str], **given: Any) -> Any:
    return jobs.gap(origin, *destinations, **given)


def _ask_way(ask: Callable[..., Any], given: dict[str, Any]) -> Any:
    if "min_pay_ratio" in given:
        given["min_pay_ratio"] = float(given["min_pay_ratio"])
    return ask(**given)


def _list(kind: str) -> Ask:
    return lambda jobs, within=None: jobs.list(kind, within)


ENDPOINTS: Final = (
    *(
        Endpoint(kind, "list", f"List {what}.", _list(kind), (_WITHIN if kind == "profiles" else replace(_WITHIN, example=None),))
        for kind, what in _LISTED.items()
    ),
    Endpoint(
        "profiles/{code}",
        "show",
        "All that is known of a role.",
        lambda jobs, code, **given: jobs.show(jobs.find_profile(code), **given),
        (Parameter("full", "all of what stands under its occupation, not the first entries", "flag", default=False),),
        Parameter("code", _ROLE, required=True, example=_B),
    ),
    Endpoint(
        "show",
        "show",
        "All that is known of a role, focus, function, level, skill, occupation or other entry of a release.",
        lambda jobs, name, **given: jobs.show(name, **given),
        (
            Parameter("name", "the code or name of what is shown", required=True, example="M3"),
            Parameter("full", "all of what stands under an occupation, not the first entries", "flag", default=False),
        ),
    ),
    Endpoint(
        "adjacent",
        "adjacent",
        "The roles nearest to a role, or to the skills of a person.",
        _ask_adjacent,
        (
            Parameter("role", _ROLE, example=_A),
            Parameter("skill", "a skill of a person, in place of a role", argument="skills", several=True),
            Parameter("hidden", "roles that are near in content but not in the architecture", "flag", default=False),
            _count("how many", 10),
            replace(_EDITION, help="the edition that defines the distance: structural@1, or content@1 with hidden and skill"),
            *_FILTERS,
        ),
    ),
    Endpoint(
        "distance",
        "distance",
        "How far one role lies from another, with the parts that make up the distance.",
        lambda jobs, **given: jobs.distance(**given),
        (
            Parameter("origin", _ROLE, required=True, example=_A),
            Parameter("destination", _ROLE, required=True, example=_B),
            replace(_EDITION, default="structural@1"),
        ),
    ),
    Endpoint(
        "compare",
        "compare",
        "Two to four roles side by side.",
        lambda jobs, roles, **given: jobs.compare(*roles, **given),
        (
            Parameter("role", f"{_ROLE}; two to four of them", argument="roles", required=True, several=True, example=[_A, _B]),
            Parameter("differences", "leave out the rows that are equal", "flag", default=False),
        ),
    ),
    Endpoint(
        "gap",
        "gap",
        "The skills that a destination asks and an origin does not show; several destinations are ranked.",
        _ask_gap,
        (
            Parameter("origin", _ROLE, required=True, example=_C),
            Parameter("destination", _ROLE, argument="destinations", required=True, several=True, example=[_B]),
            replace(_EDITION, default="structural@1"),
        ),
    ),
    Endpoint(
        "ladder",
        "ladder",
        "The rungs of a focus in order, and what changes between them.",
        lambda jobs, **given: jobs.ladder(**given),
        (
            Parameter("focus", "a focus, by code or label, or a role of it", required=True, example="PROCES.UPSTREAMDF5B"),
            Parameter("track", "this track alone", example="P"),
        ),
    ),
    Endpoint(
        "path",
        "path",
        "Career paths from one role or focus to another, every move explained.",
        lambda jobs, **given: _ask_way(jobs.path, given),
        (
            Parameter("origin", _END, required=True, example=_C),
            Parameter("destination", _END, required=True, example=_B),
            _count("how many paths: the best one, then other ideas", 1, 100),
            Parameter("similar", "the next best paths, however alike, in place of other ideas", "flag", default=False),
            Parameter(
                "by", "what the best path has least of", choices=("effort", "moves", "years", "skills"), default="effort"
            ),
            Parameter("via", "pass by this role, focus or function; several in the order given", several=True),
            Parameter("any_rung", "from a focus: from any of its rungs, not the lowest one", "flag", default=False),
            *_CONSTRAINTS,
        ),
    ),
    Endpoint(
        "reach",
        "reach",
        "What can be reached from a role or focus, each role by its best path.",
        lambda jobs, **given: _ask_way(jobs.reach, given),
        (
            Parameter("origin", "a role or focus", required=True, example=_C),
            Parameter("limit", "at most so many roles", "integer", least=1, greatest=1_000, default=100),
            *_CONSTRAINTS,
        ),
    ),
    Endpoint(
        "search",
        "search",
        "What is called so, or holds all the words.",
        lambda jobs, **given: jobs.search(**given),
        (
            Parameter("text", "the words", required=True, longest=200, example="aseptic technique"),
            Parameter(
                "kind",
                "find this kind alone",
                argument="kinds",
                several=True,
                choices=("profile", "focus", "function", "level", "skill", "occupation", "element", "technology"),
            ),
            Parameter("limit", "at most so many hits", "integer", least=1, greatest=1_000, default=20),
        ),
    ),
    Endpoint(
        "editions",
        "editions",
        "How distances and costs are defined.",
        lambda jobs, **given: jobs.editions(**given),
        (Parameter("code", "this edition alone", example="structural@1"),),
    ),
    Endpoint("stats", "stats", "Counts by kind, and what is recorded.", lambda jobs: jobs.stats()),
)  # fmt: skip
"""The questions, in the order in which they are described."""
