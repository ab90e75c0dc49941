"""All mappings as SSSOM/TSV: what ``rolegraph mappings export`` writes."""

from __future__ import annotations

from rolegraph.export.source import Source
from rolegraph.mappings.sssom import write_sssom
from rolegraph.output import Sink


def write(source: Source, sink: Sink) -> None:
    """Write the mappings of profiles and skills."""
    write_sssom(source.taxonomy, sink)
