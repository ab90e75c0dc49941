"""Encodes a focus with its skill uses and profiles: nearly all triples of an export, so written for speed.

Predicates, heads and the IRIs of what many profiles share are made once; a node is then one flat list of
strings. The order of the statements below is the order in which a person reads them in Turtle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from rolegraph.model.roles import CRITERIA
from rolegraph.model.years import read_years
from rolegraph.rdf.encode_mapping import MappingEncoder
from rolegraph.rdf.fields import FIGURES
from rolegraph.rdf.form import Block, Form, Head, Literals
from rolegraph.rdf.vocab import ADMS, DCTERMS, DQV, OWL, PROV, RDFS, RG, SCHEMA, SKOS, XKOS

if TYPE_CHECKING:
    from rolegraph.model.record import Retirement
    from rolegraph.model.roles import Focus, Guideline, Pay, Profile, SkillUse
    from rolegraph.model.taxonomy import Taxonomy


class _Predicates:
    """The predicates of focuses, profiles and their parts, each made once in the form at hand."""

    def __init__(self, form: Form) -> None:
        p = form.write_predicate
        self.notation, self.pref_label, self.alt_label = p(SKOS.notation), p(SKOS.prefLabel), p(SKOS.altLabel)
        self.definition, self.exclusion, self.history = (
            p(SKOS.definition),
            p(XKOS.exclusionNote),
            p(SKOS.historyNote),
        )
        self.in_scheme, self.broader, self.narrower = p(SKOS.inScheme), p(SKOS.broader), p(SKOS.narrower)
        self.derived, self.assigned, self.position = p(RG.derived), p(RG.assigned), p(RG.position)
        self.in_function, self.in_focus, self.of_focus = p(RG.inFunction), p(RG.inFocus), p(RG.ofFocus)
        self.at_level, self.on_track, self.basis = p(RG.atLevel), p(RG.onTrack), p(RG.basis)
        self.differential, self.split = p(RG.differential), p(RG.responsibilitySplit)
        self.requirement, self.proficiency, self.grade = p(RG.requirement), p(RG.proficiency), p(RG.grade)
        self.valid_from = p(SCHEMA.validFrom)
        self.skill_use, self.skill, self.skills = p(RG.skillUse), p(RG.skill), p(SCHEMA.skills)
        self.identifier, self.title, self.label = p(DCTERMS.identifier), p(DCTERMS.title), p(RDFS.label)
        self.description, self.criterion = p(SCHEMA.description), p(RG.criterion)
        self.status, self.version, self.region = p(ADMS.status), p(OWL.versionInfo), p(DCTERMS.spatial)
        self.confidence, self.confidence_label = p(RG.confidence), p(RG.confidenceLabel)
        self.salary, self.currency, self.duration = (
            p(SCHEMA.estimatedSalary),
            p(SCHEMA.currency),
            p(SCHEMA.duration),
        )
        self.pay_basis = p(RG.payBasis)
        self.pay_figures = {field: p(iri) for field, iri in FIGURES.items()}
        self.responsibility, self.guideline_cell = p(RG.responsibility), p(RG.guidelineCell)
        self.years_reading, self.min_years, self.max_years = (
            p(RG.yearsReading),
            p(RG.minYears),
            p(RG.maxYears),
        )
        self.measurement, self.computed_on = p(DQV.hasQualityMeasurement), p(DQV.computedOn)
        self.measurement_of, self.value = p(DQV.isMeasurementOf), p(DQV.value)
        self.source_count, self.cites = p(RG.sourceCount), p(RG.citesOccupation)
        self.derived_from, self.source = p(PROV.wasDerivedFrom), p(DCTERMS.source)
        self.deprecated, self.replaced_by = p(OWL.deprecated), p(DCTERMS.isReplacedBy)


class FocusEncoder:
    """Encodes the focuses of one taxonomy in one form."""

    def __init__(self, taxonomy: Taxonomy, form: Form) -> None:
        self.taxonomy = taxonomy
        self.iris = form.iris.with_namespaces(taxonomy.namespaces)
        self.comma = form.comma
        self.form = form
        self.literals = Literals(form, taxonomy.dataset.language)
        self.p = _Predicates(form)
        self.mappings = MappingEncoder(form, self.literals, self.iris)

        def head(*types: str) -> Head:
            return form.write_head(*types, OWL.NamedIndividual)

        self.focus_head = head(SKOS.Concept, RG.Focus)
        self.profile_head = head(SKOS.Concept, RG.Profile)
        self.skill_use_head = head(RG.SkillUse)
        self.requirement_head = head(RG.SkillRequirement)
        self.responsibility_head = head(RG.Responsibility)
        self.cell_head = head(RG.GuidelineCell)
        self.years_head = head(RG.YearsReading)
        self.pay_head = head(SCHEMA.MonetaryAmountDistribution)
        self.score_head = head(DQV.QualityMeasurement)
        self.source_head = head(RG.Source)
        self.values = {
            name: form.write_term(RG[name])
            for name in (
                "basis-documented", "basis-implied", "split-stated", "split-even", "split-given",
                "differential-pay", "differential-skill", "pay-own", "pay-inherited",
            )
        }  # fmt: skip
        self.criteria = {name: form.write_term(RG[f"criterion-{name}"]) for name in CRITERIA}
        self.scheme = f"<{self.iris.name('architecture')}>"
        self.levels = {
            level.code: (
                f"<{self.iris.node('level', level.code)}>",
                f"<{self.iris.node('track', level.track)}>",
            )
            for level in taxonomy.levels
        }
        self.skills = {
            skill.code: (f"<{self.iris.node('skill', skill.code)}>", self.literals.write_text(skill.label))
            for skill in taxonomy.skills
        }
        self.steps = {
            step.code: f"<{self.iris.node('proficiency', step.code)}>" for step in taxonomy.proficiencies
        }
        self.numbers = [self.literals.write_integer(number) for number in range(200)]

    def encode(self, focus: Focus) -> Iterator[Block]:
        """The blocks of a focus: itself, its skill uses, then each profile with its parts."""
        iri = self.iris.focus(focus.code)
        node = f"<{iri}>"
        function = f"<{self.iris.node('function', focus.function)}>"
        uses = [(f"<{self.iris.skill_use(focus.code, use.skill)}>", use) for use in focus.skills]
        yield self._encode_focus(focus, node, function, uses)
        for position, (use_node, use) in enumerate(uses, 1):
            yield from self._encode_skill_use(use, use_node, focus.code, node, position)
        limited = any(use.levels or use.proficiency for use in focus.skills)
        everywhere = None if limited else self._link_skills(uses)
        for profile in focus.profiles:
            level = profile.code[len(focus.code) + 1 :]
            shown = everywhere
            if shown is None:
                shown = self._link_level(focus.code, level, uses)
            yield from self._encode_profile(profile, focus, level, node, function, shown)

    def _put(self, flat: list[str], predicate: str, objects: Sequence[str]) -> None:
        """Adds several objects of one predicate."""
        token = predicate
        for item in objects:
            flat += (token, item)
            token = self.comma or predicate

    def _put_retirement(self, flat: list[str], retired: Retirement, family: str) -> None:
        p = self.p
        flat += (p.deprecated, self.literals.true, p.history, self.literals.write_text(retired.note))
        if retired.replaced_by is not None:
            flat += (p.replaced_by, f"<{self.iris.node(family, retired.replaced_by)}>")

    def _link_skills(self, uses: Sequence[tuple[str, SkillUse]]) -> list[str]:
        flat: list[str] = []
        self._put(flat, self.p.skill_use, [node for node, _ in uses])
        self._put(flat, self.p.skills, [self.skills[use.skill][0] for _, use in uses])
        return flat

    def _link_level(self, focus: str, level: str, uses: Sequence[tuple[str, SkillUse]]) -> list[str]:
        """The links of a profile to the skill uses that hold at its level, and to what they ask for there."""
        flat = self._link_skills([pair for pair in uses if not pair[1].levels or level in pair[1].levels])
        asked = [
            f"<{self.iris.requirement(focus, level, use.skill)}>"
            for _, use in uses
            if use.find_proficiency(level) is not None
        ]
        self._put(flat, self.p.requirement, asked)
        return flat

    def _encode_focus(
        self, focus: Focus, node: str, function: str, uses: Sequence[tuple[str, SkillUse]]
    ) -> Block:
        p, text = self.p, self.literals.write_text
        flat = [p.notation, f'"{focus.code}"', p.pref_label, text(focus.label)]
        if focus.definition is not None:
            flat += (p.definition, text(focus.definition))
        self._put(flat, p.exclusion, [text(exclusion) for exclusion in focus.exclusions])
        flat += (p.in_scheme, self.scheme, p.broader, function)
        self._put(flat, p.narrower, [f"<{self.iris.profile(profile.code)}>" for profile in focus.profiles])
        flat += (p.in_function, function)
        self._put(flat, p.differential, [self.values[f"differential-{name}"] for name in focus.differential])
        if focus.split is not None:
            flat += (p.split, self.values[f"split-{focus.split}"])
        flat += self._link_skills(uses)
        if focus.retired is not None:
            self._put_retirement(flat, focus.retired, "focus")
        return Block(node, self.focus_head, flat)

    def _encode_skill_use(
        self, use: SkillUse, node: str, focus_code: str, focus: str, position: int
    ) -> Iterator[Block]:
        p, text = self.p, self.literals.write_text
        skill, own_label = self.skills[use.skill]
        flat = [p.label, own_label if use.label is None else text(use.label)]
        if use.label is None:
            flat += (p.derived, '"label"')
        if use.description is not None:
            flat += (p.description, text(use.description))
        flat += (p.skill, skill, p.of_focus, focus)
        self._put(flat, p.at_level, [self.levels[level][0] for level in use.levels])
        flat += (p.position, self._number(position))
        parts = []
        for required in use.proficiency:
            part = f"<{self.iris.requirement(focus_code, required.level, use.skill)}>"
            level = self.levels[required.level][0]
            asked = [p.skill, skill, p.of_focus, focus, p.at_level, level, p.proficiency]
            parts.append(Block(part, self.requirement_head, [*asked, self.steps[required.proficiency]]))
        self._put(flat, p.requirement, [part.subject for part in parts])
        yield Block(node, self.skill_use_head, flat)
        yield from parts

    def _number(self, number: int) -> str:
        return self.numbers[number] if number < len(self.numbers) else self.literals.write_integer(number)

    def _encode_profile(
        self,
        profile: Profile,
        focus: Focus,
        level_code: str,
        focus_node: str,
        function: str,
        skills: list[str],
    ) -> Iterator[Block]:
        p, iris, literals = self.p, self.iris, self.literals
        text, plain = literals.write_text, literals.write_plain
        code = profile.code
        level, track = self.levels[level_code]
        node = f"<{iris.profile(code)}>"
        flat = [p.notation, f'"{code}"', p.pref_label]
        if profile.title is None:
            flat += (text(f"{focus.label} — {level_code}"), p.derived, '"label"')
        else:
            flat.append(text(profile.title))
        if profile.aliases:
            self._put(flat, p.alt_label, [text(alias) for alias in profile.aliases])
        if profile.definition is not None:
            flat += (p.definition, text(profile.definition))
        flat += (
            p.in_scheme, self.scheme, p.broader, focus_node, p.in_focus, focus_node, p.in_function, function,
            p.at_level, level, p.on_track, track, p.basis, self.values[f"basis-{profile.basis}"],
        )  # fmt: skip
        if profile.job_code is not None:
            flat += (p.identifier, plain(profile.job_code))
        if profile.grade is not None:
            flat += (p.grade, plain(profile.grade))
        if profile.status is not None:
            flat += (p.status, f"<{iris.node('status', profile.status)}>")
        if profile.version is not None:
            flat += (p.version, plain(profile.version))
        if profile.region is not None:
            flat += (p.region, f"<{iris.node('region', profile.region)}>")
        if profile.confidence is not None:
            flat += (p.confidence, literals.write_decimal(profile.confidence.value))
            if profile.confidence.label is not None:
                flat += (p.confidence_label, plain(profile.confidence.label))
        parts: list[Block] = []
        if profile.responsibilities:
            self._encode_responsibilities(profile, focus.code, focus_node, level_code, flat, parts)
        if profile.guideline is not None:
            self._encode_guideline(profile.guideline, focus.code, focus_node, level_code, flat, parts)
        flat += skills
        if profile.pay is not None:
            pay = f"<{iris.pay(code)}>"
            flat += (p.salary, pay)
            parts.append(self._encode_pay(profile.pay, pay))
        if profile.review:
            self._encode_review(profile, node, flat, parts)
        if profile.source_count is not None:
            flat += (p.source_count, literals.write_integer(profile.source_count))
        if profile.sources:
            self._encode_sources(profile, flat, parts)
        if profile.mappings:
            stated, nodes = self.mappings.encode(
                profile.mappings, node, lambda scheme, entry: iris.mapping(code, scheme, entry)
            )
            flat += stated
            parts += nodes
        if profile.retired is not None:
            self._put_retirement(flat, profile.retired, "profile")
        yield Block(node, self.profile_head, flat)
        yield from parts

    def _encode_responsibilities(
        self,
        profile: Profile,
        focus: str,
        focus_node: str,
        level_code: str,
        flat: list[str],
        parts: list[Block],
    ) -> None:
        p, text = self.p, self.literals.write_text
        level = self.levels[level_code][0]
        nodes = []
        for position, responsibility in enumerate(profile.responsibilities, 1):
            node = f"<{self.iris.responsibility(focus, level_code, responsibility.id)}>"
            nodes.append(node)
            own = [
                p.description, text(responsibility.text), p.identifier, f'"{responsibility.id}"',
                p.of_focus, focus_node, p.at_level, level, p.position, self._number(position),
            ]  # fmt: skip
            parts.append(Block(node, self.responsibility_head, own))
        self._put(flat, p.responsibility, nodes)

    def _encode_guideline(
        self,
        guideline: Guideline,
        focus: str,
        focus_node: str,
        level_code: str,
        flat: list[str],
        parts: list[Block],
    ) -> None:
        p, literals = self.p, self.literals
        level = self.levels[level_code][0]
        nodes = []
        for criterion, term in self.criteria.items():
            sentence: str | None = getattr(guideline, criterion)
            if sentence is None:
                continue
            iri = self.iris.guideline_cell(focus, level_code, criterion)
            node = f"<{iri}>"
            nodes.append(node)
            own = [
                p.criterion, term, p.description, literals.write_text(sentence),
                p.of_focus, focus_node, p.at_level, level,
            ]  # fmt: skip
            parts.append(Block(node, self.cell_head, own))
            if criterion == "experience":
                readings = []
                for years in read_years(sentence):
                    reading = f"<{self.iris.years_reading(iri, years.min, years.max)}>"
                    readings.append(reading)
                    bounds = [p.min_years, literals.write_decimal(years.min)]
                    if years.max is not None:
                        bounds += (p.max_years, literals.write_decimal(years.max))
                    parts.append(Block(reading, self.years_head, bounds))
                self._put(own, p.years_reading, readings)
        self._put(flat, p.guideline_cell, nodes)

    def _encode_pay(self, pay: Pay, node: str) -> Block:
        p, literals = self.p, self.literals
        flat = [p.currency, f'"{pay.currency}"', p.duration, f'"{pay.duration}"']
        for field, predicate in p.pay_figures.items():
            figure: Decimal | None = getattr(pay, field)
            if figure is not None:
                flat += (predicate, literals.write_decimal(figure))
        flat += (p.pay_basis, self.values["pay-inherited" if pay.inherited else "pay-own"])
        if pay.effective is not None:
            flat += (p.valid_from, literals.write_day(pay.effective))
        if pay.source is not None:
            flat += (p.source, literals.write_text(pay.source))
        if pay.region is not None:
            flat += (p.region, f"<{self.iris.node('region', pay.region)}>")
        self._put(flat, p.assigned, [literals.write_plain(name) for name in pay.assigned])
        return Block(node, self.pay_head, flat)

    def _encode_review(self, profile: Profile, node: str, flat: list[str], parts: list[Block]) -> None:
        p = self.p
        nodes = []
        for position, score in enumerate(profile.review, 1):
            own = f"<{self.iris.score(profile.code, score.dimension)}>"
            nodes.append(own)
            facts = [
                p.computed_on, node, p.measurement_of, f"<{self.iris.node('review', score.dimension)}>",
                p.value, self.literals.write_decimal(score.value), p.position, self._number(position),
            ]  # fmt: skip
            parts.append(Block(own, self.score_head, facts))
        self._put(flat, p.measurement, nodes)

    def _encode_sources(self, profile: Profile, flat: list[str], parts: list[Block]) -> None:
        p = self.p
        nodes = []
        for position, source in enumerate(profile.sources, 1):
            node = f"<{self.iris.source(profile.code, source.id)}>"
            nodes.append(node)
            own = [p.title, self.literals.write_text(source.text), p.identifier, f'"{source.id}"']
            if source.occupation is not None:
                own += (p.cites, f'"{source.occupation}"')
            own += (p.position, self._number(position))
            parts.append(Block(node, self.source_head, own))
        self._put(flat, p.derived_from, nodes)
        self._put(flat, p.source, nodes)
