"""What every page is made from: the architecture, the addresses of its entries, the texts and the templates."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Any, Final

from markupsafe import Markup

from rolegraph.answers import Validation
from rolegraph.architecture import Architecture
from rolegraph.careers.roster import Roster
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.output import Sink
from rolegraph.site.addresses import Addresses, Kind
from rolegraph.site.indexes import Indexes
from rolegraph.site.pressing import open_templates
from rolegraph.site.wording import DEFAULT, read_wording

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'none'; "
    "base-uri 'none'; form-action 'self'"
)
"""What a page may do: run its own scripts, have its own styles, and reach for nothing outside its folder."""


UNDETERMINED: Final = "und"
"""The language of data that is not known."""
_OF_DATA: Final = re.compile(r'<(?:bdi\b|[a-z][a-z0-9]*(?=[^<>]* dir="auto"))(?![^<>]* lang=)')
"""The beginning of an element that holds a text of the data: such have a direction of their own."""


class Book:
    """One architecture as pages in one language; ``edition`` and ``k`` say which nearest roles a profile shows."""

    def __init__(
        self,
        architecture: Architecture,
        *,
        language: str = DEFAULT,
        edition: str = "structural@1",
        k: int = 10,
    ) -> None:
        self.architecture = architecture
        self.edition = edition
        self.k = k
        self.wording = read_wording(language)
        self.tool = f"rolegraph {version('rolegraph')}"

    @property
    def taxonomy(self) -> Taxonomy:
        """The records."""
        return self.architecture.taxonomy

    @property
    def roster(self) -> Roster:
        """The compact form that distances are computed from."""
        return self.architecture.roster

    @property
    def spoken(self) -> str | None:
        """The language of the data where it is known and not that of the pages."""
        language = self.taxonomy.dataset.language
        return None if language in {UNDETERMINED, self.wording.language} else language

    @cached_property
    def addresses(self) -> Addresses:
        """Where each entry has its page."""
        return Addresses(self.taxonomy)

    @cached_property
    def indexes(self) -> Indexes:
        """What belongs to what."""
        return Indexes(self.taxonomy)

    @cached_property
    def validation(self) -> Validation:
        """What the shapes find, with files named from within the data folder."""
        found = self.architecture.validate()
        return Validation(found.conforms, tuple(map(self.architecture.name_from_within, found.findings)))

    def render(self, template: str, path: str, **values: Any) -> bytes:
        """A page at a path of the site, from a template that extends ``frame.html``; as it stands in the file.

        Templates have ``t(key, ...)``, a text of the catalogue; ``to(path)``, the way to a file of the site from this
        one; ``link(kind, code)``, the way to the page of an entry; ``root``, the way to the root; ``here``, the path.

        Elements with ``dir="auto"``, and ``<bdi>``, hold texts of the data: where these are in another language than the
        page, they get it as ``lang``. One that says something else says so itself: ``lang="{{ language }}"`` for a text
        of the pages, ``{{ foreign }}`` for one that others wrote, in a language that is not known.
        """
        root = "../" * path.count("/")

        def link(kind: Kind, code: str) -> str:
            return root + self.addresses.page(kind, code)

        text = open_templates().get_template(template).render(
            t=self.wording,
            to=lambda place: root + place,
            link=link,
            has=self.addresses.has,
            root=root or "./",
            here=path,
            policy=POLICY,
            language=self.wording.language,
            foreign=Markup(' lang=""') if self.spoken else "",
            dataset=self.taxonomy.dataset,
            tool=self.tool,
            **values,
        )  # fmt: skip
        if self.spoken:
            text = _OF_DATA.sub(rf'\g<0> lang="{self.spoken}"', text)
        return text.encode("utf-8")


@dataclass(frozen=True, slots=True)
class Chapter:
    """The files of one folder of the site: their names, and what makes one; None where there is no such file.

    ``write`` is for files that may be too large to be held: it writes one to a sink, or tells that there is none. Several
    chapters may have the same folder.
    """

    folder: str
    list_names: Callable[[Book], Iterable[str]]
    make: Callable[[Book, str], bytes | None]
    write: Callable[[Book, str, Sink], bool] | None = None


def write_data(name: str, data: object) -> bytes:
    """A file of data for scripts: a call that hands them over, as a page in a folder may load no other kind of file.

    >>> write_data("names", ["</script>"])
    b'rolegraph.take("names",["\\\\u003c/script>"]);\\n'
    """
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f"rolegraph.take({json.dumps(name)},{text});\n".encode("ascii")
