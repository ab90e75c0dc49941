"""What can be looked up in an architecture and in the releases beside it: entries, names, mappings, what is counted."""

from __future__ import annotations

import io
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from rolegraph.errors import UnknownError
from rolegraph.guide import Guide

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rolegraph.answers import (
        AllMappingSuggestions,
        DataDiff,
        Duplicates,
        Hits,
        Listing,
        MappingReview,
        MappingSuggestions,
        ReleaseDiff,
        Sheet,
        Stats,
    )
    from rolegraph.catalogue import ListingKind
    from rolegraph.mappings.shelf import Shelf
    from rolegraph.output import Sink
    from rolegraph.records.places import Places


class Directory(Guide):
    """The questions about what there is, beside those about roles; each loads only what it needs."""

    @property
    def places(self) -> Places | None:
        """File and line of every record; None for a graph."""
        raise NotImplementedError

    @property
    def foreign(self) -> tuple[Triple, ...]:
        """What a graph file holds beside the records; none for a data folder."""
        raise NotImplementedError

    def list(self, kind: ListingKind, within: str | None = None) -> Listing:
        """The entries of one kind, all or those within a function, focus, track, level or classification."""
        if kind == "releases":
            from rolegraph.occupational.listing import list_releases

            return list_releases(self.taxonomy, within)
        if kind == "occupations" and self.library.releases:
            from rolegraph.occupational.listing import list_occupations

            return list_occupations(self.taxonomy, self.library, within)
        from rolegraph.catalogue import list_entries

        return list_entries(self.taxonomy, kind, within)

    def search(self, text: str, limit: int = 20, kinds: Collection[str] = ()) -> Hits:
        """What is called so or holds all the words of a text, of all kinds or some (``search.own.KINDS``)."""
        from rolegraph.search.searching import search

        return search(self.taxonomy, self.library, text, limit, kinds)

    def skill_duplicates(self) -> Duplicates:
        """The skills that may be one, with reasons."""
        from rolegraph.duplicates.proposals import propose_merges

        return propose_merges(self.taxonomy, self.library)

    def show(self, name: str, *, full: bool = False) -> Sheet:
        """All that is known of a profile, focus, function, level, skill, occupation or other entry of a release.

        Of what stands under an occupation the first entries are shown; ``full`` shows all.
        """
        from rolegraph.sheet import describe_named

        return describe_named(self.taxonomy, self.library, name, full=full)

    def diff(self, old: str, new: str) -> ReleaseDiff:
        """What changed between two public releases, each named by its code or by its folder.

        Raises RequestError for a release that is not there, and for two of different families.
        """
        from rolegraph.releases.diff import compare_releases
        from rolegraph.releases.library import locate_release

        return compare_releases(locate_release(self.library, old), locate_release(self.library, new))

    def list_changes(
        self, newer: Directory, *, names: tuple[str, str] = ("old", "new"), consequences: bool = True
    ) -> DataDiff:
        """What changed from this job architecture to a newer one: records, and what follows for distances and moves.

        ``names`` are what the two are called in the answer. Without ``consequences`` these are not worked out.
        """
        from rolegraph.changes.answer import compare_architectures

        return compare_architectures(self, newer, names, consequences=consequences, tell=self.tell)

    def write_patch(self, newer: Directory, sink: Sink) -> bool:
        """Write what changed as an RDF Patch from the triples of this architecture to those of a newer one.

        Returns whether there is any difference; see :mod:`rolegraph.changes.patch`.
        """
        from rolegraph.changes.patch import write_patch

        removed, added = write_patch((self.taxonomy, self.foreign), (newer.taxonomy, newer.foreign), sink)
        return bool(removed or added)

    @cached_property
    def _shelf(self) -> Shelf:
        from rolegraph.mappings.shelf import Shelf

        return Shelf(self.taxonomy, self.library)

    def check_mappings(self) -> MappingReview:
        """Whether the mappings hold: their codes, their fit to what roles do and to their level, what they claim."""
        from rolegraph.mappings.check import check_mappings

        return check_mappings(self._shelf, self.places, self.tell)

    def suggest_mappings(self, name: str, k: int = 5, scheme: str | None = None) -> MappingSuggestions:
        """The ``k`` entries of a classification that fit a profile, a focus or a skill best, with the evidence.

        Raises RequestError where no release is loaded that tells any.
        """
        from rolegraph.mappings.suggest import suggest_mappings

        return suggest_mappings(self._shelf, self._find_mapped(name), k, scheme)

    def suggest_all_mappings(
        self, names: Collection[str] | None = None, k: int = 5, scheme: str | None = None
    ) -> AllMappingSuggestions:
        """What fits each of several profiles, focuses and skills; of every profile in use without a mapping, if None.

        Raises UnknownError with every name that nothing answers to, RequestError as :meth:`suggest_mappings`.
        """
        from rolegraph.mappings.suggest import suggest_all

        return suggest_all(self._shelf, self._list_mapped(names), k, scheme, self.tell)

    def _list_mapped(self, names: Collection[str] | None) -> tuple[str, ...]:
        """The codes of what is named, each once; without names those of the profiles that have no mapping."""
        if names is None:
            taxonomy = self.taxonomy
            return tuple(p.code for p in taxonomy.profiles if not (p.mappings or taxonomy.is_retired(p)))
        codes: dict[str, None] = {}
        unknown: list[str] = []
        for name in names:
            try:
                codes[self._find_mapped(name)] = None
            except UnknownError as error:
                unknown.append(str(error))
        if unknown:
            raise UnknownError("\n".join(unknown))
        return tuple(codes)

    def _find_mapped(self, name: str) -> str:
        """The code of a profile, a focus or a skill. Raises UnknownError."""
        from rolegraph.mappings.subject import find_skill

        try:
            return name if name in self.taxonomy.skill_by_code else self.find_end(name)
        except UnknownError:
            if (skill := find_skill(self.taxonomy, name)) is None:
                raise
            return skill.code

    def export_mappings(self) -> str:
        """The mappings of profiles and skills as SSSOM/TSV."""
        from rolegraph.mappings.sssom import write_sssom

        sink = io.BytesIO()
        write_sssom(self.taxonomy, sink)
        return sink.getvalue().decode()

    def stats(self) -> Stats:
        """Counts by kind, and what share of the profiles has what recorded."""
        from rolegraph.stats import measure_coverage

        return measure_coverage(self.taxonomy)
