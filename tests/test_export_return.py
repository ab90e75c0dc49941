"""What the RDF formats write comes back as the same architecture with all that stood beside it, and is written alike."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pyoxigraph as ox
import pytest

from export_sources import BESIDE, SCHEMES, canonicalize, export, get_expected, get_export, make_source
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


@pytest.mark.parametrize("source", ["shipped", "hostile", "beside"])
@pytest.mark.parametrize("name", ["turtle", "ntriples"])
@pytest.mark.parametrize("tool", ["rapper", "serdi"])
def test_parsers_in_c_read_what_build_writes(tool: str, name: str, source: str, tmp_path: Path) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    file = tmp_path / "graph"
    file.write_bytes(get_export(name, source))
    done = subprocess.run([tool, "-q", "-i", name, "-o", "ntriples", file], capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    read = ox.parse(done.stdout, format=ox.RdfFormat.N_TRIPLES)
    assert canonicalize(read) == get_expected(source)


@pytest.mark.parametrize("name", ["nquads", "trig", "rdfxml", "jsonld", "schemaorg"])
def test_texts_are_utf_8_in_normal_form_c_with_their_own_letters(name: str) -> None:
    text = get_export(name, "hostile").decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\U0001f9ea é" in text
    assert "\r" not in text
    assert text.endswith("\n")


def test_what_xml_cannot_hold_leaves_no_file(tmp_path: Path) -> None:
    source = make_source(beside='<urn:a> <urn:p> "\\u0001" .')
    file = tmp_path / "graph.ttl"
    file.write_bytes(export("turtle", source))
    with pytest.raises(InputError, match="cannot hold"):
        Architecture(graph=file).export("rdfxml", tmp_path / "graph.rdf")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
