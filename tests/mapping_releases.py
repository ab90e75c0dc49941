"""Small releases written by hand, and a pottery whose roles are mapped to them, for tests of mappings."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from rolegraph.mappings.shelf import Shelf
from rolegraph.model.release import Release
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records import load_folder
from rolegraph.records.places import Places
from rolegraph.releases.index import Index, open_index
from rolegraph.releases.library import Library
from rolegraph.releases.rows import Concept, Label, Link, Row

SMALL = Path(__file__).parent / "fixtures" / "small"
SCHEMES = {
    "soc": ["soc-2018"],
    "onet": ["onet-element", "onet-job-zone", "onet-soc-2019", "onet-task", "onet-technology"],
    "esco": ["esco"],
    "crosswalk": ["onet-soc-2010", "onet-soc-2019", "soc-2010", "soc-2018"],
}

ONET = {
    "11-3051.00": "Industrial Production Managers",
    "11-3051.01": "Kiln Plant Managers",
    "27-1012.00": "Craft Artists",
    "51-1011.00": "First-Line Supervisors of Production and Operating Workers",
    "51-9051.00": "Furnace, Kiln, and Oven Operators",
    "51-9195.05": "Potters, Manufacturing",
    "53-7064.00": "Packers, Hand",
    "19-2032.00": "Materials Scientists",
    **{f"43-9{n}1.00": f"Clerks of Room {n}" for n in range(10, 22)},
}
ALTERNATES = {
    "11-3051.00": ["Pottery Production Manager", "Plant Manager"],
    "11-3051.01": ["Kiln Manager", "Plant Manager"],
    "27-1012.00": ["Studio Potter", "Ceramic Artist"],
    "51-1011.00": ["Pottery Supervisor"],
    "51-9195.05": ["Potter", "Clay Thrower", "Ceramic Artist"],
}
TASKS = {
    "51-9195.05": [
        "Throw clay on a wheel to form bowls, vases and jugs.",
        "Glaze dried ware and fire it in kilns.",
        "Wedge clay to drive air bubbles out.",
    ],
    "51-9051.00": ["Load kilns with ware and watch firing temperatures.", "Record gauges of ovens."],
    "11-3051.00": ["Plan production and budgets of plants.", "Hire and train supervisors."],
    "53-7064.00": ["Pack goods into boxes by hand.", "Label boxes."],
    "19-2032.00": ["Study the structure of polymers, metals and ceramics."],
}
TOOLS = {
    "wheel-throwing-software": ("Wheel throwing software", ["51-9195.05"]),
    "glaze-calculation-software": ("Glaze calculation software", ["51-9195.05", "27-1012.00"]),
    "spreadsheets": ("Spreadsheet software", list(ONET)),
}
ZONES = {"51-9195.05": 2, "27-1012.00": 2, "11-3051.00": 4, "19-2032.00": 5, "53-7064.00": 1}


def list_onet(changes: dict[str, str] | None = None, without: Iterable[str] = ()) -> list[Row]:
    """The occupations above with all that is known of them; titles may change, codes be left out."""
    left_out = set(without)
    titles = {code: title for code, title in (ONET | (changes or {})).items() if code not in left_out}
    rows: list[Row] = []
    for code, title in titles.items():
        key = f"onet-soc-2019/{code}"
        rows += [Concept(key, "occupation", title), Link(key, "broad-match", f"soc-2018/{code[:7]}")]
        rows += [Label(key, "alternate", text, "en") for text in ALTERNATES.get(code, ())]
        for number, text in enumerate(TASKS.get(code, ())):
            task = f"onet-task/{code.replace('-', '').replace('.', '')}{number}"
            rows += [Concept(task, "task", text), Link(key, "task", task, (), ("core",))]
        if code in ZONES:
            rows.append(Link(key, "job-zone", f"onet-job-zone/{ZONES[code]}"))
    for tool, (name, users) in TOOLS.items():
        rows.append(Concept(f"onet-technology/{tool}", "technology", name))
        rows += [
            Link(f"onet-soc-2019/{c}", "technology", f"onet-technology/{tool}") for c in users if c in titles
        ]
    rows.append(
        Concept("onet-element/2.C.5.b", "element", "Clay Chemistry", "What clays and glazes are made of.")
    )
    return rows  # fmt: skip


def list_soc() -> list[Row]:
    """The SOC codes of the occupations above, in their groups."""
    rows: list[Row] = []
    for code in dict.fromkeys(onet[:7] for onet in ONET):
        title = next(title for onet, title in ONET.items() if onet.startswith(code))
        groups = {
            f"{code[:2]}-0000": "major",
            f"{code[:4]}000": "minor",
            f"{code[:6]}0": "broad",
            code: "detailed",
        }
        above = ""
        for group, kind in groups.items():
            rows.append(Concept(f"soc-2018/{group}", kind, title if kind == "detailed" else f"Group {group}"))
            if above:
                rows.append(Link(f"soc-2018/{group}", "broader", f"soc-2018/{above}"))
            above = group
    return list(dict.fromkeys(rows))


def list_crosswalk() -> list[Row]:
    """Two codes that others took the place of, one that stayed, one that nothing took the place of."""
    return [
        Concept("soc-2010/51-9196", "detailed", "Jug Makers"),
        Link("soc-2010/51-9196", "successor", "soc-2018/51-9195"),
        Concept("soc-2010/27-1012", "detailed", "Craft Artists"),
        Link("soc-2010/27-1012", "successor", "soc-2018/27-1012"),
        Concept("soc-2010/51-9197", "detailed", "Pipe Makers"),
        Concept("onet-soc-2010/51-9196.01", "occupation", "Jug Makers"),
        Link("onet-soc-2010/51-9196.01", "successor", "onet-soc-2019/51-9195.05"),
    ]


def list_esco() -> list[Row]:
    """A potter and a manager of ESCO, with their ISCO groups and skills."""
    potter, manager = "esco/occupation/p", "esco/occupation/m"
    return [
        Concept("esco/isco/C7314", "isco-group", "Potters and related workers"),
        Concept("esco/isco/C1321", "isco-group", "Manufacturing managers"),
        Concept(potter, "occupation", "ceramic thrower", "Form clay on a wheel into vases and bowls."),
        Concept(manager, "occupation", "pottery manager", "Run a pottery."),
        Label(potter, "alternate", "potter", "en"),
        Label(potter, "preferred", "Töpfer", "de"),
        Link(potter, "broader", "esco/isco/C7314"),
        Link(manager, "broader", "esco/isco/C1321"),
        Concept("esco/skill/t", "skill", "throw clay", "Form clay by hand on a turning wheel."),
        Label("esco/skill/t", "alternate", "wheel throwing", "en"),
        Concept("esco/skill/b", "skill", "bake bread", "Mix flour and water into a dough and bake it."),
        Link(potter, "essential", "esco/skill/t"),
    ]


def make_release(code: str, coverage: str = "all") -> Release:
    """The description of a release by its code, such as onet-29.0."""
    family, _, version = code.partition("-")
    return Release.model_validate(
        {
            "code": code, "family": family, "title": f"{family.upper()} {version}", "version": version,
            "publisher": "The tests", "source": "https://example.org/", "licence": "None", "attribution": "None",
            "language": "en", "coverage": coverage, "schemes": tuple(SCHEMES[family]), "base": "https://example.org/id/",
            "triples": 1, "sha256": sha256(code.encode()).hexdigest(), "files": (),
        }
    )  # fmt: skip


class HandLibrary(Library):
    """Releases whose rows are given."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        releases: dict[str, list[Row]],
        coverage: str = "all",
        cut: Iterable[str] = (),
    ) -> None:
        super().__init__(None, taxonomy)
        cut = set(cut)
        made = (make_release(code, "mapped" if code in cut else coverage) for code in releases)
        self.releases = tuple(sorted(made, key=lambda r: r.code, reverse=True))
        self._rows = releases
        self._indexes: dict[str, Index] = {}

    def open(self, release: Release) -> Index:
        if release.code not in self._indexes:
            rows = self._rows[release.code]
            digest = sha256(repr(rows).encode()).hexdigest()
            self._indexes[release.code] = open_index(digest, lambda: rows)
        return self._indexes[release.code]


FOCUS = """\
focus: CLAY.POTS
label: Pottery
definition: Makes pots. Not to be packed by hand into boxes.
exclusions: [Not to be packed by hand into boxes.]
skills:
  throwing: {}
levels:
"""
ROLES = {
    "P1": "aliases: [Potter]\n    responsibilities:\n      - text: Throws clay on a wheel to form bowls and vases.\n"
    "      - text: Glazes ware and fires it in kilns.",
    "P2": "",
    "M1": "",
    "M3": "title: Pottery Production Manager — M3",
}  # fmt: skip
GOOD = "justification: ManualMappingCuration, tool: hand, confidence: 0.9"


def write_pottery(folder: Path, mappings: dict[str, list[str]], more: dict[str, str] | None = None) -> Path:
    """A pottery as a data folder; ``mappings`` are those of each level, as YAML, or of the skill ``throwing``."""
    (folder / "focuses").mkdir(parents=True)
    shutil.copy(SMALL / "dataset.yaml", folder)
    (folder / "functions.yaml").write_text("functions:\n  CLAY: {label: Clay}\n", encoding="utf-8")
    own = "".join(f"\n      - {mapping}" for mapping in mappings.get("throwing", ()))
    (folder / "skills.yaml").write_text(
        "skills:\n  throwing:\n    label: Wheel throwing\n    definition: Forms clay by hand on a turning wheel.\n"
        + (f"    mappings:{own}\n" if own else "")
        + "  sculpting: {label: Quantum gardening}\n",
        encoding="utf-8",
    )
    text = FOCUS
    for level, role in ROLES.items():
        text += f"  {level}:\n    basis: documented\n"
        text += f"    {role}\n" if role else ""
        text += f"    {more[level]}\n" if more and level in more else ""
        stated = mappings.get(level, ())
        text += "    mappings:\n" + "".join(f"      - {mapping}\n" for mapping in stated) if stated else ""
    (folder / "focuses" / "CLAY.POTS.yaml").write_text(text, encoding="utf-8")
    return folder


def claim(code: str, predicate: str = "broadMatch", scheme: str = "soc-2018", rest: str = GOOD) -> str:
    """A mapping as YAML."""
    return f"{{scheme: {scheme}, code: {code}, predicate: {predicate}, {rest}}}"


def open_shelf(
    folder: Path, releases: dict[str, list[Row]], coverage: str = "all", cut: Iterable[str] = ()
) -> tuple[Shelf, Places]:
    """A data folder with releases beside it; those of ``cut`` were imported with ``--only mapped``."""
    loaded = load_folder(folder)
    return Shelf(loaded.taxonomy, HandLibrary(loaded.taxonomy, releases, coverage, cut)), loaded.places
