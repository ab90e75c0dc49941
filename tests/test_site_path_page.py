"""The page of paths in a real browser: ends chosen, constraints set, what is found, and the address that asks for it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from browser import PHONE, Site, Visits
from rolegraph import Architecture
from rolegraph.cli.main import cli

if TYPE_CHECKING:
    from playwright.sync_api import Page

FROM, TO = "PROCES.UPSTREAMDF5B.P1", "MANUFA.BIOPROCE4427.M3"
ENDS = f"path.html?from={FROM}&to={TO}"


def wait_told(page: Page, text: str) -> str:
    page.wait_for_function("text => document.getElementById('told').textContent.includes(text)", arg=text)
    return page.inner_text("#told")


def read_stops(page: Page, path: str = "way-1") -> list[str]:
    return page.locator(f"#{path} .strip .code").all_inner_texts()


def choose(page: Page, field: str, text: str) -> None:
    """Types into a field and takes the first that is offered, by the keyboard alone."""
    page.focus(f"#{field}")
    page.keyboard.type(text)
    page.wait_for_selector(f"#{field}[aria-expanded=true]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def run_command(page: Page) -> Any:
    """What the command line answers to the line that the page gives."""
    line = shlex.split(page.inner_text("#command"))
    assert line[0] == "rolegraph"
    return CliRunner().invoke(cli, [*line[1:], "--format", "json"])


def test_a_path_is_planned_by_the_keyboard_and_stands_in_the_address(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, "path.html")
    wait_told(page, "begins and where it ends")
    choose(page, "from", FROM)
    wait_told(page, "Choose where the path ends")
    choose(page, "to", TO)
    assert "cost 2.2114" in wait_told(page, "1 path from")
    assert page.url.endswith(ENDS)
    stops = read_stops(page)
    page.select_option("#k", "3")
    wait_told(page, "3 paths")
    assert page.url.endswith(f"{ENDS}&k=3")
    assert read_stops(page) == stops
    page.go_back()
    wait_told(page, "1 path from")
    assert page.locator("#k").input_value() == "1"
    page.go_back()
    wait_told(page, "Choose where the path ends")
    assert page.locator("#answer").is_hidden()
    page.go_forward()
    wait_told(page, "1 path from")
    assert read_stops(page) == stops


def test_the_page_and_its_command_give_the_same_paths(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, f"{ENDS}&k=3&by=moves&max-jump=2&avoid=MANUFA3&any-rung=yes&edition=structural@1")
    wait_told(page, "paths from")
    result = run_command(page)
    assert result.exit_code == 0, result.output
    jobs = Architecture()
    expected = jobs.path(FROM, TO, k=3, by="moves", max_jump=2, avoid=["MANUFA3"], edition="structural@1")
    for number, path in enumerate(expected.paths, 1):
        assert f"{path.cost:.4f}" in page.inner_text(f"#way-{number} .totals")
        assert read_stops(page, f"way-{number}") == [FROM, *(move.destination for move in path.moves)]
        assert [move.destination for move in path.moves][-1] in result.stdout
    assert page.inner_text("#limits-count") == "3 are set"


def test_every_move_is_explained_where_it_is_opened(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, ENDS, window=PHONE)
    wait_told(page, "1 path from")
    [path] = Architecture().path(FROM, TO).paths
    page.get_by_role("button", name="Open all moves").click()
    for fold, move in zip(page.locator("#way-1 details.move").all(), path.moves, strict=True):
        told = fold.inner_text()
        assert all(text in told for text in (*move.changes, *move.gain, *move.keep, *move.evidence))
        assert f"{move.distance:.4f} by experience@1" in told
    assert page.get_by_role("button", name="Close all moves").is_visible()
    target = page.locator("#way-1 .stop a").last.get_attribute("href")
    assert target is not None
    assert target.endswith(f"profile/{TO}.html")


def test_step_downs_are_read_where_they_are_allowed(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, f"path.html?from={TO}&to=MANUFA.BIOPROCE4427.M2&no=step-down")
    wait_told(page, "No path leads from")
    page.locator("#limits").evaluate("fold => { fold.open = true; }")
    page.uncheck("#no-step-down")
    told = wait_told(page, "If moves to a lower level are allowed the best path takes")
    assert "--" not in told + page.inner_text("#answer")
    assert page.inner_text("#miss h2").endswith("if moves to a lower level are allowed")
    page.get_by_role("link", name="Plan it that way").click()
    wait_told(page, "1 path from")
    assert "allow-step-down=yes" in page.url
    assert page.is_checked("#allow-step-down")
    assert "step-down" in page.inner_text("#way-1 .strip")
    assert "no further years" in page.inner_text("#told")
    assert "no further years" in CliRunner().invoke(cli, shlex.split(page.inner_text("#command"))[1:]).stdout


WRONG = {
    f"from={FROM}&to=NO.SUCH.P1": "there is no profile or focus 'NO.SUCH.P1'",
    f"from={FROM}&to=NO.SUCH,{TO}": "there is no profile or focus 'NO.SUCH'",
    f"from={FROM}&to={TO}&via=nowhere": "there is no function, focus or profile 'nowhere'",
    f"from={FROM}&to={TO}&avoid={TO}": "“no move into” excludes the destination",
    f"from={FROM}&to={TO}&max-moves=-3": "“moves at most” is -3; give 0 or more",
    f"from={FROM}&to={TO}&by=luck": "there is no objective luck",
    f"from={FROM}&to={TO}&k=1000": "“paths at most” is 1000",
    f"from={FROM}&to={TO}&edition=no@1": "there is no edition 'no@1'",
    f"from={FROM}&to=%3Cimg src=x onerror=alert(1)%3E": "there is no profile or focus '<img",
    f"from={FROM}&to={FROM}": "Origin and destination are one",
}


def test_what_cannot_be_answered_is_told_in_words(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, "path.html")
    for asked, told in WRONG.items():
        page.evaluate(
            "asked => { history.pushState(null, '', asked); dispatchEvent(new PopStateEvent('popstate')); }",
            f"?{asked}",
        )
        wait_told(page, told)
        assert page.locator("#path").get_attribute("aria-busy") is None


def test_the_example_has_a_path_to_another_focus(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, "path.html")
    page.locator("#example a").click()
    wait_told(page, "paths from")
    result = run_command(page)
    assert result.exit_code == 0, result.output
    stops = read_stops(page)
    assert stops[0].rpartition(".")[0] != stops[-1].rpartition(".")[0]


def test_ends_are_called_by_their_titles_as_in_the_command(in_folder: Site, visit: Visits) -> None:
    page = visit(
        in_folder,
        "path.html?from=upstream process development - p1&to=bioprocess manufacturing (upstream/downstream) — M3",
    )
    assert "cost 2.2114" in wait_told(page, "1 path from")
    assert read_stops(page)[0] == FROM
    assert page.inner_text("#command") == f"rolegraph path {FROM} {TO}"


def test_an_end_that_is_no_use_stays_until_it_is_removed_or_replaced(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, f"path.html?from=NOPE&to={TO},MANUFA")
    wait_told(page, "there is no profile or focus 'NOPE'; MANUFA is a function")
    told = page.locator(".chosen-not .chosen-one").all_inner_texts()
    assert [" ".join(text.split()) for text in told] == ["NOPE not found ×", "MANUFA not clear ×"]
    page.locator("#mend a", has_text="MANUFA.MANUFACTF950").click()
    wait_told(page, "'NOPE'.")
    assert page.url.endswith(f"?from=NOPE&to={TO},MANUFA.MANUFACTF950")
    page.get_by_role("button", name="Take out NOPE").click()
    wait_told(page, "Choose where the path begins.")
    assert page.url.endswith(f"?to={TO},MANUFA.MANUFACTF950")
    page.go_back()
    wait_told(page, "'NOPE'.")
    choose(page, "from", FROM)
    wait_told(page, "1 path from")
    assert page.locator(".chosen-not .chosen-one").count() == 0


def test_skills_to_gain_are_counted_once_and_the_command_s_years_are_told(
    in_folder: Site, visit: Visits
) -> None:
    page = visit(in_folder, f"{ENDS}&k=3", window=PHONE)
    assert "typically 6 to 12 years" in wait_told(page, "3 paths from")
    paths = Architecture().path(FROM, TO, k=3).paths
    rows = page.locator(".side-table tbody tr").all()
    for row, path in zip(rows, paths, strict=True):
        gain = {skill for move in path.moves for skill in move.gain}
        cells = row.locator("th, td").all_inner_texts()
        assert cells[1:5] == [str(len(path.moves)), f"{path.cost:.4f}", "6 to 12", str(len(gain))]
    # The numbers are in the window before anybody scrolls.
    assert page.evaluate(
        "[...document.querySelectorAll('.side-table .number')].every((cell) => cell.getBoundingClientRect().right <= innerWidth)"
    )


def test_paper_has_the_ends_and_every_move_open(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, f"{ENDS}&max-moves=5")
    wait_told(page, "1 path from")
    folds = page.locator("#answer details")
    assert folds.count() > page.locator("#answer details[open]").count() == 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#answer details[open]").count() == folds.count()
    told = page.inner_text("#answer")
    assert f"({FROM}) to" in told
    assert f"({TO})." in told
    assert "“at most 5 moves”" in told
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#answer details[open]").count() == 0


def test_without_scripts_the_page_says_what_to_do(in_folder: Site, visit: Visits) -> None:
    page = visit(in_folder, "path.html", scripts=False)
    assert "needs scripts" in page.inner_text("main")
    assert "rolegraph path " in page.inner_text("main")
