"""What the RDF formats write comes back as the same architecture with all that stood beside it, and is written alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from export_sources import BESIDE, SCHEMES, export, make_source
from rolegraph import Architecture
from rolegraph.errors import InputError
from rolegraph.export.formats import FORMATS


@pytest.mark.parametrize("name", ["turtle", "ntriples", "nquads", "trig", "rdfxml", "jsonld"])
def test_a_file_comes_back_whole_and_is_written_with_the_same_bytes(name: str, tmp_path: Path) -> None:
    source = make_source(beside=BESIDE + SCHEMES)
    file = tmp_path / f"graph{FORMATS[name].ending}"
    file.write_bytes(export(name, source))
    returned = Architecture(graph=file).export_source()
    assert returned.taxonomy == source.taxonomy
    assert set(returned.foreign) == set(source.foreign)
    assert export(name, returned) == file.read_bytes()


def test_what_xml_cannot_hold_leaves_no_file(tmp_path: Path) -> None:
    source = make_source(beside='<urn:a> <urn:p> "\\u0001" .')
    file = tmp_path / "graph.ttl"
    file.write_bytes(export("turtle", source))
    with pytest.raises(InputError, match="cannot hold"):
        Architecture(graph=file).export("rdfxml", tmp_path / "graph.rdf")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
