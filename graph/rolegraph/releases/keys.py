"""Keys of concepts and their IRIs: each follows from the other."""

from __future__ import annotations

from collections.abc import Mapping

from rolegraph.rdf.iris import decode_code, decode_path, encode_code, encode_path

SHORT = 7
"""Characters of a SOC code, with which the O*NET codes that stand under it begin."""

_BY_SOC = {"onet-soc-2019": "soc-2018", "onet-soc-2010": "soc-2010"}
"""The SOC that each O*NET-SOC divides further."""


def split_key(key: str) -> tuple[str, str]:
    """Classification and code of a key.

    >>> split_key("esco/isco/C2654")
    ('esco', 'isco/C2654')
    """
    scheme, _, code = key.partition("/")
    return scheme, code


def find_soc(key: str) -> str | None:
    """The key of the SOC occupation that an O*NET occupation stands under; None for what is none.

    >>> find_soc("onet-soc-2019/11-3051.01")
    'soc-2018/11-3051'
    """
    scheme, code = split_key(key)
    soc = _BY_SOC.get(scheme)
    return None if soc is None else f"{soc}/{code[:SHORT]}"


class Keys:
    """Mints the IRIs of concepts: ``base``, classification and code, or the classification's own namespace and the code.

    >>> keys = Keys("https://w3id.org/rolegraph/id/", {"esco": "http://data.europa.eu/esco/"})
    >>> keys.iri_of("soc-2018/11-3051"), keys.iri_of("esco/isco/C2654")
    ('https://w3id.org/rolegraph/id/soc-2018/11-3051', 'http://data.europa.eu/esco/isco/C2654')
    >>> keys.key_of("http://data.europa.eu/esco/isco/C2654")
    'esco/isco/C2654'
    """

    def __init__(self, base: str, namespaces: Mapping[str, str]) -> None:
        self.base = base
        self.namespaces = dict(sorted(namespaces.items()))
        """What the IRIs of a classification begin with, where it is not the base."""

    def iri_of(self, key: str) -> str:
        """The IRI of a concept."""
        scheme, code = split_key(key)
        namespace = self.namespaces.get(scheme)
        if namespace is None:
            return f"{self.base}{scheme}/{encode_code(code)}"
        return namespace + encode_path(code)

    def key_of(self, iri: str) -> str | None:
        """The key of the concept that an IRI names; None where it names none."""
        for scheme, namespace in self.namespaces.items():
            if iri.startswith(namespace):
                path = decode_path(iri[len(namespace) :])
                return None if path is None else f"{scheme}/{path}"
        if not iri.startswith(self.base):
            return None
        scheme, slash, segment = iri[len(self.base) :].partition("/")
        code = decode_code(segment) if slash and "/" not in segment else None
        return None if code is None else f"{scheme}/{code}"
