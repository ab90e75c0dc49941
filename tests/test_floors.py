"""The house stands on its floors: a module imports from lower ones only, and no imports run in a circle."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "graph" / "rolegraph"

FLOORS = {
    "errors": 0,
    "resources": 1,
    "output": 1,
    "cache": 1,
    "folding": 1,
    "model": 1,
    "answers": 1,
    "display": 1,
    "diagram": 2,
    "spreadsheet": 2,
    "plain": 2,
    "schemas": 2,
    "records": 2,
    "records.page": 2.1,
    "records.table": 2.1,
    "records.merging": 2.1,
    "records.saving": 2.1,
    "rdf": 2,
    "releases": 2.3,
    "classifications": 2.4,
    "store": 3,
    "validate": 3,
    "careers.columns": 3,
    "careers.forms": 3,
    "careers.closest": 3,
    "careers.patience": 3,
    "careers.content": 3,
    "careers.editions": 3.1,
    "careers.layers": 3.1,
    "careers.bases": 3.15,
    "careers.compile": 3.2,
    "careers.roster": 3.3,
    "careers.snapshot": 4,
    "careers.naming": 4,
    "careers.distance": 4,
    "careers.overlaps": 4,
    "careers.footing": 4,
    "careers.needs": 4,
    "careers.rules": 4.1,
    "careers.skills": 4.1,
    "careers.selection": 4,
    "careers.yardstick": 4.1,
    "careers.by_place": 4.2,
    "careers.points": 4.15,
    "careers.by_content": 4.2,
    "careers.by_pay": 4.7,
    "careers.adjacency": 5,
    "careers.hidden": 5.1,
    "careers.person": 5.1,
    "careers.moves": 5,
    "careers.spans": 4,
    "careers.ladders": 4.5,
    "careers.evidence": 4.6,
    "careers.gap": 5,
    "careers.network": 5.1,
    "careers.space": 5.2,
    "careers.constraints": 5.3,
    "careers.search": 5.3,
    "careers.alternatives": 5.4,
    "careers.finder": 5.5,
    "careers.obstacles": 5.6,
    "careers.paths": 6,
    "careers.edges": 5.5,
    "careers.reach": 6.1,
    "careers.projection": 6,
    "mappings": 7,
    "skillfile": 7,
    "definitions": 7,
    "catalogue": 7,
    "search": 7,
    "duplicates": 7.1,
    "stats": 7,
    "entries": 7.5,
    "occupational": 7.6,
    "sheet": 8,
    "comparison": 8,
    "gaps": 8.1,
    "build": 8,
    "guide": 8.2,
    "directory": 8.3,
    "incoming": 8,
    "importing": 8,
    "changes": 8.2,
    "export": 8.6,
    "remote": 8.8,
    "architecture": 9,
    "report": 11,
    "site": 11.3,
    "web": 11.5,
    "cli": 12,
}
"""The floor of every room. A room may import from lower floors, and within itself."""


def name_module(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_module(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def find_room(module: str) -> str | None:
    """The room that a module belongs to; the package itself belongs to none."""
    parts = module.split(".")[1:]
    for length in (2, 1):
        if ".".join(parts[:length]) in FLOORS:
            return ".".join(parts[:length])
    return None


def read_imports(path: Path) -> set[str]:
    """The modules of ours that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in MODULES else str(node.module))
    return {name for name in found if name.split(".")[0] == "rolegraph"}


IMPORTS = {module: read_imports(path) for module, path in MODULES.items()}


@pytest.mark.parametrize("module", [m for m in MODULES if "." in m and not m.endswith("__main__")])
def test_module_has_a_floor(module: str) -> None:
    rooms = {".".join(module.split(".")[1:][:length]) for length in (1, 2)}
    wings = {floor.split(".")[0] for floor in FLOORS}
    assert rooms & (set(FLOORS) | wings), (
        f"{module} stands in no room: give it a floor here and in CONTRIBUTING.md"
    )


@pytest.mark.parametrize("module", [m for m in MODULES if find_room(m)])
def test_module_imports_from_lower_floors(module: str) -> None:
    room = find_room(module)
    assert room is not None
    for imported in sorted(IMPORTS[module]):
        other = find_room(imported)
        if other is None or other == room:
            continue
        assert FLOORS[other] < FLOORS[room], (
            f"{module} (floor {FLOORS[room]}) imports {imported} (floor {FLOORS[other]})"
        )


def test_imports_run_in_no_circle() -> None:
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, f"a circle: {' -> '.join((*trail[trail.index(module) :], module))}"
        if module in done:
            return
        for imported in sorted(IMPORTS.get(module, ())):
            if imported != module and imported in MODULES:
                visit(imported, (*trail, module))
        done.add(module)

    for module in MODULES:
        visit(module, ())
