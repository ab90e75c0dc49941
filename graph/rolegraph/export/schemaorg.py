"""Roles as https://schema.org/Occupation, as pages carry them for search engines: one JSON-LD file, a role a line.

Only what is recorded is written, with properties that schema.org gives to these types; a role that is retired is left out.
The context is named, not repeated: those who read such data know it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from rolegraph.export.jsontext import write_json
from rolegraph.export.pieces import write_pieces
from rolegraph.export.source import Source
from rolegraph.output import Sink
from rolegraph.rdf.declare import read_declarations
from rolegraph.rdf.iris import Iris
from rolegraph.rdf.vocab import RG

if TYPE_CHECKING:
    from rolegraph.model.mapping import Mapping
    from rolegraph.model.roles import Pay, Profile, SkillUse
    from rolegraph.model.taxonomy import Taxonomy

CONTEXT: Final = "https://schema.org/"

_AS_CATEGORY: Final = frozenset({"exactMatch", "closeMatch", "broadMatch"})
"""The mappings that say that a role belongs under the code; a narrower or merely related code is no category of it."""

_SPREAD: Final = ("percentile10", "percentile25", "median", "percentile75", "percentile90")
_UNITS: Final = {"P1Y": "YEAR", "P1M": "MONTH", "P1W": "WEEK", "P1D": "DAY"}
"""The words for lengths of time that search engines take as the unit of a salary."""


def write(source: Source, sink: Sink) -> None:
    """Write the dataset, its set of skills and every role in use as schema.org JSON-LD."""
    write_pieces(sink, _Writer(source.taxonomy).spell())


class _Writer:
    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._iris = Iris(taxonomy.dataset.base, taxonomy.namespaces)

    def spell(self) -> Iterator[str]:
        """The file, piece by piece."""
        yield f'{{\n  "@context": {write_json(CONTEXT)},\n  "@graph": [\n    {write_json(self._describe_dataset())}'
        if self._taxonomy.skills:
            yield f",\n    {write_json(self._describe_skills())}"
        for profile in self._taxonomy.profiles:
            if not self._taxonomy.is_retired(profile):
                yield f",\n    {write_json(self._describe_role(profile))}"
        yield "\n  ]\n}\n"

    def _describe_dataset(self) -> dict[str, Any]:
        dataset = self._taxonomy.dataset
        return _keep(
            {
                "@type": "Dataset",
                "@id": self._iris.name("dataset"),
                "name": dataset.title,
                "description": dataset.description,
                "version": dataset.version,
                "publisher": {"@type": "Organization", "name": dataset.publisher},
                "license": dataset.licence,
                "conditionsOfAccess": dataset.access_rights,
                "datePublished": dataset.issued,
                "dateModified": dataset.modified,
                "inLanguage": dataset.language,
            }
        )

    def _describe_skills(self) -> dict[str, Any]:
        scheme = read_declarations()[RG.SkillScheme]
        return {
            "@type": "DefinedTermSet",
            "@id": self._iris.name("skills"),
            "name": scheme.label,
            "description": scheme.definition,
            "isPartOf": {"@id": self._iris.name("dataset")},
        }

    def _describe_role(self, profile: Profile) -> dict[str, Any]:
        taxonomy, guideline = self._taxonomy, profile.guideline
        job_code = {"@type": "PropertyValue", "name": "job code", "value": profile.job_code}
        regions = sorted({r for r in (profile.region, profile.pay and profile.pay.region) if r})
        return _keep(
            {
                "@type": "Occupation",
                "@id": self._iris.profile(profile.code),
                "identifier": [profile.code, *([job_code] if profile.job_code else [])],
                "name": taxonomy.title_of(profile),
                "alternateName": list(profile.aliases),
                "description": profile.definition or taxonomy.focus_by_code[profile.focus].definition,
                "occupationalCategory": [
                    self._describe_code(m) for m in profile.mappings if m.predicate in _AS_CATEGORY
                ],
                "occupationLocation": [{"@type": "AdministrativeArea", "name": region} for region in regions],
                "estimatedSalary": [] if profile.pay is None else list(_describe_pay(profile.pay)),
                "experienceRequirements": guideline and guideline.experience,
                "qualifications": guideline and guideline.knowledge,
                "responsibilities": [responsibility.text for responsibility in profile.responsibilities],
                "skills": [self._describe_skill(use) for use in taxonomy.skill_uses_of(profile)],
                "subjectOf": {"@id": self._iris.name("dataset")},
            }
        )

    def _describe_code(self, mapping: Mapping) -> dict[str, Any]:
        scheme = self._taxonomy.scheme_by_code.get(mapping.scheme)
        entry = self._taxonomy.occupation_by_key.get((mapping.scheme, mapping.code))
        return _keep(
            {
                "@type": "CategoryCode",
                "@id": self._iris.occupation(mapping.scheme, mapping.code),
                "codeValue": mapping.code,
                "name": None if entry is None else entry.title,
                "inCodeSet": _keep(
                    {
                        "@type": "CategoryCodeSet",
                        "@id": self._iris.scheme(mapping.scheme),
                        "name": mapping.scheme if scheme is None else scheme.title,
                    }
                ),
            }
        )

    def _describe_skill(self, use: SkillUse) -> dict[str, Any]:
        """The skill by its own name, the words of the focus beside it where they are others."""
        skill = self._taxonomy.skill_by_code[use.skill]
        return _keep(
            {
                "@type": "DefinedTerm",
                "@id": self._iris.node("skill", skill.code),
                "termCode": skill.code,
                "name": skill.label,
                "alternateName": None if use.label == skill.label else use.label,
                "description": use.description or skill.definition,
                "inDefinedTermSet": {"@id": self._iris.name("skills")},
            }
        )


def _describe_pay(pay: Pay) -> Iterator[dict[str, Any]]:
    """A distribution where percentiles or the median are known; the range without percentiles as an amount."""
    note = "pay of the function at this level" if pay.inherited else None
    if any(getattr(pay, figure) is not None for figure in _SPREAD):
        figures = {figure: _to_number(getattr(pay, figure)) for figure in _SPREAD}
        kind = {"@type": "MonetaryAmountDistribution", "currency": pay.currency, "duration": pay.duration}
        yield _keep({**kind, **figures, "description": note})
    if pay.low is not None or pay.high is not None:
        ends = {"minValue": _to_number(pay.low), "maxValue": _to_number(pay.high)}
        unit = _UNITS.get(pay.duration)
        yield _keep(
            {
                "@type": "MonetaryAmount",
                "currency": pay.currency,
                "value": _keep({"@type": "QuantitativeValue", **ends, "unitText": unit}),
                "validFrom": pay.effective,
                "description": note,
            }
        )


def _to_number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _keep(values: dict[str, Any]) -> dict[str, Any]:
    """What has a value."""
    return {key: value for key, value in values.items() if value is not None and value != []}
