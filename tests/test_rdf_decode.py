"""Triples become records again, or every problem with them at once."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from rdf_samples import make_taxonomy, parse, to_ntriples, to_turtle
from rolegraph.errors import InputError, Problem
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.rdf.adjacency import write_adjacency
from rolegraph.rdf.decode import from_file, from_triples, from_turtle
from rolegraph.rdf.read import read_triples
from rolegraph.rdf.vocab import RDFS, RG, SKOS, VOID
from rolegraph.rdf.write import iterate_triples, write_ntriples, write_turtle
from strategies import taxonomies

ID = "https://example.org/id/"
TURTLE = to_turtle(make_taxonomy())


def find_problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        from_turtle(text, "x.ttl")
    return caught.value.problems


def change(*edits: tuple[str, str]) -> str:
    """The small architecture's Turtle with some places changed; each must be there."""
    text = TURTLE
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text


@settings(max_examples=35)
@given(taxonomies())
def test_decoding_is_the_inverse_of_encoding(taxonomy: Taxonomy) -> None:
    turtle = to_turtle(taxonomy)
    decoded = from_turtle(turtle)
    assert decoded.taxonomy == taxonomy
    assert decoded.foreign == ()
    assert to_turtle(decoded.taxonomy) == turtle
    assert from_turtle(to_ntriples(taxonomy)).taxonomy == taxonomy
    assert from_triples(iterate_triples(taxonomy)).taxonomy == taxonomy


@settings(max_examples=20)
@given(taxonomies(), st.randoms(use_true_random=False))
def test_the_order_of_triples_means_nothing(taxonomy: Taxonomy, random: Random) -> None:
    lines = to_ntriples(taxonomy).split("\n")[:-1]
    random.shuffle(lines)
    assert from_turtle("\n".join(lines + lines[:5])).taxonomy == taxonomy


OF_THE_FILE = (f"<{RG.toolVersion}>", f"<{VOID.triples}>")
"""What a file says of itself; other versions say it otherwise."""


@pytest.mark.parametrize("name", ["graph.ttl", "graph.nt", "GRAPH.TTL"])
def test_files_are_read_by_their_ending(name: str, tmp_path: Path) -> None:
    taxonomy = make_taxonomy()
    path = tmp_path / name
    with path.open("wb") as sink:
        (write_ntriples if name.endswith(".nt") else write_turtle)(taxonomy, sink)
    assert from_file(path).taxonomy == taxonomy
    assert len(list(read_triples(path))) == len(parse(TURTLE))


def test_relative_iris_are_relative_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a b.ttl"
    path.write_text("<#x> <p> <../y> .", encoding="ascii")
    (triple,) = read_triples(path)
    assert [term.value for term in triple] == [  # type: ignore[union-attr]
        path.as_uri() + "#x", (tmp_path / "p").as_uri(), (tmp_path.parent / "y").as_uri()
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("extra", "foreign"),
    [
        ("<focus/CREW.DECK> <https://example.org/vocabulary#owner> <https://example.org/people/7> .", 1),
        ("<focus/CREW.DECK> skos:editorialNote \"To be reviewed\"@en .", 1),
        ('<focus/CREW.DECK> skos:prefLabel "Deckwache"@de .', 1),
        ("<https://example.org/x> a skos:Concept ; skos:prefLabel \"x\"@en .", 2),
        ("<profile/CREW.DECK.P2> skos:broadMatch <soc-2018/53-0000> .", 1),
        ("[] a rg:Focus .", 1),
        ("<profile/CREW.DECK.P2> skos:related [ a skos:Concept ] .", 2),
        ("<profile/CREW.DECK.P2> rg:basis rg:basis-documented .", 0),
    ],
)  # fmt: skip
def test_what_no_record_holds_is_counted_and_left_alone(extra: str, foreign: int) -> None:
    decoded = from_turtle(TURTLE + extra)
    assert decoded.taxonomy == make_taxonomy()
    assert len(decoded.foreign) == foreign


def test_a_graph_of_another_version_of_the_program_holds_nothing_foreign() -> None:
    (version,) = {line for line in TURTLE.splitlines() if 'rg:toolVersion "' in line}
    decoded = from_turtle(
        change((version, '    rg:toolVersion "0.0.9" .'), ("void:triples ", "void:triples 9"))
    )
    assert decoded.foreign == ()


FLAWS: dict[str, tuple[tuple[str, str], str, str, str]] = {
    "a label is missing": (
        ('    skos:prefLabel "Deck"@en ;\n', ""),
        "part-missing", f"<{ID}focus/CREW.DECK> skos:prefLabel", "label is missing",
    ),
    "a label has no language": (
        ('skos:prefLabel "Deck"@en', 'skos:prefLabel "Deck"'),
        "text-language", f"<{ID}focus/CREW.DECK> skos:prefLabel", "there is no text in en",
    ),
    "a label has another language": (
        ('skos:prefLabel "Deck"@en', 'skos:prefLabel "Deck"@de'),
        "part-missing", f"<{ID}focus/CREW.DECK> skos:prefLabel", "label is missing",
    ),
    "two labels": (
        ('skos:prefLabel "Deck"@en', 'skos:prefLabel "Deck"@en, "Decks"@en'),
        "value-repeated", f"<{ID}focus/CREW.DECK> skos:prefLabel", "has 2 values where one is expected",
    ),
    "a number that is a text": (
        ("rg:confidence 0.90", 'rg:confidence "0.90"'),
        "value-wrong", f"<{ID}profile/CREW.DECK.P2> rg:confidence", 'number (xsd:decimal)',
    ),
    "a number that is a double": (
        ("rg:confidence 0.90", "rg:confidence 9e-1"),
        "value-wrong", f"<{ID}profile/CREW.DECK.P2> rg:confidence", "number (xsd:decimal)",
    ),
    "a number beyond its bounds": (
        ("rg:confidence 0.90", "rg:confidence 1.5"),
        "value-wrong", f"<{ID}profile/CREW.DECK.P2> rg:confidence", "1.5",
    ),
    "a count that is no whole number": (
        ("rg:sourceCount 3", "rg:sourceCount 3.5"),
        "value-wrong", f"<{ID}profile/CREW.DECK.P2> rg:sourceCount", "whole number",
    ),
    "a day with a time": (
        ('dcterms:issued "2024-02-29T00:00:00Z"', 'dcterms:issued "2024-02-29T10:00:00Z"'),
        "value-wrong", f"<{ID}dataset> dcterms:issued", "first instant of a day",
    ),
    "an unknown basis": (
        ("rg:basis rg:basis-documented", "rg:basis <https://example.org/guess>"),
        "value-wrong", f"<{ID}profile/CREW.DECK.P2> rg:basis", "is not a value rg:basis-...",
    ),
    "a basis of ours that does not exist": (
        ("rg:basis rg:basis-documented", "rg:basis rg:basis-guessed"),
        "value-wrong", f"<{ID}profile/CREW.DECK.P2> rg:basis", "guessed",
    ),
    "a code that is a node": (
        ('dcterms:identifier "0042"', "dcterms:identifier <https://example.org/0042>"),
        "value-wrong", f"<{ID}profile/CREW.DECK.P2> dcterms:identifier", "is not a plain string",
    ),
    "a link that is a text": (
        ("adms:status <status/approved>", 'adms:status "approved"'),
        "value-wrong", f"<{ID}profile/CREW.DECK.P2> adms:status", "is not an IRI",
    ),
    "a link to another dataset": (
        ("rg:skill <skill/mooring>", "rg:skill <https://other.example/skill/mooring>"),
        "value-wrong", f"<{ID}focus/CREW.DECK#skill-mooring> rg:skill", "is no skill of this dataset",
    ),
    "a part that is not described": (
        ("<profile/CREW.DECK.P2#pay>\n    a schema:MonetaryAmountDistribution, owl:NamedIndividual ;",
         "<profile/CREW.DECK.P2#pay>\n    a owl:NamedIndividual ;"),
        "node-missing", f"<{ID}profile/CREW.DECK.P2> schema:estimatedSalary", "is not described",
    ),
    "a part that nothing links to": (
        ("    rg:mapping <profile/CREW.DECK.P2#mapping-soc-2018/53-5011> ;\n", ""),
        "node-unlinked", f"<{ID}profile/CREW.DECK.P2#mapping-soc-2018/53-5011> rdf:type", "no record links",
    ),
    "a part without a position": (
        ('"0a1b2c3d" ;\n    rg:ofFocus <focus/CREW.DECK> ;\n    rg:atLevel <level/P2> ;\n    rg:position 1 .',
         '"0a1b2c3d" .'),
        "part-missing", f"<{ID}focus/CREW.DECK#P2-resp-0a1b2c3d> rg:position", "the position is missing",
    ),
    "two parts at one position": (
        ('"9f8e7d6c" ;\n    rg:ofFocus <focus/CREW.DECK> ;\n    rg:atLevel <level/P2> ;\n    rg:position 2 .',
         '"9f8e7d6c" ;\n    rg:position 1 .'),
        "position-repeated", f"<{ID}focus/CREW.DECK#P2-resp-9f8e7d6c> rg:position", "the same position",
    ),
    "an IRI that does not follow from the id": (
        ('dcterms:identifier "9f8e7d6c"', 'dcterms:identifier "00000000"'),
        "iri-wrong", f"<{ID}focus/CREW.DECK#P2-resp-9f8e7d6c>", "does not follow from its codes",
    ),
    "pay of nobody": (
        ("    rg:payBasis rg:pay-own ;\n", ""),
        "part-missing", f"<{ID}profile/CREW.DECK.P2#pay> rg:payBasis", "whose pay",
    ),
    "pay in disorder": (
        ("schema:median 36500.50", "schema:median 50000"),
        "pay-order", f"<{ID}profile/CREW.DECK.P2#pay>", "exceeds high",
    ),
    "an unknown criterion": (
        ("rg:criterion rg:criterion-knowledge", "rg:criterion rg:criterion-charm"),
        "part-missing", f"<{ID}focus/CREW.DECK#P2-guideline-knowledge>", "missing or unknown",
    ),
    "a mapping to nowhere": (
        ("rg:mappingObject <soc-2018/53-5011>", "rg:mappingObject <https://example.org/53-5011>"),
        "part-missing", f"<{ID}profile/CREW.DECK.P2#mapping-soc-2018/53-5011> rg:mappingObject", "names no entry",
    ),
    "a profile outside the dataset": (
        ("<level/P2>\n    a", "<https://other.example/level/P2> a rg:Level .\n<level/P2>\n    a"),
        "iri-wrong", "<https://other.example/level/P2> rdf:type", "is not an IRI of this dataset's level nodes",
    ),
    "a profile without its focus": (
        ("    a skos:Concept, rg:Focus, owl:NamedIndividual ;", "    a skos:Concept ;"),
        "node-missing", f"<{ID}profile/CREW.DECK.P2> rg:inFocus", "is not described",
    ),
    "a code that is none": (
        ("<function/CREW>\n    a skos:Concept, rg:Function,", "<function/crew>\n    a skos:Concept, rg:Function,"),
        "value-wrong", f"<{ID}function/crew>", "crew",
    ),
    "a level that is not there": (
        ("<level/P2>\n    a skos:Concept, rg:Level,", "<level/P2>\n    a skos:Concept,"),
        "level-unknown", "focus.CREW.DECK.levels.P2", "track P has no level 2",
    ),
    "no currency": (
        ('    rg:currency "EUR" ;\n', ""),
        "part-missing", f"<{ID}dataset> rg:currency", "currency is missing",
    ),
    "no publisher": (
        ("    dcterms:publisher <dataset#publisher> ;\n", ""),
        "part-missing", f"<{ID}dataset> dcterms:publisher", "publisher is missing",
    ),
    "no dataset": (
        ("    vann:preferredNamespaceUri \"https://example.org/id/\" ;\n", ""),
        "dataset-missing", "<dataset> vann:preferredNamespaceUri", "describes no dataset",
    ),
    "a dataset that is not named after its base": (
        ('vann:preferredNamespaceUri "https://example.org/id/"', 'vann:preferredNamespaceUri "https://e.org/"'),
        "iri-wrong", f"<{ID}dataset> vann:preferredNamespaceUri", "not named after its base",
    ),
}  # fmt: skip


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flaw_is_reported_with_node_and_predicate(flaw: str) -> None:
    edit, rule, where, message = FLAWS[flaw]
    problems = find_problems(change(edit))
    found = [p for p in problems if (p.rule, p.where) == (rule, where)]
    assert len(found) == 1, "\n".join(map(str, problems))
    assert message in found[0].message
    assert found[0].remedy
    assert found[0].place is not None
    assert found[0].place.file == "x.ttl"


def test_all_problems_are_reported_together() -> None:
    problems = find_problems(
        change(
            ('skos:prefLabel "Deck"@en', 'skos:prefLabel "Deck"'),
            ("rg:confidence 0.90", "rg:confidence 90"),
            ('    rg:reason "The same work."@en ;\n', ""),
            ('dcterms:language "en"', 'dcterms:language "english"'),
        )
    )
    assert {p.rule for p in problems} >= {"text-language", "value-wrong", "part-missing"}
    assert {p.where.split()[0].removeprefix(f"<{ID}") for p in problems} >= {
        "focus/CREW.DECK>", "profile/CREW.DECK.P2>", "dataset>"
    }  # fmt: skip


def test_two_datasets_are_not_mixed() -> None:
    other = to_turtle(make_taxonomy(base="https://other.example/id/"))
    (problem,) = find_problems(TURTLE + other)
    assert problem.rule == "dataset-repeated"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("<http://a/b> <http://a/c> .\n", 1, "column"),
        ("<http://a/b> a <http://a/c> .\n<http://a/b> <http://a/c> 'x .\n", 2, "column 27"),
        ("<http://a/b> a x:y .", 1, "prefix x:"),
        ('<http://a/b> <http://a/c> "\\x" .', 1, "column"),
        ("\0\0\0", 1, "\\x00"),
    ],
)
def test_broken_turtle_names_line_and_column(text: str, line: int, message: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text(text, encoding="utf-8")
    for read in (
        lambda: from_turtle(text, str(path)),
        lambda: from_file(path),
        lambda: [*read_triples(path)],
    ):
        with pytest.raises(InputError) as caught:
            read()
        (problem,) = caught.value.problems
        assert problem.rule == "graph-broken"
        assert str(problem.place) == f"{path}:{line}"
        assert message in problem.message
        assert not problem.message.startswith("Parser error")


def test_bytes_that_are_no_utf8_are_broken_turtle(tmp_path: Path) -> None:
    path = tmp_path / "latin.ttl"
    path.write_bytes(TURTLE.encode().replace(b"Ferries", b"F\xe4hren"))
    with pytest.raises(InputError) as caught:
        from_file(path)
    (problem,) = caught.value.problems
    assert problem.rule == "graph-broken"
    assert problem.place is not None
    assert problem.place.line is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "<http://a/b> a <http://a/c> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <http://a/b> a skos:Concept .",
        (Path(__file__).parents[1] / "ontology" / "rolegraph.ttl").read_text(encoding="utf-8"),
    ],
)
def test_a_graph_without_a_node_of_ours_is_refused(text: str) -> None:
    (problem,) = find_problems(text)
    assert problem.rule == "nothing-here-is-ours"
    assert problem.message.startswith("nothing here is ours")
    with pytest.raises(InputError, match="nothing here is ours"):
        from_triples(parse(text))


def test_an_adjacency_file_alone_is_no_dataset(tmp_path: Path) -> None:
    path = tmp_path / "adjacency.ttl"
    with path.open("wb") as sink:
        write_adjacency(
            make_taxonomy(),
            "structural@1",
            [("CREW.DECK.P2", [("CREW.DECK.P1", "0.111111", "confident")])],
            sink,
        )
    with pytest.raises(InputError) as caught:
        from_file(path)
    assert [p.rule for p in caught.value.problems] == ["dataset-missing"]


def test_a_large_foreign_file_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "foreign.ttl"
    with path.open("w", encoding="utf-8") as sink:
        for number in range(30_000):
            sink.write(f'<http://a/{number}> a <http://a/Thing> ; <http://a/label> "Thing {number}"@en .\n')
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="nothing-here-is-ours"):
            from_file(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 1_900_000
    assert peak < 400_000


def test_a_term_that_no_parser_holds_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.ttl"
    path.write_text(f'<http://a/b> <http://a/c> "{"x" * 17_000_000}" .', encoding="ascii")
    with pytest.raises(InputError) as caught:
        from_file(path)
    assert [p.rule for p in caught.value.problems] == ["term-too-long"]


@pytest.mark.parametrize("text", ["[ <http://a/c> " * 50_000, "(" * 50_000])
def test_deep_nesting_is_broken_turtle_and_no_crash(text: str) -> None:
    (problem,) = find_problems(f"<http://a/b> <http://a/c> {text}")
    assert problem.rule == "graph-broken"


@pytest.mark.parametrize("name", ["graph.txt", "graph", "graph.ttl.gz"])
def test_other_formats_are_refused_by_name(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(TURTLE, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        from_file(tmp_path / name)
    assert [p.rule for p in caught.value.problems] == ["format-unknown"]


@pytest.mark.parametrize("make", [lambda path: None, Path.mkdir])
def test_a_file_that_cannot_be_read_is_named(make: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    make(path)
    with pytest.raises(InputError) as caught:
        from_file(path)
    (problem,) = caught.value.problems
    assert problem.rule == "file-unreadable"
    assert str(problem.place) == str(path)


MADE_UP = tuple(f"<{iri}>" for iri in (SKOS.prefLabel, SKOS.definition, RDFS.label, RG.derived))

JUNK = ("<https://example.org/x>", '"junk"', '"junk"@en', "3.5", "true", "[]", "rg:Focus")


@settings(max_examples=50)
@given(st.data())
def test_a_damaged_graph_is_refused_or_read_but_never_a_crash(data: st.DataObject) -> None:
    """A triple that is lost or changed either does not matter, changes the records, or is a problem."""
    taxonomy = make_taxonomy()
    lines = to_ntriples(taxonomy).split("\n")[:-1]
    index = data.draw(st.integers(0, len(lines) - 1))
    kind = data.draw(st.sampled_from(("lost", "changed", "added")))
    subject, predicate, _ = lines[index].split(" ", 2)
    junk = f"{subject} {predicate} {data.draw(st.sampled_from(JUNK))} ."
    rest = lines[:index] + lines[index + 1 :]
    damaged = {"lost": rest, "changed": [*rest, junk], "added": [*lines, junk]}[kind]
    text = "@prefix rg: <https://w3id.org/rolegraph/ns#> .\n" + "\n".join(damaged)
    try:
        decoded = from_turtle(text)
    except InputError as error:
        event(error.problems[0].rule)
        return
    # What an export of the records holds anyway does not matter, nor what a file says of itself, nor a text in the
    # place of one that is made up.
    known = junk.replace("rg:Focus", f"<{RG.Focus}>") in lines
    known = known or (predicate in MADE_UP and '"junk"' in junk)
    if kind != "lost" and not known and predicate not in OF_THE_FILE:
        assert decoded.taxonomy != taxonomy or len(decoded.foreign) == 1
