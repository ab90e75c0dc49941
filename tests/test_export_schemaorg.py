"""schema.org: roles as occupations, with terms that schema.org has, and only what is recorded."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from pyld import jsonld

from architectures import read_shipped
from export_sources import BASE, HOSTILE, export, make_hostile, make_source
from rdf_samples import make_focus, make_taxonomy
from rolegraph.model.mapping import Mapping
from rolegraph.model.record import Retirement
from rolegraph.model.roles import Pay, Profile
from rolegraph.model.taxonomy import Taxonomy

THING = {"alternateName", "description", "identifier", "name", "sameAs", "subjectOf", "url"}
WORK = THING | {
    "conditionsOfAccess", "dateModified", "datePublished", "inLanguage", "isPartOf", "license", "publisher", "version",
}  # fmt: skip
TERM = THING | {"inDefinedTermSet", "termCode"}
PROPERTIES = {
    "AdministrativeArea": THING,
    "CategoryCode": TERM | {"codeValue", "inCodeSet"},
    "CategoryCodeSet": WORK | {"hasCategoryCode"},
    "Dataset": WORK,
    "DefinedTerm": TERM,
    "DefinedTermSet": WORK | {"hasDefinedTerm"},
    "MonetaryAmount": THING | {"currency", "maxValue", "minValue", "validFrom", "validThrough", "value"},
    "MonetaryAmountDistribution": THING
    | {"currency", "duration", "median", "percentile10", "percentile25", "percentile75", "percentile90"},
    "Occupation": THING
    | {
        "educationRequirements", "estimatedSalary", "experienceRequirements", "occupationLocation",
        "occupationalCategory", "qualifications", "responsibilities", "skills",
    },
    "Organization": THING,
    "PropertyValue": THING | {"propertyID", "unitText", "value"},
    "QuantitativeValue": THING | {"maxValue", "minValue", "unitCode", "unitText", "value"},
}  # fmt: skip
"""What schema.org gives to each type, of the properties that may stand here."""


def load_context(url: str, options: object) -> dict[str, Any]:
    """A small stand-in for the context that schema.org publishes."""
    assert url == "https://schema.org/"
    vocabulary = {"@vocab": "https://schema.org/", "license": {"@type": "@id"}}
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": vocabulary}}


def read(taxonomy: Taxonomy) -> dict[str, Any]:
    """The objects of the file by their IRI."""
    document = json.loads(export("schemaorg", make_source(taxonomy)))
    assert document["@context"] == "https://schema.org/"
    return {node["@id"]: node for node in document["@graph"]}


def read_role(**changes: Any) -> dict[str, Any]:
    """The object of the one role of the small architecture, changed."""
    focus = make_focus()
    (profile,) = focus.profiles
    focus = focus.model_copy(update={"profiles": (profile.model_copy(update=changes),)})
    role: dict[str, Any] = read(make_taxonomy(focus))["https://example.org/id/profile/CREW.DECK.P2"]
    return role


def list_objects(value: Any) -> list[dict[str, Any]]:
    """Every object with a type, anywhere inside."""
    if isinstance(value, list):
        return [found for item in value for found in list_objects(item)]
    if not isinstance(value, dict):
        return []
    return [*([value] if "@type" in value else []), *list_objects(list(value.values()))]


@pytest.mark.parametrize("taxonomy", [read_shipped(), make_hostile()], ids=["shipped", "hostile"])
def test_every_property_is_one_that_schema_org_gives_to_its_type(taxonomy: Taxonomy) -> None:
    objects = list_objects(list(read(taxonomy).values()))
    assert {"Occupation", "DefinedTerm", "CategoryCode"} <= {found["@type"] for found in objects}
    for found in objects:
        assert {key for key in found if key[0] != "@"} <= PROPERTIES[found["@type"]], found["@type"]
        assert all(value not in (None, [], {}, "") for value in found.values())


def test_every_role_in_use_is_an_occupation_with_its_parts() -> None:
    taxonomy = read_shipped()
    nodes = read(taxonomy)
    roles = {iri for iri, node in nodes.items() if node["@type"] == "Occupation"}
    assert roles == {
        f"{taxonomy.dataset.base}profile/{p.code}" for p in taxonomy.profiles if not taxonomy.is_retired(p)
    }
    for profile in taxonomy.profiles:
        node = nodes[f"{taxonomy.dataset.base}profile/{profile.code}"]
        assert node["name"] == taxonomy.title_of(profile)
        assert node["identifier"][0] == profile.code
        assert node.get("responsibilities", []) == [r.text for r in profile.responsibilities]
        codes = [skill["termCode"] for skill in node.get("skills", [])]
        assert codes == [use.skill for use in taxonomy.skill_uses_of(profile)]
        assert ("estimatedSalary" in node) == (profile.pay is not None)


def test_all_that_is_recorded_of_a_role_is_there() -> None:
    assert read_role() == {
        "@type": "Occupation",
        "@id": "https://example.org/id/profile/CREW.DECK.P2",
        "identifier": ["CREW.DECK.P2", {"@type": "PropertyValue", "name": "job code", "value": "0042"}],
        "name": "Able seafarer",
        "alternateName": ["Sailor"],
        "description": "Works on deck.\nDistinct from the engine room.",
        "occupationalCategory": [
            {
                "@type": "CategoryCode",
                "@id": "https://example.org/id/soc-2018/53-5011",
                "codeValue": "53-5011",
                "name": "Sailors",
                "inCodeSet": {"@type": "CategoryCodeSet", "@id": "https://example.org/id/soc-2018", "name": "SOC"},
            }
        ],
        "occupationLocation": [{"@type": "AdministrativeArea", "name": "north"}],
        "estimatedSalary": [
            {"@type": "MonetaryAmountDistribution", "currency": "EUR", "duration": "P1Y", "median": 36500.5},
            {
                "@type": "MonetaryAmount",
                "currency": "EUR",
                "value": {
                    "@type": "QuantitativeValue", "minValue": 31000, "maxValue": 42000, "unitText": "YEAR",
                },
            },
        ],
        "experienceRequirements": "2–4+ years",
        "qualifications": "Knots.",
        "responsibilities": ["Keeps a look-out.", 'Says "clear" when it is clear.'],
        "skills": [
            {
                "@type": "DefinedTerm",
                "@id": "https://example.org/id/skill/mooring",
                "termCode": "mooring",
                "name": "Mooring",
                "alternateName": "Mooring lines",
                "description": "Makes fast.",
                "inDefinedTermSet": {"@id": "https://example.org/id/skills"},
            },
            {
                "@type": "DefinedTerm",
                "@id": "https://example.org/id/skill/first-aid",
                "termCode": "first-aid",
                "name": "First aid",
                "inDefinedTermSet": {"@id": "https://example.org/id/skills"},
            },
        ],
        "subjectOf": {"@id": "https://example.org/id/dataset"},
    }  # fmt: skip


def test_what_is_not_recorded_is_not_written() -> None:
    focus = make_focus().model_copy(
        update={
            "definition": None,
            "exclusions": (),
            "skills": (),
            "profiles": (Profile(code="CREW.DECK.P2", basis="implied"),),
        }
    )
    role = read(make_taxonomy(focus))["https://example.org/id/profile/CREW.DECK.P2"]
    assert role == {
        "@type": "Occupation",
        "@id": "https://example.org/id/profile/CREW.DECK.P2",
        "identifier": ["CREW.DECK.P2"],
        "name": "Deck — P2",
        "subjectOf": {"@id": "https://example.org/id/dataset"},
    }


def test_percentiles_are_a_distribution_and_the_day_stands_where_schema_org_has_one() -> None:
    pay = Pay(
        currency="USD", duration="P1M", percentile10=Decimal("10"), percentile90=Decimal("90.25"), low=Decimal("5"),
        inherited=True, effective="2025-07-30", region="south",
    )  # fmt: skip
    role = read_role(pay=pay)
    spread, ends = role["estimatedSalary"]
    assert (spread["percentile10"], spread["percentile90"], spread["duration"]) == (10, 90.25, "P1M")
    assert "validFrom" not in spread
    assert ends["validFrom"] == "2025-07-30"
    assert ends["value"] == {"@type": "QuantitativeValue", "minValue": 5, "unitText": "MONTH"}
    assert spread["description"] == ends["description"] == "pay of the function at this level"
    assert [place["name"] for place in role["occupationLocation"]] == ["north", "south"]


def test_a_length_of_time_without_a_word_names_no_unit() -> None:
    role = read_role(pay=Pay(currency="USD", duration="P2W", high=Decimal("9")))
    assert role["estimatedSalary"][0]["value"] == {"@type": "QuantitativeValue", "maxValue": 9}


@pytest.mark.parametrize(
    ("predicate", "there"),
    [("exactMatch", 1), ("closeMatch", 1), ("broadMatch", 1), ("narrowMatch", 0), ("relatedMatch", 0)],
)
def test_only_what_a_role_belongs_under_is_its_category(predicate: Any, there: int) -> None:
    mapping = Mapping(
        scheme="soc-2018", code="53-9999", predicate=predicate, justification="UnspecifiedMatching"
    )
    found = read_role(mappings=(mapping,)).get("occupationalCategory", [])
    assert len(found) == there
    assert all("name" not in category for category in found)


def test_what_is_retired_is_left_out() -> None:
    focus = make_focus()
    retired = Retirement(note="Gone.")
    (profile,) = focus.profiles
    for gone in (
        focus.model_copy(update={"retired": retired}),
        focus.model_copy(update={"profiles": (profile.model_copy(update={"retired": retired}),)}),
    ):
        assert not [node for node in read(make_taxonomy(gone)).values() if node["@type"] == "Occupation"]


def test_the_dataset_says_who_may_use_it() -> None:
    node = read(make_taxonomy())["https://example.org/id/dataset"]
    assert node["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert node["publisher"] == {"@type": "Organization", "name": "The ferry company"}


def test_it_can_stand_in_the_script_element_of_a_page() -> None:
    data = export("schemaorg", make_source())
    assert b"<" not in data
    assert b">" not in data
    assert json.loads(data)["@graph"][3]["name"] == HOSTILE


def test_a_processor_expands_it_with_nothing_lost() -> None:
    document = json.loads(export("schemaorg", make_source()))
    expanded = jsonld.expand(document, {"documentLoader": load_context})
    roles = {node["@id"]: node for node in expanded if node["@type"] == ["https://schema.org/Occupation"]}
    role = roles[f"{BASE}profile/CREW.DECK.P2"]
    assert role["https://schema.org/name"] == [{"@value": HOSTILE}]
    assert {key.removeprefix("https://schema.org/") for key in role if key[0] != "@"} <= PROPERTIES[
        "Occupation"
    ]
    assert all(key[0] == "@" or key.startswith("https://schema.org/") for node in expanded for key in node)
