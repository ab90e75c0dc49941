"""A fresh data folder: what rolegraph lends, placeholders for what only its owner knows, and an example to copy."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from rolegraph.errors import InputError, OutputError
from rolegraph.model.reference import Dataset
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.output import hold_folder, stage_files
from rolegraph.records.convert import Converter
from rolegraph.records.document import Reading
from rolegraph.records.files import DATA_FOLDERS, escape_unseen
from rolegraph.records.folder import load_lent
from rolegraph.records.render import to_document
from rolegraph.records.writing import write_lines
from rolegraph.resources import find_resource

UNSET: Final = "TO BE SET"
"""What the placeholders of texts begin with; the shape ``dataset-placeholder`` looks for it."""

EXAMPLE: Final = "focuses/EXAMPLE.GEN.yaml.example"
"""The example focus of a fresh folder. Its ending keeps it from being read."""

_PLACEHOLDERS: Final = {
    "title": f"{UNSET}: what this job architecture is called",
    "publisher": f"{UNSET}: the organisation that answers for it",
    "version": UNSET,
    "base": "https://example.org/id/",
    "language": "und",
    "currency": "XXX",
    "access_rights": f"{UNSET}: who may use this data, and for what",
}

_HINTS: Final = {
    "title": "What this job architecture is called.",
    "publisher": "The organisation that answers for it.",
    "version": "Your own count of versions, such as 2026.1.",
    "base": "What the IRIs of all records begin with: an address that is yours. Change it before others refer to it.",
    "language": "The language of the texts, such as en, de or pt-BR.",
    "currency": "The currency of pay where none is stated, such as EUR or USD (ISO 4217).",
    "access_rights": (
        "Who may use this data. For a public licence, remove this and write licence: with the address of the licence."
    ),
}

_SINGLES: Final = ("dataset.yaml", "levels.yaml", "functions.yaml", "skills.yaml")

_LEVELS_HEADER: Final = """\
# The ladder, as rolegraph lends it: tracks and their levels. Change it to what holds for you, or put your own in its
# place. A level states what is known of it; what your pages or tables say takes the place of what is lent.

"""

_FUNCTIONS: Final = """\
# The functions of the organisation, and the groups that they form. `rolegraph ingest` and `rolegraph import table` add
# those that they meet. A code is a stable key: letters A-Z, digits, _ and -.
#
# An entry looks like this; write functions: in place of functions: {} and the entry below it.
#
#   EXAMPLE:
#     label: Example Services
#     definition: The part of the organisation that the example focus belongs to.

functions: {}
"""

_SKILLS: Final = """\
# The skills that focuses share. A code is a stable key; it stays when the label changes. Another wording of the same
# skill stands under its alternatives, with the reason why it is the same.
#
# Entries look like this; write skills: in place of skills: {} and the entries below it.
#
#   handling-complaints:
#     label: Handling complaints
#     definition: Taking a complaint, settling it, and seeing to it that its cause goes away.
#     alternatives:
#       - label: Complaint handling
#         reason: The same words in another order.
#   stock-control:
#     label: Stock control
#
# Where skills are asked for at a proficiency, the scale stands above them, and a focus names its steps by level
# (proficiency: {P1: working, P2: expert}).
# proficiencies: {working: {rank: 1, label: Working}, expert: {rank: 2, label: Expert}}

skills: {}
"""

_FOCUS: Final = """\
# An example of a focus: one specialism of a function, with its skills and the roles of its levels. To use it, rename it
# to EXAMPLE.GEN.yaml and take over the examples in functions.yaml and skills.yaml. Only focus, label and levels are
# needed, and of a level only its basis; leave out what you do not know.

focus: EXAMPLE.GEN            # the code of its function, a dot, and its own
label: General services
definition: >-
  Serves customers at the counter and by telephone, and keeps the shop in order. Distinct from purchasing, which
  chooses what is sold.
exclusions:                   # the sentences of the definition that say what it is distinct from
  - Distinct from purchasing, which chooses what is sold.
differential: [pay]           # where it departs from its function: pay, skill or both
split: stated                 # how responsibilities came to their levels: stated, even or given

skills:                       # by the codes of skills.yaml
  handling-complaints:
    label: Complaint handling # the wording of this focus, where it is another one
    description: Listening first, then putting things right within the day.
  stock-control:
    levels: [P2]              # for these levels alone; without levels, for all

levels:                       # one role for each level, by the codes of levels.yaml
  P1:
    basis: documented         # documented: a page or row of its own; implied: only mentioned elsewhere
    title: Service assistant
    responsibilities:
      - Serves customers and takes payment.
      - Passes on complaints that are beyond a simple exchange.
    guideline:
      knowledge: Knows the goods and the till.
      complexity: Deals with the ordinary run of requests.
      collaboration: Works with the others of the shift.
      experience: None needed.
  P2:
    basis: documented
    title: Senior service assistant
    definition: Serves customers, settles complaints and watches the stock.
    job_code: S-204           # your own number of the job
    grade: "7"
    status: approved
    version: v1
    region: global
    pay:
      currency: EUR
      low: 34000
      median: 38500
      high: 43000
      effective: 2026-01-01
      source: Survey of shops
    responsibilities:
      - Settles complaints, and tells purchasing what keeps coming back.
      - Counts the stock each week and orders what runs low.
    guideline:
      knowledge: Knows the goods, their makers and the rules of return.
      complexity: Finds a fair answer where the rules leave room.
      collaboration: Guides the assistants of the shift.
      experience: 1-3 years
    sources:
      - O*NET-SOC 41-2031.00 Retail Salespersons
    aliases: [Lead service assistant]
    mappings:                 # the occupations that it corresponds to
      - scheme: soc-2018
        code: 41-2031
        predicate: closeMatch
        justification: ManualMappingCuration
"""


def make_dataset(
    *,
    title: str | None = None,
    publisher: str | None = None,
    base: str | None = None,
    language: str | None = None,
    currency: str | None = None,
    licence: str | None = None,
    access_rights: str | None = None,
    version: str | None = None,
    day: str,
) -> Dataset:
    """The dataset of a fresh folder, issued on ``day``, with placeholders for what is not given.

    Without ``licence`` and ``access_rights`` the latter is a placeholder. Raises InputError with everything that
    cannot be used.

    >>> dataset = make_dataset(title="Jobs of a bakery", day="2026-01-02")
    >>> dataset.title, dataset.publisher, dataset.currency
    ('Jobs of a bakery', 'TO BE SET: the organisation that answers for it', 'XXX')
    """
    given = {
        "title": title, "publisher": publisher, "version": version, "base": base, "language": language,
        "currency": currency, "licence": licence, "access_rights": access_rights, "issued": day, "modified": day,
    }  # fmt: skip
    stated = {key: value for key, value in given.items() if value is not None}
    missing = {
        key: value
        for key, value in _PLACEHOLDERS.items()
        if key not in stated and not (key == "access_rights" and licence is not None)
    }
    reading = Reading("dataset.yaml")
    for key, value in stated.items():
        if not value:
            reading.refuse((key,), "value-empty", "the value is empty", "give a value, or leave it out")
    dataset = None if reading.problems else Converter(reading).read(Dataset, {**missing, **stated}, (), {})
    if dataset is None or reading.problems:
        raise InputError(reading.problems)
    return dataset


def list_unset(dataset: Dataset) -> tuple[str, ...]:
    """The fields of a dataset that hold a placeholder."""
    return tuple(key for key, value in to_document(dataset).items() if value == _PLACEHOLDERS.get(key))


def start_taxonomy(dataset: Dataset) -> Taxonomy:
    """The job architecture of a fresh folder: the lent ladder, editions and classifications, and nothing else."""
    lent = load_lent()
    return Taxonomy(
        dataset=dataset,
        tracks=lent.tracks,
        levels=lent.levels,
        editions=lent.editions,
        schemes=lent.schemes,
        occupations=lent.occupations,
    )


def make_files(dataset: Dataset, *, example: bool) -> dict[str, bytes]:
    """The files of a fresh folder by name, in the order in which they are to be written."""
    shipped = find_resource("data")
    files = {
        "dataset.yaml": _write_dataset(dataset).encode(),
        "levels.yaml": copy_levels().encode(),
        "functions.yaml": _FUNCTIONS.encode(),
        "skills.yaml": _SKILLS.encode(),
    }
    editions = {entry.name: entry for entry in shipped.joinpath("editions").iterdir()}
    for name in sorted(editions):
        if name.endswith(".yaml"):
            files[f"editions/{name}"] = editions[name].read_bytes()
    if example:
        files[EXAMPLE] = _FOCUS.encode()
    return files


def copy_levels() -> str:
    """The text of the lent ladder, with a header that speaks to the owner of a folder."""
    text = find_resource("data").joinpath("levels.yaml").read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    while lines and (lines[0].startswith("#") or not lines[0].strip()):
        lines.pop(0)
    return _LEVELS_HEADER + "".join(lines)


def list_occupied(folder: Path) -> tuple[str, ...]:
    """The names of what a folder holds where data is read from; none where it can become a fresh folder."""
    found = [name for name in _SINGLES if (folder / name).exists()]
    for name in DATA_FOLDERS:
        inner = folder / name
        if inner.is_dir():
            found += [f"{name}/{entry.name}" for entry in sorted(inner.iterdir()) if entry.name[0] != "."]
        elif inner.exists():
            found.append(name)
    return tuple(found)


def init_folder(folder: Path, dataset: Dataset) -> tuple[str, ...]:
    """Makes a fresh data folder with an example, and returns the names of its files.

    There are no ``occupations/``: the classifications that rolegraph ships stand in. Raises OutputError where the
    folder cannot be written to, or holds data already; it is left as it is then.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file; choose another folder")
    refuse_occupied(folder)
    with hold_folder(folder), stage_files(folder) as staging:
        refuse_occupied(folder)
        files = make_files(dataset, example=True)
        for name, data in files.items():
            staging.put(name, data)
    return tuple(files)


def refuse_occupied(folder: Path, left: Collection[str] = ()) -> None:
    """Raises OutputError where a folder holds data already, other than what a run that was cut off ``left`` there."""
    if found := [name for name in list_occupied(folder) if name not in left]:
        shown = ", ".join(map(escape_unseen, found[:5]))
        more = f" and {len(found) - 5} more" if len(found) > 5 else ""
        remedy = (
            "choose another folder, or add to this one"
            if not left
            else "writing into it was cut off before it was complete, so move that out and run the command again"
        )
        raise OutputError(f"{folder} holds data already ({shown}{more}); {remedy}")


def _write_dataset(dataset: Dataset) -> str:
    document = to_document(dataset)
    lines = ["# The dataset as a whole. `rolegraph validate` names what is still to be set.", ""]
    for key, value in document.items():
        if value == _PLACEHOLDERS.get(key):
            lines.append(f"# {_HINTS[key]}")
        lines += write_lines({key: value})
    return "\n".join(lines) + "\n"
