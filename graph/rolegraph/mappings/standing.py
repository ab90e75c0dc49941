"""Whether a code is in use, by the releases that define its classification: newer ones first, cut ones with care."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rolegraph.releases.keys import split_key
from rolegraph.releases.library import Found

if TYPE_CHECKING:
    from rolegraph.mappings.shelf import Shelf
    from rolegraph.model.release import Release


class Standing(NamedTuple):
    """How the releases of a classification stand to a code.

    ``judging`` are the newest release and those before it up to the newest that is whole, newest first: what was imported
    with ``--only mapped`` can tell that a code is in use, and not that it is not. ``held`` is the newest of them that has
    the code; ``older`` what the newest of the releases before them says of it.
    """

    judging: tuple[Release, ...]
    held: Release | None
    older: Found | None

    @property
    def whole(self) -> Release | None:
        """The newest release that is whole."""
        return self.judging[-1] if self.judging and self.judging[-1].coverage == "all" else None

    @property
    def cut(self) -> Release | None:
        """The newest release, where it was cut."""
        return self.judging[0] if self.judging and self.judging[0].coverage != "all" else None

    @property
    def sure(self) -> bool:
        """Whether the newest release itself tells that the code is in use, or is not."""
        return self.cut is None or self.held == self.cut


def find_standing(shelf: Shelf, key: str) -> Standing:
    """How the releases beside an architecture stand to a code."""
    library, defining = shelf.library, shelf.list_defining(split_key(key)[0])
    whole = next((place for place, release in enumerate(defining) if release.coverage == "all"), 0)
    judging, before = defining[: whole + 1], defining[whole + 1 :]
    held = next((release for release in judging if library.open(release).find(key) is not None), None)
    found = ((library.open(release).find(key), release) for release in before)
    older = next((Found(concept, release) for concept, release in found if concept is not None), None)
    return Standing(judging, held, older)
