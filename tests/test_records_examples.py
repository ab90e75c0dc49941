"""The examples in the docstrings of the records and the model are true."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import rolegraph.model
import rolegraph.records

MODULES = [
    f"{package.__name__}.{found.name}"
    for package in (rolegraph.model, rolegraph.records)
    for found in pkgutil.iter_modules(package.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


def test_the_package_gives_what_it_names() -> None:
    for name in rolegraph.records.__all__:
        assert getattr(rolegraph.records, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'load_nothing'"):
        _ = rolegraph.records.load_nothing
