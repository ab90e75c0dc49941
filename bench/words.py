"""Words for synthetic architectures: labels that never repeat, sentences that mean nothing.

Sentences are as long as those of real role pages and hold what writers must escape: quotes, dashes, accents.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

NOUNS: Final = (
    "account", "assay", "audit", "batch", "benefit", "budget", "buffer", "campaign", "claim", "column", "contract",
    "customer", "dossier", "equipment", "facility", "filing", "forecast", "hiring", "incident", "inventory",
    "invoice", "launch", "market", "method", "model", "network", "packaging", "patient", "payroll", "pipeline",
    "platform", "policy", "process", "product", "protocol", "quality", "reactor", "record", "region", "release",
    "report", "risk", "route", "safety", "sample", "service", "signal", "site", "stability", "standard", "supplier",
    "tender", "training", "treasury", "trial", "vendor", "vessel", "warehouse",
)  # fmt: skip
WORK: Final = (
    "administration", "analysis", "assurance", "control", "coordination", "design", "development", "engineering",
    "management", "modelling", "operations", "optimization", "planning", "reporting", "review", "strategy",
    "support", "transfer",
)  # fmt: skip
_VERBS: Final = (
    "agrees", "analyses", "approves", "builds", "coordinates", "defines", "develops", "documents", "evaluates",
    "implements", "investigates", "leads", "maintains", "monitors", "negotiates", "owns", "plans", "prepares",
    "presents", "reviews", "schedules", "supervises", "trains", "verifies",
)  # fmt: skip
_JOINTS: Final = (
    " and ", ", ", " of the ", " for the ", " with the ", " against the ", " across ", " under the ", " – ",
    " after each ", " to meet the ", " in line with the ",
)  # fmt: skip
_ASIDES: Final = ('"first time right"', "Café-to-clinic", "façade", "C:\\archive", "naïve", "year’s end")

PAIRS: Final = len(NOUNS) * (len(NOUNS) - 1)
LABELS: Final = PAIRS * len(WORK)
"""How many labels of three words there are."""


def make_label(number: int) -> str:
    """A label of three words, and a number where they are used up; different numbers give different labels.

    >>> make_label(0), make_label(1), make_label(LABELS)
    ('Account assay administration', 'Assay audit administration', 'Account assay administration 2')
    """
    rounds, place = divmod(number, LABELS)
    work, pair = divmod(place, PAIRS)
    apart, first = divmod(pair, len(NOUNS))
    label = f"{NOUNS[first]} {NOUNS[(first + apart + 1) % len(NOUNS)]} {WORK[work]}".capitalize()
    return f"{label} {rounds + 1}" if rounds else label


def make_sentence(chance: Random, words: int) -> str:
    """A sentence of about so many words; one in ten ends with a word that must be escaped or encoded with care."""
    nouns: Sequence[str] = chance.choices(NOUNS, k=max(2, words * 2 // 3))
    joints = chance.choices(_JOINTS, k=len(nouns))
    text = "".join(part for pair in zip(nouns, joints, strict=True) for part in pair)
    end = chance.choice(_ASIDES) if chance.random() < 0.1 else chance.choice(NOUNS)
    return f"{chance.choice(_VERBS).capitalize()} the {text}{end}."
