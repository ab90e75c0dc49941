"""A changed job architecture is saved by its changes alone, whole, and reads back equal."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intakes import BREAD, duties, focus, intake, pay, profile, start, uses
from rolegraph.errors import InputError, OutputError
from rolegraph.model.reference import Level
from rolegraph.model.roles import Focus
from rolegraph.model.taxonomy import Taxonomy
from rolegraph.records import fingerprint_folder, load_folder, write_jsonl
from rolegraph.records.merging.merge import merge_intake
from rolegraph.records.saving.blank import init_folder, make_dataset
from rolegraph.records.saving.graft import graft
from rolegraph.records.saving.save import LINES, save_folder
from rolegraph.resources import find_resource
from strategies import taxonomies

FIRST = focus(
    profile("P2", title="Baker", responsibilities=duties("Mixes the dough.", "Watches the oven."), aliases=("Miller",)),
    skills=uses("Kneading"),
)  # fmt: skip


def merge(
    before: Taxonomy, *focuses: Focus, skills: tuple[str, ...] = ("Kneading",), **fields: Any
) -> Taxonomy:
    return merge_intake(before, None, intake(*focuses, skills=skills, **fields), replace=True).taxonomy


def read_files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".rolegraph.lock"
    }


def change(taxonomy: Taxonomy, **parts: Any) -> Taxonomy:
    return Taxonomy(**{**{name: getattr(taxonomy, name) for name in Taxonomy.model_fields}, **parts})


# A folder that is made


@pytest.mark.parametrize("exists", [False, True])
def test_a_missing_or_empty_folder_is_made_in_one_go(tmp_path: Path, exists: bool) -> None:
    folder = tmp_path / "new" / "data"
    if exists:
        folder.mkdir(parents=True)
    after = merge(start(), FIRST)
    names = save_folder(folder, None, after, extra={"cells.csv": b"c\n", "codes.csv": b"k\n"})
    assert load_folder(folder).taxonomy == after
    assert list(names) == [
        "dataset.yaml", "levels.yaml", "functions.yaml", "skills.yaml",
        "editions/content@1.yaml", "editions/effort@1.yaml", "editions/experience@1.yaml", "editions/pay@1.yaml",
        "editions/structural@1.yaml",
        "codes.csv", f"focuses/{BREAD}.yaml", "cells.csv",
    ]  # fmt: skip
    assert set(read_files(folder)) == set(names)
    assert b"TO BE SET" in (folder / "dataset.yaml").read_bytes()
    assert b"# The functions of the organisation" in (folder / "functions.yaml").read_bytes()


def test_a_folder_with_data_is_not_made_over(tmp_path: Path) -> None:
    init_folder(tmp_path, make_dataset(day="2026-01-01"))
    before = read_files(tmp_path)
    with pytest.raises(OutputError, match="holds data already"):
        save_folder(tmp_path, None, merge(start(), FIRST))
    assert read_files(tmp_path) == before


def test_a_folder_that_was_initialised_takes_records_and_keeps_its_comments(tmp_path: Path) -> None:
    init_folder(tmp_path, make_dataset(day="2026-01-01"))
    old = read_files(tmp_path)
    before = load_folder(tmp_path).taxonomy
    after = merge(before, FIRST)
    names = save_folder(tmp_path, before, after)
    assert set(names) == {"functions.yaml", "skills.yaml", f"focuses/{BREAD}.yaml"}
    assert load_folder(tmp_path).taxonomy == after
    for name in ("functions.yaml", "skills.yaml"):
        text = (tmp_path / name).read_text()
        for line in old[name].decode().splitlines():
            assert line in text or line.endswith("{}")


# A folder that changes


def make_folder(folder: Path) -> Taxonomy:
    """A folder written by hand, in ways of its own."""
    save_folder(folder, None, merge(start(), FIRST))
    (folder / "functions.yaml").write_text(
        "# Ours.\nfunctions:\n  SALES: {}\n  BAKERY:   # the first one\n    label: 'Bakery'\n"
    )
    (folder / "focuses" / f"{BREAD}.yaml").write_text(
        textwrap.dedent(
            f"""\
            # All about bread.

            label: Bread
            focus: {BREAD}

            levels:
              # The bakers.
              P2:
                basis: documented
                aliases: ["Miller"]   # as they say in the south
                title: "Baker"        # on the contract
                responsibilities:
                  # First thing.
                  - Mixes the dough.
                  - Watches the oven.
            skills:
              kneading: {{}}
            """
        )
    )
    return load_folder(folder).taxonomy


def test_nothing_is_written_where_nothing_changes(tmp_path: Path) -> None:
    before = make_folder(tmp_path)
    old = read_files(tmp_path)
    assert save_folder(tmp_path, before, before, extra={"codes.csv": b"k\n"}) == ("codes.csv",)
    assert save_folder(tmp_path, before, before, extra={"codes.csv": b"k\n"}) == ()
    assert read_files(tmp_path) == {**old, "codes.csv": b"k\n"}


def test_a_change_changes_its_lines_alone(tmp_path: Path) -> None:
    before = make_folder(tmp_path)
    stated = focus(
        profile(
            "P2", title="Master baker", aliases=("Miller",),
            responsibilities=duties("Mixes the dough.", "Watches the ovens.", "Cleans."),
        ),
        profile("P3", title="Chief"),
        skills=uses("Icing", "Kneading"),
    )  # fmt: skip
    after = merge(before, stated, skills=("Icing", "Kneading"))
    assert set(save_folder(tmp_path, before, after)) == {"skills.yaml", f"focuses/{BREAD}.yaml"}
    assert load_folder(tmp_path).taxonomy == after
    held = after.profile_by_code[f"{BREAD}.P2"].responsibilities
    assert (tmp_path / "focuses" / f"{BREAD}.yaml").read_text() == textwrap.dedent(
        f"""\
        # All about bread.

        label: Bread
        focus: {BREAD}

        levels:
          # The bakers.
          P2:
            basis: documented
            aliases: ["Miller"]   # as they say in the south
            title: Master baker  # on the contract
            responsibilities:
              # First thing.
              - Mixes the dough.
              - id: {held[1].id}
                text: Watches the ovens.
              - id: {held[2].id}
                text: Cleans.
          P3:
            basis: documented
            title: Chief
        skills:
          kneading: {{}}
          icing: {{}}
        """
    )


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    make_folder(tmp_path)
    path = tmp_path / "focuses" / f"{BREAD}.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = load_folder(tmp_path).taxonomy
    after = merge(before, focus(profile("P2", title="Master baker")))
    old = path.read_bytes()
    save_folder(tmp_path, before, after)
    assert load_folder(tmp_path).taxonomy == after
    assert path.read_bytes() == old.replace(b'title: "Baker"        #', b"title: Master baker  #")


def test_the_lent_ladder_is_copied_only_when_it_changes(tmp_path: Path) -> None:
    before = make_folder(tmp_path)
    (tmp_path / "levels.yaml").unlink()
    shutil.rmtree(tmp_path / "editions")
    same = merge(before, focus(profile("P3")))
    save_folder(tmp_path, before, same)
    assert not (tmp_path / "levels.yaml").exists()
    assert not (tmp_path / "editions").exists()
    after = merge(same, levels=(Level(code="P2", name="Second baker"),))
    assert save_folder(tmp_path, same, after) == ("levels.yaml",)
    assert load_folder(tmp_path).taxonomy == after
    text = (tmp_path / "levels.yaml").read_text()
    lent = find_resource("data").joinpath("levels.yaml").read_text(encoding="utf-8")
    body = lent[lent.index("tracks:") :].splitlines()
    assert [line for line in body if line not in text.splitlines()] == ["    name: Developing Professional"]


def test_editions_of_ones_own_are_complete(tmp_path: Path) -> None:
    before = make_folder(tmp_path)
    shutil.rmtree(tmp_path / "editions")
    before = load_folder(tmp_path).taxonomy
    own = before.editions[0].model_copy(update={"code": "own@1"})
    after = change(before, editions=(*before.editions, own))
    assert len(save_folder(tmp_path, before, after)) == len(after.editions)
    assert load_folder(tmp_path).taxonomy == after


# JSON Lines


def test_many_new_focuses_go_to_one_file_and_are_changed_there(tmp_path: Path) -> None:
    many = [
        focus(profile("P1", focus=f"BAKERY.B{n}"), code=f"BAKERY.B{n}", label=f"Bread {n}")
        for n in range(600)
    ]
    after = merge(start(), *many)
    assert LINES in save_folder(tmp_path, None, after)
    assert [path.name for path in (tmp_path / "focuses").iterdir()] == ["roles.jsonl"]
    assert load_folder(tmp_path).taxonomy == after
    lines = (tmp_path / LINES).read_text().splitlines()
    renamed = focus(profile("P1", focus="BAKERY.B7"), code="BAKERY.B7", label="Rye")
    second = merge(after, renamed)
    assert save_folder(tmp_path, after, second) == (LINES,)
    assert load_folder(tmp_path).taxonomy == second
    new_lines = (tmp_path / LINES).read_text().splitlines()
    changed = [n for n, (old, new) in enumerate(zip(lines, new_lines, strict=True)) if old != new]
    assert [lines[n].split('"')[3] for n in changed] == ["BAKERY.B7"]


def test_lines_written_by_another_hand_keep_their_place(tmp_path: Path) -> None:
    before = make_folder(tmp_path)
    others = [focus(profile("P1", focus=f"BAKERY.{c}"), code=f"BAKERY.{c}", label=c) for c in "CAB"]
    first, second, third = (text.strip() for text in write_jsonl(others))
    moved = '{"label": "A", ' + second[1:].replace('"label":"A",', "") + "  "
    (tmp_path / "focuses" / "more.jsonl").write_text(f"{first}\n\n{moved}\n{third}")
    before = load_folder(tmp_path).taxonomy
    after = merge(before, focus(profile("P2", focus="BAKERY.A"), code="BAKERY.A", label="A"))
    new = focus(profile("P1", focus="BAKERY.D"), code="BAKERY.D", label="D")
    after = merge(after, new)
    assert save_folder(tmp_path, before, after) == ("focuses/more.jsonl", "focuses/BAKERY.D.yaml")
    assert load_folder(tmp_path).taxonomy == after
    lines = (tmp_path / "focuses" / "more.jsonl").read_text().splitlines()
    assert (lines[0], lines[2]) == (first, third)
    assert '"P2"' in lines[1]


def test_lines_or_files_can_be_asked_for(tmp_path: Path) -> None:
    after = merge(start(), FIRST)
    assert LINES in save_folder(tmp_path / "a", None, after, lines=True)
    assert f"focuses/{BREAD}.yaml" in save_folder(tmp_path / "b", None, after, lines=False)
    assert load_folder(tmp_path / "a").taxonomy == load_folder(tmp_path / "b").taxonomy == after


# What goes wrong


def test_a_folder_that_changed_since_it_was_read_is_refused(tmp_path: Path) -> None:
    before = make_folder(tmp_path)
    fingerprint = fingerprint_folder(tmp_path)
    after = merge(before, focus(profile("P2", title="Miller")))
    (tmp_path / "functions.yaml").write_text("functions:\n  BAKERY: {}\n  SALES: {}\n  NEW: {}\n")
    old = read_files(tmp_path)
    with pytest.raises(OutputError, match="changed since it was read"):
        save_folder(tmp_path, before, after, fingerprint=fingerprint)
    assert read_files(tmp_path) == old


def test_a_folder_that_another_run_holds_is_refused(tmp_path: Path) -> None:
    from filelock import FileLock

    before = make_folder(tmp_path)
    with (
        FileLock(tmp_path / ".rolegraph.lock"),
        pytest.raises(OutputError, match="another run is writing"),
    ):
        save_folder(tmp_path, before, merge(before, focus(profile("P3"))))


def test_a_missing_folder_or_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        save_folder(tmp_path / "file", None, start())
    with pytest.raises(OutputError, match="there is no folder"):
        save_folder(tmp_path / "gone", start(), start())


@pytest.mark.parametrize("after_files", range(1, 5))
def test_a_killed_run_is_known_and_what_it_left_can_be_finished(tmp_path: Path, after_files: int) -> None:
    before = make_folder(tmp_path)
    script = textwrap.dedent(
        f"""
        import os, signal
        from pathlib import Path
        import rolegraph.output
        from intakes import *
        from rolegraph.model.reference import Level
        from rolegraph.records import load_folder
        from rolegraph.records.merging.merge import merge_intake
        from rolegraph.records.saving.save import save_folder
        folder = Path({str(tmp_path)!r})
        before = load_folder(folder).taxonomy
        source = intake(
            focus(profile("P9", title="Miller"), skills=uses("Icing")),
            focus(profile("P9", focus="MILL.GEN"), code="MILL.GEN"),
            skills=("Icing",), levels=(Level(code="P9", name="Ninth"),),
            functions=(JobFunction(code="MILL"),),
        )
        after = merge_intake(before, None, source).taxonomy
        done, replace = 0, Path.replace
        def count(self, target):
            global done
            if done == {after_files}:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1
            return replace(self, target)
        Path.replace = count
        save_folder(folder, before, after)
        """
    )
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    run = subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": path}, check=False)
    assert run.returncode == -signal.SIGKILL
    with pytest.raises(InputError, match="folder-unfinished"):
        load_folder(tmp_path)
    held = load_folder(tmp_path, finishing=True).taxonomy
    assert held != before
    again = merge_intake(held, None, intake(focus(profile("P9", title="Miller")), levels=(Level(code="P9"),)))
    save_folder(tmp_path, held, again.taxonomy)
    assert load_folder(tmp_path).taxonomy == again.taxonomy
    assert [name for name in read_files(tmp_path) if name.endswith(".tmp")] == []


# Everything


@settings(max_examples=60)
@given(taxonomies(), taxonomies(), st.booleans())
def test_what_is_saved_is_loaded_again(one: Taxonomy, other: Taxonomy, lines: bool) -> None:
    # Releases are written with their graphs, by importing them alone.
    one, other = (taxonomy.replace_parts(releases=()) for taxonomy in (one, other))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        save_folder(folder, None, one, lines=lines)
        assert load_folder(folder).taxonomy == one
        save_folder(folder, one, other)
        assert load_folder(folder).taxonomy == other
        save_folder(folder, other, one)
        assert load_folder(folder).taxonomy == one


def test_a_bare_text_stays_bare_where_only_others_change() -> None:
    from rolegraph.model import codes

    def item(text: str) -> dict[str, Any]:
        return {"id": codes.text_id(text), "text": text}

    held = ["One.", {"text": "Two."}, {"id": "own", "text": "Three."}]
    before = [item("One."), item("Two."), {"id": "own", "text": "Three."}]
    after = [{"id": "own", "text": "3"}, item("Two."), item("Four."), item("One.")]
    assert graft(held, before, after) == [after[0], {"text": "Two."}, after[2], "One."]


def test_a_default_that_was_spelled_out_stays() -> None:
    assert graft({"inherited": "false", "low": "1"}, {"low": "1"}, {"low": "2"}) == {
        "inherited": "false",
        "low": "2",
    }
    assert graft({"inherited": "false"}, {}, {"inherited": "true"}) == {"inherited": "true"}


def test_loading_a_saved_folder_needs_nothing_else(tmp_path: Path) -> None:
    save_folder(tmp_path, None, merge(start(), focus(profile("P2", pay=pay(median=30000)))))
    (tmp_path / "skills.yaml").unlink()
    assert load_folder(tmp_path).taxonomy.focuses
    (tmp_path / "functions.yaml").unlink()
    with pytest.raises(InputError):
        load_folder(tmp_path)


def test_items_of_a_list_stay_as_they_were_written_where_another_changes() -> None:
    before = [{"scheme": "a", "code": "1", "assigned": ["x", "y"]}, {"scheme": "b", "code": "2", "tool": "t"}]
    held = [{"scheme": "b", "code": "2", "tool": "t"}, {"code": "1", "scheme": "a", "assigned": ["y", "x"]}]
    changed = {"scheme": "b", "code": "2", "author": "Ann"}
    new = {"scheme": "c", "code": "3"}
    assert graft(held, before, [before[0], changed, new]) == [changed, new, held[1]]
    assert graft(held, before, [{**before[0], "day": "d"}, before[1]]) == [held[0], {**held[1], "day": "d"}]
    assert graft(["c", "a"], ["a", "c"], ["a", "b", "c"]) == ["c", "a", "b"]
    assert graft(["c", "a"], ["a", "c"], ["c", "b", "a"]) == ["c", "b", "a"]
