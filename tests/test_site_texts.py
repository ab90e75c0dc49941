"""Every text that scripts and templates of the site ask for is there, in both forms where a number decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

import jinja2
import pytest
from jinja2 import nodes

from rolegraph.site.wording import list_languages, read_wording

INNER = re.compile(r"\([^()]*\)")
STRING = re.compile(r'"([^"\\]*)"')
PREFIX = re.compile(r'function say\(key, values\) \{ return rolegraph\.text\("([^"]+)" \+ key, values\)')
CALL = re.compile(r"(?<!function )\b(say|rolegraph\.text)\(")


class Asked(NamedTuple):
    """A text that is asked for: where, its key or how the key begins, and whether with a number (None: not to be seen)."""

    file: str
    key: str
    whole: bool
    counted: bool | None


def read_all(folder: str, ending: str) -> dict[str, str]:
    place = files("rolegraph.site").joinpath(folder)
    found = sorted((f for f in place.iterdir() if f.name.endswith(ending)), key=lambda f: f.name)
    return {file.name: file.read_text(encoding="utf-8") for file in found}


def cut_call(text: str) -> str:
    """The arguments that a text begins with, up to the bracket that closes them."""
    depth = 1
    for sign in re.finditer(r'"(?:[^"\\]|\\.)*"|[()]', text):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if not depth:
            return text[: sign.start()]
    raise AssertionError(text[:80])


def list_scripted(file: str, script: str) -> Iterator[Asked]:
    """The texts that a script asks for by keys that are written in it, whole or how they begin."""
    said = PREFIX.search(script)
    for call in CALL.finditer(script):
        prefix = "" if call[1] != "say" else said and said[1]
        arguments = cut_call(script[call.end() :])
        while INNER.search(arguments):
            arguments = INNER.sub("", arguments)
        key, _, values = (part.strip() for part in arguments.partition(","))
        if prefix is None or not (STRING.search(key) and not key.endswith("+ key")):
            continue
        counted = None if values and "{" not in values else bool(re.search(r"[{,]\s*count:", values))
        for literal in STRING.finditer(re.sub(r'[!=]== "[^"]*"', "", key)):
            yield Asked(file, prefix + literal[1], "+" not in key, counted)


def list_templated(file: str, template: str) -> Iterator[Asked]:
    """The texts that a template asks for by keys that are written in it, whole or how they begin."""
    for call in jinja2.Environment(autoescape=True).parse(template).find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Name) and call.node.name == "t" and call.args):
            continue
        counted = any(keyword.key == "count" for keyword in call.kwargs)
        given = [call.args[0]]
        while given:
            key = given.pop()
            if isinstance(key, nodes.CondExpr):
                given += [part for part in (key.expr1, key.expr2) if part is not None]
            elif isinstance(key, nodes.Const):
                yield Asked(file, key.value, True, counted)
            elif isinstance(key, nodes.Concat) and isinstance(key.nodes[0], nodes.Const):
                yield Asked(file, key.nodes[0].value, False, counted)


def is_there(asked: Asked, keys: set[str]) -> bool:
    forms = {asked.key + ".one", asked.key + ".many"}
    if not asked.whole:
        return any(key.startswith(asked.key) for key in keys)
    if asked.counted is None:
        return asked.key in keys or forms <= keys
    return forms <= keys if asked.counted else asked.key in keys


@pytest.mark.parametrize("language", list_languages())
def test_scripts_ask_for_texts_that_are_sent_to_them(language: str) -> None:
    wording = read_wording(language)
    sheets = (sheet for sheet in wording.list_sheets() if sheet.startswith("script-"))
    keys = set(wording.select(*sheets))
    asked = [one for file, text in read_all("assets", ".js").items() for one in list_scripted(file, text)]
    assert {one.file for one in asked} >= {"compare.js", "path.js", "search.js", "coordinates.js"}
    assert any(one.counted for one in asked)
    assert [one for one in asked if not is_there(one, keys)] == []


@pytest.mark.parametrize("language", list_languages())
def test_templates_ask_for_texts_that_are_there(language: str) -> None:
    wording = read_wording(language)
    keys = set(wording.select(*wording.list_sheets()))
    asked = [
        one for file, text in read_all("templates", ".html").items() for one in list_templated(file, text)
    ]
    assert {one.file for one in asked} >= {"about.html", "profile.html", "frame.html"}
    assert any(one.counted for one in asked)
    assert [one for one in asked if not is_there(one, keys)] == []


@pytest.mark.parametrize("language", list_languages())
def test_texts_of_numbers_have_both_forms(language: str) -> None:
    wording = read_wording(language)
    # A key may be called "one" itself.
    keys = {key for key in wording.select(*wording.list_sheets()) if key.count(".") > 1}
    ones, manys = ({k.removesuffix(end) for k in keys if k.endswith(end)} for end in (".one", ".many"))
    assert ones == manys


def test_keys_are_read_from_a_script() -> None:
    script = """
  function say(key, values) { return rolegraph.text("script-x." + key, values); }
  say(a === "no" ? "b" : "c"); say("kind-" + f("z"), { name: say("moves", { count: g(1, "y") }) }); say("d", values);
  rolegraph.text("script-y.e", {found: 1, count: 2}); say(one[1]);
"""
    assert list(list_scripted("f", script)) == [
        Asked("f", "script-x.b", True, False),
        Asked("f", "script-x.c", True, False),
        Asked("f", "script-x.kind-", False, False),
        Asked("f", "script-x.moves", True, True),
        Asked("f", "script-x.d", True, None),
        Asked("f", "script-y.e", True, True),
    ]
