"""The public surface of the package, and that its examples are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys
from types import ModuleType

import pytest

import rolegraph

MODULES = [
    module.name
    for module in pkgutil.walk_packages(rolegraph.__path__, "rolegraph.")
    if not module.name.endswith("__main__")
]
HEAVY = ("pydantic", "rdflib", "networkx", "pyshacl", "yaml", "pyoxigraph", "rapidfuzz", "numpy")


def test_public_names() -> None:
    assert sorted(rolegraph.__all__) == [
        "Architecture", "InputError", "OutputError", "QueryError", "RequestError", "RolegraphError", "Taxonomy",
        "UnknownError", "import_table", "ingest_pages", "load", "make_folder", "projection",
    ]  # fmt: skip
    for name in rolegraph.__all__:
        assert getattr(rolegraph, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        rolegraph.nothing  # noqa: B018


@pytest.mark.parametrize("name", ["rolegraph", *MODULES])
def test_examples_in_docstrings_are_true(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path))
    module: ModuleType = importlib.import_module(name)
    assert module.__doc__
    assert doctest.testmod(module).failed == 0


def test_a_path_is_found_without_heavy_libraries(tmp_path: object) -> None:
    script = f"""
import os, sys
os.environ["ROLEGRAPH_CACHE"] = {str(tmp_path)!r}
from rolegraph.cli.main import run
command = ["path", "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3"]
if len(sys.argv) > 1:
    assert run(command) == 0
    print("loaded:", *[name for name in {HEAVY!r} if name in sys.modules])
else:
    sys.exit(run(command))
"""
    for more in ([], ["told"]):  # the first run writes the snapshot that the second one reads
        done = subprocess.run(
            [sys.executable, "-c", script, *more], capture_output=True, text=True, check=True
        )
    assert done.stdout.splitlines()[-1] == "loaded:"


def test_help_is_given_without_heavy_libraries() -> None:
    script = f"""
import sys
from rolegraph.cli.main import run
assert run(["--help"]) == 0
print("loaded:", *[name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded:"
