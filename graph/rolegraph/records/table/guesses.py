"""Words of headers and cells -> what they are likely to be, for the proposal of a mapping."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from rolegraph.records.currencies import COMMON_CURRENCIES, CURRENCIES_BY_SIGN

HEADERS: Final[tuple[tuple[str, str], ...]] = (
    ("function_group", "function group|job function group|cluster|funktionsgruppe|jobfamiliengruppe"),
    ("function_code", "function code|function id|family group code|job family group code|funktionscode|funktions id|bereichscode|abteilungscode"),
    ("focus_code", "focus code|focus id|family code|family id|job family code|job family id|sub family code|subfamily code|jobfamiliencode|berufsfamiliencode|familiencode"),
    ("function_definition", "function definition|function description|family group description|funktionsbeschreibung|bereichsbeschreibung"),
    ("focus_definition", "focus definition|focus description|family description|job family description|sub family description|role description|familienbeschreibung|jobfamilienbeschreibung"),
    ("level", "level|career level|job level|role level|management level|seniority|career stage|stage|career band|ebene|stufe|karrierestufe|karriereebene|karrierelevel|joblevel|hierarchieebene|hierarchiestufe|rollenstufe"),
    ("grade", "grade|job grade|pay grade|salary grade|band|pay band|salary band|compensation grade|entgeltgruppe|gehaltsgruppe|gehaltsband|tarifgruppe|lohngruppe|verguetungsgruppe"),
    ("job_code", "job code|job id|job no|job number|role code|role id|position code|profile code|job profile id|job profile code|requisition code|code|id|position id|position no|position number|job ref|job reference|job key|jobcode|jobid|jobnummer|stellencode|stellen code|stellennummer|stellen nr|stellen id|stellenid|stellenschluessel|positionsnummer|rollencode|rollen id"),
    ("title", "title|job title|role title|job profile|job profile name|job name|position title|business title|position|stellenbezeichnung|stellentitel|stellenname|berufsbezeichnung|positionsbezeichnung|rollenbezeichnung|jobtitel|bezeichnung|titel"),
    ("skill_definition", "skill definition|skill description|competency definition|competency description|kompetenzdefinition|kompetenzbeschreibung|faehigkeitsbeschreibung"),
    ("skill_descriptor", "skill level description|proficiency description|skill level descriptor|competency level description|behavioural indicators|behavioral indicators|verhaltensanker"),
    ("proficiency", "proficiency|skill level|proficiency level|competency level|required proficiency|required level|required skill level|level required|rating|kompetenzstufe|kompetenzniveau|kenntnisstand|auspraegung|niveau|soll niveau"),
    ("skill", "skill|skills|key skills|skill name|competency|competencies|competence|capability|capabilities|required skills|technical skills|faehigkeit|faehigkeiten|kompetenz|kompetenzen|kenntnis|kenntnisse|fachkenntnisse|fertigkeit|fertigkeiten|qualifikationen"),
    ("responsibility", "responsibility|responsibilities|key responsibilities|duties|duty|key duties|accountability|accountabilities|key accountabilities|tasks|main duties|main responsibilities|aufgabe|aufgaben|hauptaufgaben|kernaufgaben|taetigkeiten|verantwortung|verantwortlichkeiten"),
    ("alias", "alias|aliases|other titles|alternative titles|alternate titles|also known as|also called|other names|working titles|synonyms|other job titles|alternate names|alternative bezeichnungen|andere bezeichnungen|weitere bezeichnungen|auch genannt|synonyme"),
    ("occupation", "soc|soc code|onet|o net|onet code|o net code|onet soc code|o net soc code|occupation code|occupational code"),
    ("definition", "definition|description|job description|job summary|summary|purpose|job purpose|role purpose|role summary|role level description|level description|beschreibung|kurzbeschreibung|stellenbeschreibung|stellenzweck|rollenbeschreibung|zweck|zusammenfassung"),
    ("knowledge", "knowledge|knowledge and application|knowledge application|wissen|fachwissen"),
    ("complexity", "complexity|problem solving|complexity and problem solving|komplexitaet|problemloesung"),
    ("collaboration", "collaboration|interaction|collaboration and interaction|zusammenarbeit"),
    ("experience", "experience|years of experience|typical experience|education and experience|typical degree and years|erfahrung|berufserfahrung"),
    ("status", "status|job status|role status|active"),
    ("version", "version|revision|fassung"),
    ("region", "region|scope region"),
    ("currency", "currency|pay currency|salary currency|currency code|ccy|cur|waehrung|gehaltswaehrung"),
    ("period", "period|pay period|pay frequency|frequency|zeitraum|gehaltszeitraum"),
    ("pay_effective", "effective date|effective|valid from|as of|pay effective date|data effective date|gueltig ab|gueltig seit|wirksam ab|stichtag"),
    ("pay_source", "source|pay source|survey|salary survey|data source|quelle|gehaltsstudie|gehaltsquelle"),
    ("pay_region", "geography|geo|pay region|location|market|country|geographic zone|pay zone|land|standort|arbeitsort"),
    ("pay_low", "min|minimum|low|range minimum|range min|mindestgehalt|untergrenze"),
    ("pay_median", "mid|midpoint|median|p50|50th|50th percentile|range midpoint|market median|market reference point|bandmitte"),
    ("pay_high", "max|maximum|high|range maximum|range max|hoechstgehalt|obergrenze"),
    ("pay_percentile10", "p10|10th|10th percentile"),
    ("pay_percentile25", "p25|25th|25th percentile"),
    ("pay_percentile75", "p75|75th|75th percentile"),
    ("pay_percentile90", "p90|90th|90th percentile"),
    ("function", "function|job function|job family group|family group|department|division|business area|business function|funktion|abteilung|bereich|fachbereich|geschaeftsbereich"),
    ("focus", "focus|sub family|subfamily|job sub family|job subfamily|specialism|specialization|specialisation|specialty|discipline|sub function|job sub function|teilfunktion|fachgebiet|spezialisierung|subfamilie|teilfamilie|unterfamilie"),
    ("family", "family|job family|role family|career family|profession|jobfamilie|berufsfamilie|stellenfamilie|rollenfamilie"),
    ("role", "role|role name|job|job role|stelle|rolle"),
)  # fmt: skip
"""Fields with the headers that people give them. ``family`` and ``role`` are settled by what stands beside them."""

_PHRASES: Final = {phrase: field for field, phrases in HEADERS for phrase in phrases.split("|")}
_UNSURE: Final = dict.fromkeys(
    ("pay", "salary", "base pay", "base salary", "annual salary", "gehalt", "grundgehalt", "jahresgehalt", "entgelt", "verguetung"),
    "pay_median",
)  # fmt: skip
"""Headers that are likely to name a field, and may well mean another one."""

_PAY_WORDS = re.compile(
    rf"\b(?:pay|salary|base|market|annual|range|compensation|total cash|gehalt|jahresgehalt|grundgehalt|entgelt|{'|'.join(sorted(COMMON_CURRENCIES)).lower()})\b"
)
_SPELLED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "&": " and "})

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


def guess_field(header: str) -> tuple[str, bool] | None:
    """The field that a header is likely to name, and whether that is sure; None where it says nothing.

    A number at the end (``Skill 2``), words in brackets and words about pay (``Base pay P50``) make no difference.

    >>> guess_field("Job Sub-Family"), guess_field("Skill 2"), guess_field("Base salary P50"), guess_field("Shoe size")
    (('focus', True), ('skill', True), ('pay_median', True), None)
    >>> guess_field("JobID"), guess_field("Salary (EUR) P25"), guess_field("W\u00e4hrung")
    (('job_code', True), ('pay_percentile25', True), ('currency', True))
    """
    words, bare = _spell(header), _spell(re.sub(r"\([^()]*\)", " ", header))
    for form in (
        words,
        re.sub(r"\s*\b[0-9]{1,2}$", "", words),
        bare,
        " ".join(_PAY_WORDS.sub(" ", words).split()),
    ):
        if form in _PHRASES:
            return _PHRASES[form], True
    if bare in _UNSURE:
        return _UNSURE[bare], False
    inside = [p for p in _PHRASES if len(p) > 4 and re.search(rf"\b{re.escape(p)}\b", words)]
    if inside:
        # The longest phrase says most; of equally long ones the first by name, so that the answer is one.
        return _PHRASES[max(inside, key=lambda phrase: (len(phrase), phrase))], False
    return None


def _spell(header: str) -> str:
    """A header in plain words: ``JobID`` is ``job id``, ``Währung`` is ``waehrung``."""
    apart = re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])", " ", header)
    plain = unicodedata.normalize("NFKD", apart.casefold().translate(_SPELLED)).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", " ", plain.decode()).strip()


def guess_currency(header: str) -> str | None:
    """The currency that a header names by its code or sign; None where it names none or several.

    >>> guess_currency("Salary (EUR) P25"), guess_currency("Base pay £"), guess_currency("Job Code")
    ('EUR', 'GBP', None)
    """
    found = {word for word in re.findall(r"\b[A-Z]{3}\b", header) if word in COMMON_CURRENCIES}
    found |= {CURRENCIES_BY_SIGN[sign][0] for sign in "£€" if sign in header}
    return found.pop() if len(found) == 1 else None


def guess_separator(cells: Sequence[str], field: str) -> tuple[str, bool] | None:
    """What stands between several items of a cell, and whether that is sure; None where cells hold one item.

    >>> guess_separator(["- plan\\n- do", "- act"], "responsibility"), guess_separator(["SQL, R", "C, Go"], "skill")
    (('line', True), (',', False))
    """
    filled = [cell for cell in cells if cell]
    counts = {mark: sum(mark in cell for cell in filled) for mark in ("\n", ";", "|", ",", " / ")}
    for mark in ("\n", ";", "|"):
        if counts[mark] and counts[mark] * 4 >= len(filled):
            return ("line" if mark == "\n" else mark), True
    if field not in ("skill", "alias", "occupation"):
        return None
    for mark in ("\n", ";", "|"):
        if counts[mark]:
            return ("line" if mark == "\n" else mark), False
    for mark in (",", " / "):
        if counts[mark] and counts[mark] * 2 >= len(filled):
            return mark, False
    return None
