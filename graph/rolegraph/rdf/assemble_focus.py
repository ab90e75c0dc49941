"""Assembles focuses with their skill uses and profiles from their nodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from rolegraph.model import codes
from rolegraph.model.roles import (
    CRITERIA,
    Confidence,
    Focus,
    Guideline,
    Pay,
    Profile,
    Requirement,
    Responsibility,
    Score,
    SkillUse,
    Source,
)
from rolegraph.rdf.maker import Maker
from rolegraph.rdf.vocab import DQV, PROV, RDF, RG, SCHEMA


class FocusAssembler:
    """Assembles the focuses of one graph."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.reader = maker.reader
        self.iris = maker.iris

    def assemble(self) -> Iterator[Focus]:
        """Every focus that could be made."""
        profiles: defaultdict[str, list[Profile]] = defaultdict(list)
        owners: dict[str, str] = {}
        for node, code in self.maker.list_records(RG.Profile, "profile"):
            try:
                parts = codes.split_profile(code)
            except ValueError as error:
                self.reader.refuse(node, RDF.type, "value-wrong", str(error), "correct the code")
                continue
            owners[parts.focus] = node
            profile = self._read_profile(node, code, parts)
            if profile is not None:
                profiles[parts.focus].append(profile)
        for node, code in self.maker.list_records(RG.Focus, "focus"):
            owners.pop(code, None)
            focus = self._read_focus(node, code, tuple(profiles[code]))
            if focus is not None:
                yield focus
        for code, node in owners.items():
            self.reader.refuse(
                node, RG.inFocus, "node-missing", f"its focus <{self.iris.focus(code)}> is not described",
                "describe it as a rg:Focus",
            )  # fmt: skip

    def _read_focus(self, node: str, code: str, profiles: tuple[Profile, ...]) -> Focus | None:
        uses = []
        for part in self.maker.link_ordered(node, RG.skillUse, RG.SkillUse):
            use = self.maker.make(SkillUse, part, proficiency=tuple(self._read_requirements(part, code)))
            if use is not None:
                self.maker.check_iri(part, self.iris.skill_use(code, use.skill))
                uses.append(use)
        retired = self.maker.read_retirement(node, "focus")
        return self.maker.make(Focus, node, code=code, skills=tuple(uses), profiles=profiles, retired=retired)

    def _read_requirements(self, use: str, focus: str) -> Iterator[Requirement]:
        # The use is named after its skill; that the name is right is checked with the use itself.
        skill = use.partition("#skill-")[2]
        for part in self.maker.link_parts(use, RG.requirement, RG.SkillRequirement):
            requirement = self.maker.make(Requirement, part)
            if requirement is not None:
                self.maker.check_iri(part, self.iris.requirement(focus, requirement.level, skill))
                yield requirement

    def _read_profile(self, node: str, code: str, parts: codes.ProfileCode) -> Profile | None:
        nodes = self.maker.nodes
        sure = nodes.get(node, RG.confidence) or nodes.get(node, RG.confidenceLabel)
        return self.maker.make(
            Profile,
            node,
            code=code,
            confidence=self.maker.make(Confidence, node) if sure else None,
            pay=self._read_pay(node, code),
            responsibilities=tuple(self._read_responsibilities(node, parts)),
            guideline=self._read_guideline(node, parts),
            review=tuple(self._read_review(node, code)),
            sources=tuple(self._read_sources(node, code)),
            mappings=self.maker.read_mappings(node, partial(self.iris.mapping, code)),
            retired=self.maker.read_retirement(node, "profile"),
        )

    def _read_pay(self, node: str, code: str) -> Pay | None:
        found = self.maker.link_parts(node, SCHEMA.estimatedSalary, SCHEMA.MonetaryAmountDistribution)
        for part in found[1:]:
            self.reader.refuse(part, None, "value-repeated", "the profile has other pay as well", "keep one")
        for part in found[:1]:
            self.maker.check_iri(part, self.iris.pay(code))
            basis = self.reader.read_value(part, RG.payBasis, "pay")
            if basis not in ("own", "inherited"):
                self.reader.refuse(
                    part, RG.payBasis, "part-missing", "whose pay this is is not said",
                    "link to rg:pay-own or rg:pay-inherited",
                )  # fmt: skip
            return self.maker.make(Pay, part, inherited=basis == "inherited")
        return None

    def _read_responsibilities(self, node: str, parts: codes.ProfileCode) -> Iterator[Responsibility]:
        for part in self.maker.link_ordered(node, RG.responsibility, RG.Responsibility):
            responsibility = self.maker.make(Responsibility, part)
            if responsibility is not None:
                expected = self.iris.responsibility(parts.focus, parts.level, responsibility.id)
                self.maker.check_iri(part, expected)
                yield responsibility

    def _read_guideline(self, node: str, parts: codes.ProfileCode) -> Guideline | None:
        texts: dict[str, Any] = {}
        for part in self.maker.link_parts(node, RG.guidelineCell, RG.GuidelineCell):
            criterion = self.reader.read_value(part, RG.criterion, "criterion")
            text = self.reader.read_text(part, SCHEMA.description)
            if criterion not in CRITERIA or text is None:
                self.reader.refuse(
                    part, None, "part-missing", "its criterion or its text is missing or unknown",
                    f"give both; the criteria are {', '.join(CRITERIA)}",
                )  # fmt: skip
                continue
            self.maker.check_iri(part, self.iris.guideline_cell(parts.focus, parts.level, criterion))
            texts[criterion] = text
        return Guideline(**texts) if texts else None

    def _read_review(self, node: str, code: str) -> Iterator[Score]:
        for part in self.maker.link_ordered(node, DQV.hasQualityMeasurement, DQV.QualityMeasurement):
            score = self.maker.make(Score, part)
            if score is not None:
                self.maker.check_iri(part, self.iris.score(code, score.dimension))
                yield score

    def _read_sources(self, node: str, code: str) -> Iterator[Source]:
        for part in self.maker.link_ordered(node, PROV.wasDerivedFrom, RG.Source):
            source = self.maker.make(Source, part)
            if source is not None:
                self.maker.check_iri(part, self.iris.source(code, source.id))
                yield source
