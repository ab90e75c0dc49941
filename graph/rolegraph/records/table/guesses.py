"""Words of headers and cells -> what they are likely to be, for the proposal of a mapping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from rolegraph.model import codes

HEADERS: Final[tuple[tuple[str, str], ...]] = (
    ("function_group", "function group|job function group|cluster"),
    ("function_code", "function code|function id|family group code|job family group code"),
    ("focus_code", "focus code|focus id|family code|family id|job family code|job family id|sub family code|subfamily code"),
    ("function_definition", "function definition|function description|family group description"),
    ("focus_definition", "focus definition|focus description|family description|job family description|sub family description|role description"),
    ("level", "level|career level|job level|role level|management level|seniority|career stage|stage|career band"),
    ("grade", "grade|job grade|pay grade|salary grade|band|pay band|salary band|compensation grade"),
    ("job_code", "job code|job id|job no|job number|role code|role id|position code|profile code|job profile id|job profile code|requisition code|code|id"),
    ("title", "title|job title|role title|job profile|job profile name|job name|position title|business title|position"),
    ("skill_definition", "skill definition|skill description|competency definition|competency description"),
    ("skill_descriptor", "skill level description|proficiency description|skill level descriptor|competency level description|behavioural indicators|behavioral indicators"),
    ("proficiency", "proficiency|skill level|proficiency level|competency level|required proficiency|required level|required skill level|level required|rating"),
    ("skill", "skill|skills|key skills|skill name|competency|competencies|competence|capability|capabilities|required skills|technical skills"),
    ("responsibility", "responsibility|responsibilities|key responsibilities|duties|duty|key duties|accountability|accountabilities|key accountabilities|tasks"),
    ("alias", "alias|aliases|other titles|alternative titles|alternate titles|also known as|also called|other names|working titles|synonyms"),
    ("occupation", "soc|soc code|onet|o net|onet code|o net code|onet soc code|o net soc code|occupation code|occupational code"),
    ("definition", "definition|description|job description|job summary|summary|purpose|job purpose|role purpose|role summary|role level description|level description"),
    ("knowledge", "knowledge|knowledge and application|knowledge application"),
    ("complexity", "complexity|problem solving|complexity and problem solving"),
    ("collaboration", "collaboration|interaction|collaboration and interaction"),
    ("experience", "experience|years of experience|typical experience|education and experience|typical degree and years"),
    ("status", "status|job status|role status|active"),
    ("version", "version|revision"),
    ("region", "region|scope region"),
    ("currency", "currency|pay currency|salary currency|currency code"),
    ("period", "period|pay period|pay frequency|frequency"),
    ("pay_effective", "effective date|effective|valid from|as of|pay effective date|data effective date"),
    ("pay_source", "source|pay source|survey|salary survey|data source"),
    ("pay_region", "geography|geo|pay region|location|market|country|geographic zone|pay zone"),
    ("pay_low", "min|minimum|low|range minimum|range min"),
    ("pay_median", "mid|midpoint|median|p50|50th|50th percentile|range midpoint|market median|market reference point"),
    ("pay_high", "max|maximum|high|range maximum|range max"),
    ("pay_percentile10", "p10|10th|10th percentile"),
    ("pay_percentile25", "p25|25th|25th percentile"),
    ("pay_percentile75", "p75|75th|75th percentile"),
    ("pay_percentile90", "p90|90th|90th percentile"),
    ("function", "function|job function|job family group|family group|department|division|business area|business function"),
    ("focus", "focus|sub family|subfamily|job sub family|job subfamily|specialism|specialization|specialisation|specialty|discipline|sub function|job sub function"),
    ("family", "family|job family|role family|career family|profession"),
    ("role", "role|role name|job|job role"),
)  # fmt: skip
"""Fields with the headers that people give them. ``family`` and ``role`` are settled by what stands beside them."""

_PHRASES: Final = {phrase: field for field, phrases in HEADERS for phrase in phrases.split("|")}
_PAY_WORDS = re.compile(r"\b(?:pay|salary|base|market|annual|range|compensation|total cash)\b")

UNUSED: Final = frozenset(
    (
        "not in use",
        "inactive",
        "obsolete",
        "retired",
        "deleted",
        "archived",
        "do not use",
        "discontinued",
        "deprecated",
    )
)
EMPTY: Final = frozenset(
    (
        "n/a",
        "na",
        "tbc",
        "tbd",
        "missing",
        "null",
        "-",
        "–",
        "not applicable",
        "not available",
        "to be confirmed",
        "#n/a",
    )
)
STEPS: Final = (
    "none", "awareness", "aware", "novice", "beginner", "basic", "limited", "foundation", "foundational", "entry",
    "learner", "developing", "working", "fair", "intermediate", "practitioner", "good", "competent", "proficient",
    "skilled", "very good", "advanced", "excellent", "expert", "mastery", "master", "authority", "strategic",
)  # fmt: skip
"""Words for proficiency, lowest first."""

_LEVEL_WORDS: Final = (
    (r"- management|\bmanagement\b", ""),
    (r"\b(?:vice president|vp)\b", "M6"),
    (r"\bsenior director\b", "M5"),
    (r"\b(?:director|head)\b", "M4"),
    (r"\bsenior manager\b", "M3"),
    (r"\b(?:team lead|team leader|supervisor)\b", "M1"),
    (r"\bmanager\b", "M2"),
    (r"\b(?:trainee|apprentice|intern|graduate|entry)\b", "P1"),
    (r"\b(?:junior|associate|developing)\b", "P2"),
    (r"\b(?:principal|distinguished|fellow)\b", "P6"),
    (r"\b(?:lead|staff|expert)\b", "P5"),
    (r"\b(?:senior|sr)\b", "P4"),
    (r"\b(?:mid|intermediate|career)\b", "P3"),
)


def guess_field(header: str) -> tuple[str, bool] | None:
    """The field that a header is likely to name, and whether that is sure; None where it says nothing.

    A number at the end (``Skill 2``) and words about pay (``Base pay P50``) make no difference.

    >>> guess_field("Job Sub-Family"), guess_field("Skill 2"), guess_field("Base salary P50"), guess_field("Shoe size")
    (('focus', True), ('skill', True), ('pay_median', True), None)
    """
    words = re.sub(r"[^a-z0-9]+", " ", header.casefold().replace("&", " and ")).strip()
    for form in (words, re.sub(r"\s*\b[0-9]{1,2}$", "", words), " ".join(_PAY_WORDS.sub(" ", words).split())):
        if form in _PHRASES:
            return _PHRASES[form], True
    inside = [p for p in _PHRASES if len(p) > 4 and re.search(rf"\b{re.escape(p)}\b", words)]
    if inside:
        # The longest phrase says most; of equally long ones the first by name, so that the answer is one.
        return _PHRASES[max(inside, key=lambda phrase: (len(phrase), phrase))], False
    return None


def guess_level(text: str) -> tuple[str, bool]:
    """The level that a text is likely to mean (``?`` where nothing tells), and whether that is sure.

    >>> guess_level("m3"), guess_level("Senior engineer"), guess_level("Level 4"), guess_level("Teal")
    (('M3', True), ('P4', False), ('P4', False), ('?', False))
    """
    if re.fullmatch(codes.LEVEL_PATTERN, text.upper()):
        return text.upper(), True
    folded = text.casefold()
    for pattern, code in _LEVEL_WORDS:
        if re.search(pattern, folded):
            return code or "?", False
    number = re.fullmatch(r"(?:level|grade|band|stage|career level)?\s*([1-9])", folded)
    return (f"P{number[1]}", False) if number else ("?", False)


def sort_steps(texts: Iterable[str]) -> tuple[list[str], bool]:
    """Texts for proficiency in their likely order, lowest first, and whether the order is sure.

    >>> sort_steps(["Expert", "Working", "Awareness"]), sort_steps(["10", "9"]), sort_steps(["Blue", "Basic"])
    ((['Awareness', 'Working', 'Expert'], True), (['9', '10'], True), (['Basic', 'Blue'], False))
    """
    found = sorted(set(texts))
    if all(re.fullmatch("[0-9]{1,3}", text) for text in found):
        return sorted(found, key=int), True
    ranks = {step: rank for rank, step in enumerate(STEPS)}
    ordered = sorted(found, key=lambda text: (ranks.get(text.casefold(), len(STEPS)), text))
    return ordered, all(text.casefold() in ranks for text in found)


def guess_separator(cells: Sequence[str], field: str) -> tuple[str, bool] | None:
    """What stands between several items of a cell, and whether that is sure; None where cells hold one item.

    >>> guess_separator(["- plan\\n- do", "- act"], "responsibility"), guess_separator(["SQL, R", "C, Go"], "skill")
    (('line', True), (',', False))
    """
    filled = [cell for cell in cells if cell]
    if not filled:
        return None
    if sum("\n" in cell for cell in filled) * 4 >= len(filled):
        return "line", True
    for mark in (";", "|"):
        if sum(mark in cell for cell in filled) * 4 >= len(filled):
            return mark, True
    if field in ("skill", "alias", "occupation") and sum("," in cell for cell in filled) * 2 >= len(filled):
        return ",", False
    return None
