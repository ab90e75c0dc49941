"""The prefixes that every query may use without declaring them, and that answers are shortened with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rolegraph.rdf.vocab import NAMESPACES

PREFIXES: Mapping[str, str] = MappingProxyType({names.prefix: names.iri for names in NAMESPACES})
