"""Random architectures: what the records refuse the shapes never find, and both engines say the same."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from rolegraph.model.taxonomy import Taxonomy
from rolegraph.validate.compiled import judge_compiled
from rolegraph.validate.judge import validate_taxonomy
from rolegraph.validate.reference import judge_by_pyshacl
from rolegraph.validate.rules import ShapesGraph
from rolegraph.validate.triples import Triples
from strategies import taxonomies

SHAPES = ShapesGraph.read()
POSSIBLE = {
    "focus-label-unique",
    "review-pass",
    "skill-label-unique",
    "skos-labels",
    "track-gap",
}
"""Violations that sound records may have: each record is sound, and what they say together is not."""


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(taxonomies())
def test_export_of_sound_records_breaks_no_other_rule(taxonomy: Taxonomy) -> None:
    found = {f.rule for f in validate_taxonomy(taxonomy).findings if f.severity == "violation"}
    assert found <= POSSIBLE


@settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow])
@given(taxonomies(min_focuses=1))
def test_engines_agree_on_random_architectures(taxonomy: Taxonomy) -> None:
    # Both engines read the text that a parser makes of the export, so that every term is written alike.
    triples = Triples.from_turtle(Triples.from_taxonomy(taxonomy).serialize())
    assert judge_compiled(triples, SHAPES) == judge_by_pyshacl(triples, SHAPES)
