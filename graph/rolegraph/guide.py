"""What can be asked about roles: what is near, how two differ, which ways lead from one to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Unpack, overload

from rolegraph.errors import RequestError, UnknownError

if TYPE_CHECKING:
    from rolegraph.answers import (
        Adjacent,
        AllAdjacent,
        Comparison,
        Distance,
        Editions,
        Gap,
        Gaps,
        Hidden,
        Ladder,
        Paths,
        PersonAdjacent,
        Reach,
    )
    from rolegraph.careers.constraints import Asked, Constraints
    from rolegraph.careers.network import Networks
    from rolegraph.careers.roster import Roster
    from rolegraph.careers.selection import Filters
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.releases.library import Library

STRUCTURAL, EXPERIENCE, CONTENT, EFFORT = "structural@1", "experience@1", "content@1", "effort@1"


class Guide:
    """The questions about roles, each of which loads only what it needs.

    Roles are named by code in any letter case, by the organisation's own job code, by title or title alias; a name
    that nothing answers to raises :class:`rolegraph.errors.UnknownError` with the closest ones. ``tell`` hears what
    long work is doing.
    """

    def __init__(self, tell: Callable[[str], None] = lambda step: None) -> None:
        self.tell = tell
        self._networks: dict[str, Networks] = {}

    @property
    def taxonomy(self) -> Taxonomy:
        """The records, checked."""
        raise NotImplementedError

    @property
    def library(self) -> Library:
        """The public releases beside the records."""
        raise NotImplementedError

    @property
    def roster(self) -> Roster:
        """The compact form that distances and paths are computed from."""
        raise NotImplementedError

    def find_profile(self, role: str) -> str:
        """The code of the profile that a code, job code or title names."""
        from rolegraph.careers.naming import resolve_profile

        return resolve_profile(self.roster, role)

    def find_focus(self, focus: str) -> str:
        """The code of the focus that a code or label names, or of the focus of the role that it names."""
        from rolegraph.careers.naming import resolve_focus, resolve_profile

        try:
            return resolve_focus(self.roster, focus)
        except UnknownError as unknown:
            try:
                return resolve_profile(self.roster, focus).rpartition(".")[0]
            except UnknownError:
                raise unknown from None

    def find_end(self, role: str) -> str:
        """The code of the profile or focus that a name names: an end of a path."""
        from rolegraph.careers.naming import resolve_end

        return resolve_end(self.roster, role)

    def find_ends(self, roles: str) -> list[str]:
        """The codes of the profiles or focuses that a name, or several names parted by commas, name."""
        from rolegraph.careers.naming import resolve_ends

        return resolve_ends(self.roster, roles)

    def adjacent(
        self, role: str, k: int = 10, edition: str = STRUCTURAL, **filters: Unpack[Filters]
    ) -> Adjacent:
        """The ``k`` profiles nearest to a role, of those that the filters leave."""
        from rolegraph.careers.adjacency import rank_adjacent

        return rank_adjacent(self.roster, self.find_profile(role), k=k, edition=edition, filters=filters)

    def all_adjacent(self, k: int = 10, edition: str = STRUCTURAL, **filters: Unpack[Filters]) -> AllAdjacent:
        """The ``k`` nearest profiles of every profile, of those that the filters leave."""
        from rolegraph.answers import AllAdjacent
        from rolegraph.careers.adjacency import count_unplaced, rank_all, tell_none

        profiles = tuple(rank_all(self.roster, k=k, edition=edition, filters=filters))
        reason = None if any(part.adjacent for part in profiles) else tell_none(self.roster, edition, filters)
        return AllAdjacent(edition, profiles, *count_unplaced(self.roster, edition), reason)

    def hidden(self, role: str, k: int = 10, edition: str = CONTENT, **filters: Unpack[Filters]) -> Hidden:
        """The ``k`` profiles that are near to a role in content and not near in the architecture."""
        from rolegraph.careers.hidden import find_hidden

        return find_hidden(self.roster, self.find_profile(role), k, edition=edition, filters=filters)

    def adjacent_to_skills(
        self, skills: Sequence[str], k: int = 10, edition: str = CONTENT, **filters: Unpack[Filters]
    ) -> PersonAdjacent:
        """The ``k`` profiles nearest to the skills of a person, and which of the skills were recognised."""
        from rolegraph.careers.person import rank_for_person

        return rank_for_person(self.roster, skills, k, edition, filters)

    def distance(self, origin: str, destination: str, edition: str = STRUCTURAL) -> Distance:
        """The distance between two roles and its parts, or the reason why there is none."""
        from rolegraph.careers.adjacency import measure_distance

        ends = self.find_profile(origin), self.find_profile(destination)
        return measure_distance(self.roster, *ends, edition=edition)

    def explain(self, edition: str = STRUCTURAL) -> Callable[[Mapping[str, float]], str]:
        """What tells the arithmetic of an edition in one line, from the components of a distance."""
        from rolegraph.careers.yardstick import open_yardstick

        return open_yardstick(self.roster, edition).explain

    def editions(self, code: str | None = None) -> Editions:
        """How distances and costs are defined: every edition, or one."""
        from rolegraph.definitions import describe_editions

        return describe_editions(self.taxonomy, code)

    def compare(self, *roles: str, differences: bool = False) -> Comparison:
        """Two to four roles side by side; with ``differences`` without the rows that are equal."""
        from rolegraph.comparison import check_number, compare_profiles

        check_number(len(roles))
        codes = self._find_profiles(roles)
        return compare_profiles(
            self.taxonomy, self.roster, codes, library=self.library, differences=differences
        )

    @overload
    def gap(self, origin: str, destination: str, /, *, edition: str = ...) -> Gap: ...

    @overload
    def gap(self, origin: str, destination: str, another: str, /, *more: str, edition: str = ...) -> Gaps: ...

    def gap(self, origin: str, /, *destinations: str, edition: str = STRUCTURAL) -> Gap | Gaps:
        """What a destination asks that an origin does not show: skills, and expectations that change.

        Several destinations are ranked: the smallest share of skills to gain first, then the fewest to deepen, then
        the nearest. The origin among them is left out, and ``notes`` says so.
        """
        from rolegraph.gaps import describe_gap, rank_gaps

        start, *ends = self._find_profiles((origin, *destinations))
        if len(ends) == 1:
            return describe_gap(self.taxonomy, self.roster, start, ends[0], edition)
        return rank_gaps(self.taxonomy, self.roster, start, ends, edition)

    def _find_profiles(self, roles: Sequence[str]) -> list[str]:
        """The codes of several roles. Raises RequestError with all that is wrong where more than one names none."""
        codes: list[str] = []
        errors: list[RequestError] = []
        for role in dict.fromkeys(roles):
            try:
                codes.append(self.find_profile(role))
            except RequestError as error:
                errors.append(error)
        if len(errors) == 1:
            raise errors[0]
        if errors:
            raise RequestError("\n".join(map(str, errors)))
        found = dict(zip(dict.fromkeys(roles), codes, strict=True))
        return [found[role] for role in roles]

    def ladder(self, focus: str, track: str | None = None) -> Ladder:
        """The rungs of a focus, on one track or all."""
        from rolegraph.careers.ladders import describe_ladder

        return describe_ladder(self.roster, self.find_focus(focus), track)

    def path(
        self,
        origin: str | Sequence[str],
        destination: str | Sequence[str],
        *,
        k: int = 1,
        by: str = "effort",
        edition: str = EXPERIENCE,
        cost_edition: str = EFFORT,
        any_rung: bool = False,
        similar: bool = False,
        **constraints: Unpack[Asked],
    ) -> Paths:
        """The best career path between two roles or focuses and up to ``k`` - 1 other ideas, or why there is none.

        ``edition`` is the distance shown with each move: by default the one that the cost is built on. What the
        constraints mean is told in :class:`rolegraph.careers.constraints.Constraints`; ends, ``via`` and ``avoid`` are
        named as roles are; the last two may name functions too. Errors as
        :func:`rolegraph.careers.paths.find_paths`.
        """
        from rolegraph.careers.paths import find_paths

        ends = (
            [code for role in ([end] if isinstance(end, str) else end) for code in self.find_ends(role)]
            for end in (origin, destination)
        )
        return find_paths(
            self.roster, *ends, k=k, by=by, edition=edition, constraints=self._constrain(constraints), any_rung=any_rung,
            similar=similar, networks=self.networks(cost_edition),
        )  # fmt: skip

    def reach(
        self,
        origin: str,
        *,
        limit: int | None = None,
        edition: str = EXPERIENCE,
        cost_edition: str = EFFORT,
        **constraints: Unpack[Asked],
    ) -> Reach:
        """What can be reached from a role or focus, each profile by its best path; arguments as :meth:`path`."""
        from rolegraph.careers.reach import list_reach

        return list_reach(
            self.roster, self.find_end(origin), limit=limit, edition=edition,
            constraints=self._constrain(constraints),
            networks=self.networks(cost_edition),
        )  # fmt: skip

    def networks(self, cost_edition: str = EFFORT) -> Networks:
        """All moves by one cost edition, made once."""
        from rolegraph.careers.network import Networks

        if cost_edition not in self._networks:
            self._networks[cost_edition] = Networks(self.roster, cost_edition, self.tell)
        return self._networks[cost_edition]

    def _constrain(self, asked: Asked) -> Constraints:
        """The constraints with the codes of what they name."""
        from rolegraph.careers.constraints import Constraints
        from rolegraph.careers.naming import resolve_places

        strange = [name for name in asked if name not in Constraints._fields]
        if strange:
            known = ", ".join(Constraints._fields)
            raise TypeError(f"there is no constraint {', '.join(strange)}; constraints are {known}")
        # A single text is one name, not a list of letters.
        listed = {name: (value,) if isinstance(value, str) else value for name, value in asked.items()}
        named = Constraints(**listed)  # type: ignore[arg-type]
        via, avoid = resolve_places(self.roster, named.via, named.avoid)
        return named._replace(
            via=via,
            avoid=avoid,
            no=tuple(named.no),
            tracks=tuple(track.upper() for track in named.tracks),
        )
