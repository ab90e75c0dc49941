"""What a release says, as rows of four kinds, whichever classification it is of.

A key names a concept: the code of its classification and its own code (``onet-soc-2019/11-3051.00``,
``soc-2018/11-3051``, ``onet-element/2.A.1.a``, ``esco/occupation/UUID``); an IRI follows from it alone. Rows hold what
the publisher states. Numbers keep their digits as text, and what is not stated is an empty text.
"""

from __future__ import annotations

from typing import NamedTuple


class Concept(NamedTuple):
    """An occupation, group, element, skill, technology, task ... with its name.

    ``kind`` is one of :data:`rolegraph.releases.kinds.CONCEPTS`. ``notation`` is the code that people know, where it is
    not the last part of the key (ESCO: ``2654.1.7``). Names and definitions are in the language of the release.
    """

    key: str
    kind: str
    label: str
    definition: str = ""
    notation: str = ""


class Label(NamedTuple):
    """A further name or text of a concept; ``kind`` is one of :data:`rolegraph.releases.kinds.LABELS`."""

    key: str
    kind: str
    text: str
    language: str


class Link(NamedTuple):
    """That one concept has to do with another; ``kind`` is one of :data:`rolegraph.releases.kinds.LINKS`.

    ``figures`` are the numbers that the kind has, in its order, "" where one is not stated; ``flags`` are some of the
    flags of the kind, in its order. A concept has at most one link of a kind to another concept.
    """

    key: str
    kind: str
    other: str
    figures: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


Row = Concept | Label | Link
