"""What can be asked about roles: what is near, how two differ, which ways lead from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolegraph.errors import UnknownError

if TYPE_CHECKING:
    from rolegraph.answers import Adjacent, AllAdjacent, Distance, Ladder, Paths
    from rolegraph.careers.roster import Roster
    from rolegraph.model.taxonomy import Taxonomy

STRUCTURAL, EXPERIENCE = "structural@1", "experience@1"


class Guide:
    """The questions about roles, each of which loads only what it needs.

    Roles are named by code in any letter case, by the organisation's own job code, by title or title alias; a name
    that nothing answers to raises :class:`rolegraph.errors.UnknownError` with the closest ones.
    """

    @property
    def taxonomy(self) -> Taxonomy:
        """The records, checked."""
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

    def adjacent(self, role: str, k: int = 10, edition: str = STRUCTURAL) -> Adjacent:
        """The ``k`` profiles nearest to a role."""
        from rolegraph.careers.adjacency import rank_adjacent

        return rank_adjacent(self.roster, self.find_profile(role), k=k, edition=edition)

    def all_adjacent(self, k: int = 10, edition: str = STRUCTURAL) -> AllAdjacent:
        """The ``k`` nearest profiles of every profile."""
        from rolegraph.answers import AllAdjacent
        from rolegraph.careers.adjacency import rank_all

        return AllAdjacent(edition, tuple(rank_all(self.roster, k=k, edition=edition)))

    def distance(self, origin: str, destination: str, edition: str = STRUCTURAL) -> Distance:
        """The distance between two roles and its parts."""
        from rolegraph.careers.distance import measure_distance

        ends = self.find_profile(origin), self.find_profile(destination)
        return measure_distance(self.roster, *ends, edition=edition)

    def ladder(self, focus: str, track: str | None = None) -> Ladder:
        """The rungs of a focus, on one track or all."""
        from rolegraph.careers.paths import describe_ladder

        return describe_ladder(self.roster, self.find_focus(focus), track)

    def path(
        self,
        origin: str,
        destination: str,
        *,
        by: str = "effort",
        edition: str = EXPERIENCE,
        max_moves: int | None = None,
        allow_step_down: bool = False,
    ) -> Paths:
        """The best career path between two roles or focuses, or the reason why there is none.

        ``edition`` is the distance shown with each move: by default the one that the cost is built on.
        """
        from rolegraph.careers.paths import find_paths

        ends = self.find_end(origin), self.find_end(destination)
        return find_paths(
            self.roster, *ends, by=by, edition=edition, max_moves=max_moves, allow_step_down=allow_step_down
        )
