"""How the entries of classifications are called that something is mapped to, as far as the data at hand tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rolegraph.errors import InputError

if TYPE_CHECKING:
    from rolegraph.model.release import Release
    from rolegraph.model.taxonomy import Taxonomy
    from rolegraph.releases.library import Library
    from rolegraph.releases.rows import Concept

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class EntryNames:
    """Names entries by the records, and by the releases beside them, which are opened where they are asked."""

    def __init__(self, taxonomy: Taxonomy, library: Library) -> None:
        self._taxonomy = taxonomy
        self._library = library
        self._damaged: set[str] = set()

    def name(self, key: str) -> str:
        """An entry by classification and code: its title and code, ``Bakers (soc-2018/51-3011)``; ``key`` where nothing
        tells its title. The code that people know stands for a UUID, or none does.
        """
        scheme, _, code = key.partition("/")
        found = self._find(scheme, key)
        entry = self._taxonomy.occupation_by_key.get((scheme, code))
        title = entry.title if entry is not None else found.label if found is not None else ""
        if not title:
            return key
        kind, _, last = key.rpartition("/")
        if _UUID.fullmatch(last):
            notation = found.notation if found is not None else ""
            return f"{title} ({kind}/{notation})" if notation else f"{title} ({kind})"
        return f"{title} ({key})"

    def _find(self, scheme: str, key: str) -> Concept | None:
        for release in self._library.releases:
            if scheme in release.schemes and (found := self._ask(release, key)) is not None and found.label:
                return found
        return None

    def _ask(self, release: Release, key: str) -> Concept | None:
        if release.code in self._damaged:
            return None
        try:
            return self._library.open(release).find(key)
        except InputError:
            # Whoever names entries goes on without it; validate tells what is wrong with a release.
            self._damaged.add(release.code)
            return None
