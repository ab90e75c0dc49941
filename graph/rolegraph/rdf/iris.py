"""Mints the IRI of every node of a dataset, and takes an IRI apart into the record that it stands for.

``ontology/MODEL.md`` lists the forms. An IRI depends on codes and ids alone, never on a label or a position.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from urllib.parse import quote, unquote

from rolegraph.model import codes

Located = tuple[str, str, tuple[str, ...]]
"""A record and a path inside it: kind, code, fields."""

_NONE: Mapping[str, str] = MappingProxyType({})

_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]*")


def encode_code(code: str) -> str:
    """A code as one segment of an IRI: NFC, then UTF-8 in upper-case hex except unreserved characters.

    >>> encode_code("structural@1"), encode_code("Métier/2"), encode_code("..")
    ('structural%401', 'M%C3%A9tier%2F2', '%2E%2E')
    """
    if not code.strip("."):
        return code.replace(".", "%2E")
    if _UNRESERVED.fullmatch(code):
        return code
    return quote(unicodedata.normalize("NFC", code), safe="")


def decode_code(segment: str) -> str | None:
    """The code that :func:`encode_code` made a segment of; None where it made no such segment."""
    try:
        code = unquote(segment, errors="strict")
    except UnicodeDecodeError:
        return None
    return code if code and encode_code(code) == segment else None


def encode_path(code: str) -> str:
    """A code as the end of an IRI that a publisher mints: its slashes stay, each part is a segment.

    >>> encode_path("isco/C2654"), encode_path("a b//c")
    ('isco/C2654', 'a%20b//c')
    """
    return "/".join(map(encode_code, code.split("/")))


def decode_path(path: str) -> str | None:
    """The code that :func:`encode_path` made the end of an IRI of; None where it made no such end."""
    parts = [decode_code(segment) if segment else "" for segment in path.split("/")]
    return "/".join(map(str, parts)) if path and None not in parts else None


def format_decimal(value: Decimal) -> str:
    """The lexical form of a number: its own digits, with ``.0`` where it has no point.

    >>> format_decimal(Decimal("8")), format_decimal(Decimal("0.90")), format_decimal(Decimal("1E+3"))
    ('8.0', '0.90', '1000.0')
    """
    digits = f"{value:f}"
    return digits if "." in digits else digits + ".0"


class Iris:
    """The IRIs of one dataset, by its base, and by the namespaces of the classifications that have one.

    >>> iris = Iris("https://w3id.org/rolegraph/id/")
    >>> iris.profile("MANUFA.BIOPROCE4427.M3")
    'https://w3id.org/rolegraph/id/profile/MANUFA.BIOPROCE4427.M3'
    >>> iris.responsibility("MANUFA.BIOPROCE4427", "M3", "5c1d2f60")
    'https://w3id.org/rolegraph/id/focus/MANUFA.BIOPROCE4427#M3-resp-5c1d2f60'
    """

    __slots__ = ("base", "namespaces")

    def __init__(self, base: str, namespaces: Mapping[str, str] = _NONE) -> None:
        self.base = base
        self.namespaces = namespaces

    def with_namespaces(self, namespaces: Mapping[str, str]) -> Iris:
        """The same, with what the IRIs of a classification's entries begin with, by its code."""
        return Iris(self.base, namespaces)

    def locate(self, iri: str) -> Located | None:
        """The record that a node stands for, as :func:`locate_node` says."""
        return locate_node(iri, self.base, self.namespaces)

    def name(self, name: str) -> str:
        """A node without a code: ``dataset``, ``adjacency``, ``architecture``, ``levels``, ``skills`` ..."""
        return self.base + name

    def dataset_version(self, version: str) -> str:
        """The version IRI of the dataset."""
        return f"{self.base}dataset/{encode_code(version)}"

    def publisher(self) -> str:
        """The publisher of the dataset."""
        return f"{self.base}dataset#publisher"

    def node(self, family: str, code: str) -> str:
        """A node of a family: ``function-group``, ``function``, ``focus``, ``profile``, ``track``, ``level`` ..."""
        return f"{self.base}{family}/{encode_code(code)}"

    def focus(self, code: str) -> str:
        """A focus."""
        return f"{self.base}focus/{code}"

    def profile(self, code: str) -> str:
        """A profile."""
        return f"{self.base}profile/{code}"

    def alternative(self, skill: str, label: str) -> str:
        """An alternative wording of a skill."""
        return f"{self.base}skill/{skill}#alternative-{codes.text_id(label)}"

    def skill_descriptor(self, skill: str, proficiency: str) -> str:
        """What a skill means at a step of the scale of proficiency."""
        return f"{self.base}skill/{skill}#proficiency-{proficiency}"

    def scheme(self, code: str) -> str:
        """A classification."""
        return self.base + code

    def scheme_publisher(self, code: str) -> str:
        """The publisher of a classification."""
        return f"{self.base}{code}#publisher"

    def kind(self, scheme: str, kind: str) -> str:
        """A kind of entry of a classification."""
        return f"{self.base}{scheme}#kind-{kind}"

    def occupation(self, scheme: str, code: str) -> str:
        """An entry of a classification."""
        namespace = self.namespaces.get(scheme)
        if namespace is not None:
            return namespace + encode_path(code)
        return f"{self.base}{scheme}/{encode_code(code)}"

    def edition(self, code: str) -> str:
        """An edition."""
        return f"{self.base}edition/{encode_code(code)}"

    def constant(self, edition: str, name: str) -> str:
        """A constant of an edition."""
        return f"{self.edition(edition)}#constant-{name}"

    def activity(self, edition: str) -> str:
        """The computation of adjacency by an edition."""
        return f"{self.edition(edition)}#adjacency"

    def responsibility(self, focus: str, level: str, part: str) -> str:
        """A responsibility of a focus at a level."""
        return f"{self.base}focus/{focus}#{level}-resp-{part}"

    def guideline_cell(self, focus: str, level: str, criterion: str) -> str:
        """A cell of the guideline of a focus at a level."""
        return f"{self.base}focus/{focus}#{level}-guideline-{criterion}"

    def years_reading(self, cell: str, low: Decimal, high: Decimal | None) -> str:
        """A range of years that is read from a guideline cell."""
        return f"{cell}-years-{low:f}-{'open' if high is None else format(high, 'f')}"

    def skill_use(self, focus: str, skill: str) -> str:
        """A focus's use of a skill."""
        return f"{self.base}focus/{focus}#skill-{skill}"

    def requirement(self, focus: str, level: str, skill: str) -> str:
        """How well a focus asks for a skill at a level."""
        return f"{self.base}focus/{focus}#{level}-skill-{skill}"

    def pay(self, profile: str) -> str:
        """The pay of a profile."""
        return f"{self.base}profile/{profile}#pay"

    def score(self, profile: str, dimension: str) -> str:
        """The review score of a profile in one dimension."""
        return f"{self.base}profile/{profile}#review-{dimension}"

    def source(self, profile: str, part: str) -> str:
        """A source of a profile."""
        return f"{self.base}profile/{profile}#source-{part}"

    def mapping(self, profile: str, scheme: str, code: str) -> str:
        """A mapping of a profile to an occupation."""
        return f"{self.base}profile/{profile}#mapping-{scheme}/{encode_code(code)}"

    def skill_mapping(self, skill: str, scheme: str, code: str) -> str:
        """A mapping of a skill to an entry of a classification."""
        return f"{self.base}skill/{skill}#mapping-{scheme}/{encode_code(code)}"

    def release_publisher(self, code: str) -> str:
        """The publisher of a release."""
        return f"{self.base}release/{code}#publisher"

    def release_file(self, code: str, name: str) -> str:
        """A file that a release was read from."""
        return f"{self.base}release/{code}#file-{encode_code(name)}"

    def adjacency(self, origin: str, edition: str, destination: str) -> str:
        """An adjacency."""
        return f"{self.base}profile/{origin}#adjacent-{encode_code(edition)}-{destination}"


_FAMILIES = {
    "function-group": re.compile(codes.SLUG),
    "function": re.compile(codes.FUNCTION),
    "track": re.compile(codes.TRACK),
    "level": re.compile(codes.TRACK + codes.RANK),
    "skill": re.compile(codes.SLUG),
    "proficiency": re.compile(codes.SLUG),
}
_FOCUS = re.compile(rf"{codes.FUNCTION}\.{codes.FOCUS}")
_AT_LEVEL = re.compile(rf"({codes.TRACK}{codes.RANK})-(resp|guideline|skill)-(.+)")
_YEARS = re.compile(r"-years-[0-9.]+-(?:[0-9.]+|open)$")
_PROFILE_PARTS = {"review": "review", "source": "sources"}


def locate_node(iri: str, base: str, namespaces: Mapping[str, str] = _NONE) -> Located | None:
    """The record that a node of the dataset stands for: kind, code and path; None where it is none of ours.

    Parts lead to the place inside their record, and what is derived from a part leads to that part. ``namespaces``
    are those of the classifications that have one, by their codes.

    >>> locate_node("https://w3id.org/rolegraph/id/focus/A.B#M3-resp-5c1d2f60", "https://w3id.org/rolegraph/id/")
    ('focus', 'A.B', ('levels', 'M3', 'responsibilities', '5c1d2f60'))
    >>> locate_node("https://w3id.org/rolegraph/id/soc-2018/51-1011", "https://w3id.org/rolegraph/id/")
    ('occupation', 'soc-2018/51-1011', ())
    >>> locate_node("http://data.europa.eu/esco/isco/C2654", "https://w3id.org/rolegraph/id/",
    ...             {"esco": "http://data.europa.eu/esco/"})
    ('occupation', 'esco/isco/C2654', ())
    """
    for scheme, namespace in namespaces.items():
        if iri.startswith(namespace):
            entry = decode_path(iri[len(namespace) :])
            return None if entry is None else ("occupation", f"{scheme}/{entry}", ())
    if not iri.startswith(base):
        return None
    head, _, part = iri[len(base) :].partition("#")
    family, _, segment = head.partition("/")
    code = decode_code(segment) if segment else ""
    if code is None:
        return None
    if family == "dataset":
        return ("dataset", "", ("publisher",) if part == "publisher" else ())
    if family == "focus":
        return _locate_in_focus(code, part) if _FOCUS.fullmatch(code) else None
    if family == "profile":
        return _locate_in_profile(code, part)
    if family == "edition":
        return ("edition", code, _strip_part(part, "constant", "constants")) if code else None
    if family == "release":
        inner = ("publisher",) if part == "publisher" else _strip_part(part, "file", "files")
        return ("release", code, tuple(decode_code(step) or step for step in inner)) if code else None
    if (pattern := _FAMILIES.get(family)) is not None:
        path: tuple[str, ...] = ()
        if family == "skill":
            path = (
                _strip_part(part, "alternative", "alternatives")
                or _strip_part(part, "proficiency", "descriptors")
                or _strip_mapping(part)
            )
        return (family, code, path) if pattern.fullmatch(code) else None
    if family in codes.RESERVED_SCHEMES or not re.fullmatch(codes.SLUG, family):
        return None
    if code:
        return None if family in namespaces else ("occupation", f"{family}/{code}", ())
    return ("scheme", family, ("publisher",) if part == "publisher" else _strip_part(part, "kind", "levels"))


def _strip_part(part: str, word: str, field: str) -> tuple[str, ...]:
    return (field, part.removeprefix(f"{word}-")) if part.startswith(f"{word}-") else ()


def _strip_mapping(part: str) -> tuple[str, ...]:
    scheme, _, segment = part.removeprefix("mapping-").partition("/")
    return ("mappings", f"{scheme}/{decode_code(segment) or segment}") if part.startswith("mapping-") else ()


def _locate_in_focus(code: str, part: str) -> Located:
    if match := _AT_LEVEL.fullmatch(part):
        level, word, rest = match.groups()
        if word == "resp":
            return ("focus", code, ("levels", level, "responsibilities", rest))
        if word == "skill":
            return ("focus", code, ("skills", rest, "proficiency", level))
        return ("focus", code, ("levels", level, "guideline", _YEARS.sub("", rest)))
    return ("focus", code, _strip_part(part, "skill", "skills"))


def _locate_in_profile(code: str, part: str) -> Located | None:
    try:
        parts = codes.split_profile(code)
    except ValueError:
        return None
    path: tuple[str, ...] = ("levels", parts.level)
    word, _, rest = part.partition("-")
    if part == "pay":
        path = (*path, "pay")
    elif word == "mapping":
        path = (*path, *_strip_mapping(part))
    elif word in _PROFILE_PARTS:
        path = (*path, _PROFILE_PARTS[word], rest)
    return ("focus", parts.focus, path)
