"""Random job architectures for property tests: valid, small, exercising every field of every record.

``taxonomies()`` draws the outline (how many focuses, how full the records are, a seed, a few texts of its own)
and fills in the rest from the seed, so that an example costs about a millisecond and still shrinks towards few
focuses and empty fields.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from rolegraph.model import codes
from rolegraph.model.mapping import Mapping
from rolegraph.model.record import Retirement, YearRange
from rolegraph.model.reference import (
    Alternative,
    Constant,
    Dataset,
    Edition,
    FunctionGroup,
    JobFunction,
    Level,
    Occupation,
    Proficiency,
    Scheme,
    Skill,
    SkillDescriptor,
    Track,
)
from rolegraph.model.release import Release, ReleaseFile
from rolegraph.model.roles import (
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
from rolegraph.model.taxonomy import Taxonomy

T = TypeVar("T")

TOKENS = (
    "role", "Lead", "work", "x", " ", "  ", "é", "ß", "e\u0301", "日本語", "עברית", "عربي", "😀", "٣",
    '"', "'", "\\", '"""', "'''", "\\n", "\\u0041", "`", "´", "“q”", "—", "–",
    "\n", "\n\n", "\n  ", " \n", "\n- ", "\n# ", "\n---\n", "\n...\n",
    "#", " #", ": ", ":", "- ", "-", "---", "...", "{", "}", "{a: 1}", "[b]", "]", ",", "?", "? ", "&a", "*a",
    "!t", "|", ">", ">-", "%", "%41", "@", "@en", "<<", "<b>", "&amp;", "^^", "=1+1", "+", "~", "$x", "${x}",
    "true", "no", "null", "1e5", "0.10", "010", "12:30", "2024-01-01", "NaN",
    "\u00a0", "\u00ad", "\u200b", "\u200d", "\u200f", "\u202e", "\u2066", "\u2069", "\u2028", "\u2029", "\ufeff",
)  # fmt: skip
"""What is put together into texts: quotes, line ends, markup of several languages, bidi and invisible characters."""


def clean_text(raw: str) -> str:
    """The nearest text to ``raw`` that the model accepts."""
    text = "".join(
        c
        for c in raw
        if c == "\n" or (unicodedata.category(c) not in {"Cc", "Cs"} and c not in "\ufffe\uffff")
    )
    text = unicodedata.normalize("NFC", text).strip()
    return unicodedata.normalize("NFC", text) or "x"


def clean_label(raw: str) -> str:
    """The same on one line."""
    return clean_text(re.sub("[\n\u2028\u2029]", " ", raw))


def texts(max_size: int = 40) -> st.SearchStrategy[str]:
    """Texts that the model accepts, of several lines."""
    return st.text(max_size=max_size).map(clean_text)


def labels(max_size: int = 40) -> st.SearchStrategy[str]:
    """Texts of one line that the model accepts."""
    return texts(max_size).map(clean_label)


class _Maker:
    """Makes records from a seed; ``fill`` is the share of optional fields that are given."""

    def __init__(self, seed: int, fill: float, own_texts: Sequence[str]) -> None:
        self.random = Random(seed)
        self.fill = fill
        self.own_texts = own_texts

    def maybe(self, make: Callable[[], T]) -> T | None:
        return make() if self.random.random() < self.fill else None

    def text(self) -> str:
        if self.own_texts and self.random.random() < 0.2:
            return self.random.choice(self.own_texts)
        return clean_text("".join(self.random.choices(TOKENS, k=self.random.randint(1, 8))))

    def label(self) -> str:
        return clean_label(self.text())

    def slug(self) -> str:
        parts = ("alpha", "beta", "b2b", "0", "9-1", "gamma-ray", "z")
        return "-".join(self.random.choices(parts, k=self.random.randint(1, 3)))

    def part_id(self) -> str:
        return self.random.choice((self.text_hash(), "item-1", "0", "a--b", self.text_hash()))

    def text_hash(self) -> str:
        return codes.text_id(str(self.random.random()))

    def number(self, low: int, high: int) -> Decimal:
        """A number with 0 to 3 digits after the point, trailing zeros included."""
        digits = self.random.randint(0, 3)
        scaled = self.random.randint(low * 10**digits, high * 10**digits)
        return Decimal(scaled).scaleb(-digits)

    def distinct(self, make: Callable[[], T], most: int) -> tuple[T, ...]:
        wanted = self.random.randint(1, most) if self.random.random() < self.fill else 0
        return tuple(dict.fromkeys(make() for _ in range(wanted)))

    def some(self, values: Sequence[T]) -> tuple[T, ...]:
        return tuple(value for value in values if self.random.random() < self.fill)

    def retirement(self, successors: Sequence[str]) -> Retirement:
        replaced_by = self.random.choice(successors) if successors and self.random.random() < 0.5 else None
        return Retirement(note=self.text(), replaced_by=replaced_by)

    def maybe_retired(self, successors: Sequence[str]) -> Retirement | None:
        return self.retirement(successors) if self.random.random() < self.fill * 0.3 else None

    def assigned(self, record: type[Any], given: Sequence[str]) -> tuple[str, ...]:
        return self.some(sorted(record.ASSIGNABLE & set(given)))

    def day(self) -> str:
        return self.random.choice(("2024-02-29", "1999-12-31", "2026-01-01", "2025-07-30"))

    def dataset(self) -> Dataset:
        open_data = self.random.random() < 0.5
        return Dataset(
            title=self.label(),
            description=self.maybe(self.text),
            publisher=self.label(),
            version=self.label(),
            base=self.random.choice(
                (
                    "https://w3id.org/rolegraph/id/",
                    "https://example.org/",
                    "urn:example:a/",
                    "http://é.example/%C3%A9/",
                )
            ),
            language=self.random.choice(("en", "de", "pt-BR", "zh-Hant", "es-419", "ast")),
            currency=self.random.choice(("EUR", "USD")),
            issued=self.day(),
            modified=self.day(),
            licence="https://creativecommons.org/licenses/by/4.0/" if open_data else None,
            access_rights=None if open_data else self.text(),
        )

    def groups(self) -> tuple[FunctionGroup, ...]:
        return tuple(
            FunctionGroup(code=code, label=self.label(), definition=self.maybe(self.text))
            for code in self.distinct(self.slug, 2)
        )

    def functions(self, groups: Sequence[FunctionGroup]) -> tuple[JobFunction, ...]:
        made = []
        for code in ("MANUFA", "MANUFA3", "R-D_1"):
            label = self.maybe(self.label)
            label = None if label == code else label
            group = self.maybe(lambda: self.random.choice(groups).code) if groups else None
            given = [name for name, value in (("label", label), ("group", group)) if value is not None]
            assigned = self.assigned(JobFunction, given)
            made.append(
                JobFunction(
                    code=code, label=label, definition=self.maybe(self.text), group=group, assigned=assigned
                )
            )
        return tuple(made)

    def tracks(self) -> tuple[Track, ...]:
        chosen = self.random.sample(("P", "M", "S", "E", "TECH"), k=self.random.randint(1, 3))
        return tuple(Track(code=c, label=self.label(), definition=self.maybe(self.text)) for c in chosen)

    def levels(self, tracks: Sequence[Track]) -> tuple[Level, ...]:
        made = []
        for track in tracks:
            ranks = sorted({1, *(self.random.randint(1, 12) for _ in range(self.random.randint(0, 4)))})
            made += [self.level(f"{track.code}{rank}") for rank in ranks]
        return tuple(made)

    def level(self, code: str) -> Level:
        fields: dict[str, Any] = {name: self.maybe(self.text) for name in (*Level.DESCRIPTOR, "summary")}
        fields |= {
            "name": self.maybe(self.label),
            "years": self.maybe(self.years),
            "stage": self.maybe(lambda: self.number(0, 9)),
        }
        given = {name for name, value in fields.items() if value is not None}
        if given & {*Level.DESCRIPTOR, "summary"}:
            given.add("descriptor")
        return Level(code=code, **fields, assigned=self.assigned(Level, sorted(given)))

    def years(self) -> YearRange:
        low = self.number(0, 10)
        return YearRange(min=low, max=self.maybe(lambda: low + self.number(0, 10)))

    def proficiencies(self) -> tuple[Proficiency, ...]:
        ranks = sorted({self.random.randint(1, 9) for _ in range(3)})
        made = zip(self.distinct(self.slug, 3), ranks, strict=False)
        return tuple(
            Proficiency(code=code, rank=rank, label=self.label(), definition=self.maybe(self.text))
            for code, rank in made
        )

    def skills(self, parts: dict[str, Any]) -> tuple[Skill, ...]:
        made = []
        all_codes = sorted(self.distinct(self.slug, 6))
        for index, code in enumerate(all_codes):
            label = self.label()
            others = [other for other in self.distinct(self.label, 2) if other != label]
            made.append(
                Skill(
                    code=code,
                    label=label,
                    definition=self.maybe(self.text),
                    alternatives=tuple(Alternative(label=other, reason=self.text()) for other in others),
                    descriptors=tuple(
                        SkillDescriptor(proficiency=step.code, text=self.text())
                        for step in self.some(parts["proficiencies"])
                    ),
                    mappings=self.mappings(parts["schemes"], parts["occupations"]),
                    retired=self.maybe_retired(all_codes[index + 1 :]),
                )
            )
        return tuple(made)

    def schemes(self) -> tuple[Scheme, ...]:
        both = (("soc-2018", "[0-9]{2}-[0-9]{4}"), ("esco", ".+"))
        fill = self.random.random()
        return tuple(
            Scheme(
                code=code,
                namespace="http://data.europa.eu/esco/" if code == "esco" and fill > 0.5 else None,
                title=self.label(),
                publisher=self.label(),
                version=self.label(),
                source=self.random.choice(("https://www.bls.gov/soc/2018/", "https://example.org/a?b=c#d")),
                licence=self.text(),
                pattern=pattern,
                levels=self.random.choice((("major", "minor", "broad", "detailed"), ("group", "unit"))),
            )
            for code, pattern in self.some(both)
        )

    def occupation_code(self, scheme: Scheme) -> str:
        if scheme.code == "esco":
            own = ("2166.1", "a/b c", "é#1", "50%", "?q=1&r", "isco/C2654", "..//x/", self.label())
            return self.random.choice(own)
        return f"{self.random.randint(10, 99)}-{self.random.randint(1000, 1005)}"

    def occupations(self, schemes: Sequence[Scheme]) -> tuple[Occupation, ...]:
        made: list[Occupation] = []
        for scheme in schemes:
            wider: list[tuple[int, str]] = []
            for code in self.distinct(lambda s=scheme: self.occupation_code(s), 6):
                depth = self.random.randrange(len(scheme.levels))
                above = [known for rank, known in wider if rank < depth]
                made.append(
                    Occupation(
                        scheme=scheme.code,
                        code=code,
                        title=self.label(),
                        kind=scheme.levels[depth],
                        broader=self.random.choice(above) if above else None,
                    )
                )
                wider.append((depth, code))
        return tuple(made)

    def releases(self, base: str) -> tuple[Release, ...]:
        found = []
        for version in self.distinct(lambda: f"{self.random.randint(1, 40)}.{self.random.randint(0, 9)}", 2):
            names = self.distinct(self.label, 3)
            found.append(
                Release(
                    code=f"onet-{version}",
                    family=self.slug(),
                    title=self.label(),
                    version=version,
                    publisher=self.label(),
                    source="https://example.org/source",
                    licence=self.text(),
                    attribution=self.text(),
                    language="en",
                    currency=self.maybe(lambda: "USD"),
                    period=self.maybe(self.label),
                    coverage=self.random.choice(("all", "mapped")),
                    schemes=("soc-2018", *self.distinct(lambda: f"x{self.slug()}", 1)),
                    base=base,
                    triples=self.random.randint(0, 9),
                    sha256=self.digest(),
                    files=tuple(ReleaseFile(name=name, sha256=self.digest()) for name in names),
                )
            )
        return tuple(found)

    def digest(self) -> str:
        return f"{self.random.getrandbits(256):064x}"

    def editions(self) -> tuple[Edition, ...]:
        return tuple(
            Edition(
                code=code,
                form=self.slug(),
                label=self.label(),
                definition=self.text(),
                limits=self.text(),
                constants=tuple(
                    Constant(name=name, value=self.number(-3, 9), reason=self.text())
                    for name in self.distinct(self.slug, 4)
                ),
            )
            for code in self.some(("structural@1", "own-form@12"))
        )

    def skill_use(self, skill: str, own_levels: Sequence[str], steps: Sequence[Proficiency]) -> SkillUse:
        levels = self.some(own_levels) if self.random.random() < 0.5 else ()
        asked = self.some(levels or own_levels) if steps else ()
        return SkillUse(
            skill=skill,
            label=self.maybe(self.label),
            description=self.maybe(self.text),
            levels=levels,
            proficiency=tuple(
                Requirement(level=level, proficiency=self.random.choice(steps).code) for level in asked
            ),
        )

    def pay(self) -> Pay:
        low, median, high = sorted(self.number(0, 300000) for _ in range(3))
        p10, p25, p75, p90 = (
            *sorted(self.number(0, int(median)) for _ in range(2)),
            *sorted(median + self.number(0, 1000) for _ in range(2)),
        )
        figures = {
            "low": low, "high": high, "percentile10": min(p10, median), "percentile25": min(p25, median),
            "percentile75": p75, "percentile90": p90,
        }  # fmt: skip
        stated = {name: figures[name] for name in self.some(list(figures))}
        if not stated or self.random.random() < 0.8:
            stated["median"] = median
        return Pay(
            currency=self.random.choice(("USD", "EUR")),
            duration=self.random.choice(("P1Y", "P1M", "P1Y6M")),
            **stated,
            inherited=self.random.random() < 0.3,
            effective=self.maybe(self.day),
            source=self.maybe(self.text),
            region=self.maybe(lambda: self.random.choice(("global", "uk"))),
            assigned=self.assigned(Pay, ("currency", "duration")),
        )

    def mapping(self, scheme: str, code: str) -> Mapping:
        return Mapping(
            scheme=scheme,
            code=code,
            predicate=self.random.choice(
                ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
            ),
            justification=self.random.choice(("UnspecifiedMatching", "ManualMappingCuration")),
            tool=self.maybe(self.label),
            confidence=self.maybe(lambda: self.number(0, 1)),
            author=self.maybe(self.label),
            day=self.maybe(self.day),
            comment=self.maybe(self.text),
            assigned=self.assigned(Mapping, ("predicate", "justification")),
        )

    def mappings(self, schemes: Sequence[Scheme], occupations: Sequence[Occupation]) -> tuple[Mapping, ...]:
        known = [(o.scheme, o.code) for o in occupations]
        invented = [(s.code, self.occupation_code(s)) for s in schemes]
        return tuple(self.mapping(*key) for key in dict.fromkeys(self.some([*known[:2], *invented])))

    def source(self, part_id: str) -> Source:
        return Source(id=part_id, text=self.text(), occupation=self.maybe(lambda: "17-2031.00"))

    def guideline(self) -> Guideline | None:
        texts = {name: self.maybe(self.text) for name in ("knowledge", "complexity", "collaboration")}
        texts["experience"] = self.maybe(
            lambda: self.random.choice((self.text(), "5–7+ years", "8+ yrs", "1.5 years"))
        )
        return Guideline(**texts) if any(texts.values()) else None

    def profile(self, code: str, schemes: Sequence[Scheme], occupations: Sequence[Occupation]) -> Profile:
        return Profile(
            code=code,
            basis=self.random.choice(("documented", "implied")),
            title=self.maybe(self.label),
            definition=self.maybe(self.text),
            job_code=self.maybe(self.label),
            grade=self.maybe(self.label),
            status=self.maybe(self.slug),
            version=self.maybe(self.label),
            region=self.maybe(lambda: self.random.choice(("global", "no", "emea"))),
            confidence=self.maybe(lambda: Confidence(value=self.number(0, 1), label=self.maybe(self.label))),
            pay=self.maybe(self.pay),
            responsibilities=tuple(
                Responsibility(id=i, text=self.text()) for i in self.distinct(self.part_id, 3)
            ),
            guideline=self.guideline(),
            review=tuple(Score(dimension=d, value=self.number(1, 5)) for d in self.distinct(self.slug, 3)),
            source_count=self.maybe(lambda: self.random.randint(0, 40)),
            sources=tuple(map(self.source, self.distinct(self.part_id, 3))),
            aliases=self.distinct(self.label, 2),
            mappings=self.mappings(schemes, occupations),
        )

    def focuses(self, count: int, parts: dict[str, Any]) -> tuple[Focus, ...]:
        names = ("GEN", "BIOPROCE4427", "A", "0-X_1", "UPSTREAMDF5B", "Q1", "Q2", "Q3")
        every = [f"{function.code}.{name}" for name in names for function in parts["functions"]]
        chosen = sorted(every[:count])
        own_levels = {
            code: [
                level.code
                for level in self.random.sample(
                    parts["levels"], k=self.random.randint(1, min(4, len(parts["levels"])))
                )
            ]
            for code in chosen
        }
        every_profile = sorted(
            codes.compose_profile(focus, level) for focus in chosen for level in own_levels[focus]
        )
        made = []
        for index, code in enumerate(chosen):
            profiles = []
            for level in own_levels[code]:
                profile = self.profile(
                    codes.compose_profile(code, level), parts["schemes"], parts["occupations"]
                )
                retired = self.maybe_retired([other for other in every_profile if other > profile.code])
                profiles.append(profile.model_copy(update={"retired": retired}))
            skills = list(self.some([skill.code for skill in parts["skills"]]))
            self.random.shuffle(skills)
            made.append(
                Focus(
                    code=code,
                    label=self.label(),
                    definition=self.maybe(self.text),
                    exclusions=self.distinct(self.text, 2),
                    differential=self.some(("pay", "skill")),
                    split=self.maybe(lambda: self.random.choice(("stated", "even", "given"))),
                    skills=tuple(
                        self.skill_use(skill, own_levels[code], parts["proficiencies"]) for skill in skills
                    ),
                    profiles=tuple(profiles),
                    retired=self.maybe_retired(chosen[index + 1 :]),
                )
            )
        return tuple(made)

    def taxonomy(self, focuses: int) -> Taxonomy:
        parts: dict[str, Any] = {"dataset": self.dataset(), "groups": self.groups()}
        parts["functions"] = self.functions(parts["groups"])
        parts["tracks"] = self.tracks()
        parts["levels"] = self.levels(parts["tracks"])
        parts["proficiencies"] = self.proficiencies()
        parts["schemes"] = self.schemes()
        parts["occupations"] = self.occupations(parts["schemes"])
        parts["skills"] = self.skills(parts)
        parts["releases"] = self.releases(parts["dataset"].base)
        parts["editions"] = self.editions()
        parts["focuses"] = self.focuses(focuses, parts)
        return Taxonomy(**parts)


@st.composite
def taxonomies(draw: st.DrawFn, min_focuses: int = 0, max_focuses: int = 3) -> Taxonomy:
    """Valid taxonomies with ``min_focuses`` to ``max_focuses`` (at most 24) focuses of 1 to 4 profiles each."""
    focuses = draw(st.integers(min_focuses, max_focuses))
    fill = draw(st.sampled_from((0.0, 0.3, 0.7, 1.0)))
    own_texts = draw(st.lists(texts(), max_size=3))
    seed = draw(st.integers(0, 2**32 - 1))
    return _Maker(seed, fill, own_texts).taxonomy(focuses)
