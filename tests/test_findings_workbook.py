"""The user's workbook comes back as a copy with its findings, and nothing else of it changes."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from click import unstyle
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from rolegraph.answers import Finding, Validation
from rolegraph.architecture import Architecture, report_problems
from rolegraph.cli.main import run
from rolegraph.errors import InputError, Place, Problem, RequestError
from rolegraph.plain import to_plain
from rolegraph.report.sheets import describe_validation
from rolegraph.report.tables import to_rows
from rolegraph.report.workbook.copy import Copy, make_copy
from rolegraph.validate.sarif import to_sarif

SMALL = Path(__file__).parent / "fixtures" / "small"
HEADER = "kind,code,path,file,sheet,row,columns\n"
COLOURS = {"violation": "FFF4B6B0", "warning": "FFFFE08A", "info": "FFCFE2F8"}


def make_finding(cell: str | None, severity: str = "warning", message: str = "Wrong.") -> Finding:
    return Finding(severity, "a-rule", "data/X.yaml", 14, "A.B.P1", message, "Mend it.", cell)  # type: ignore[arg-type]


def make_workbook(path: Path) -> None:
    """A workbook with what such workbooks have: formats, a formula, merged cells, a comment, a chart, names."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Roles"
    for row in range(1, 8):
        for column in range(1, 6):
            sheet.cell(row, column, f"{row}/{column}")
    sheet["F3"] = "=1+1"
    sheet["B2"].font = Font(bold=True)
    sheet["B2"].number_format = "0.00"
    sheet["B2"].comment = Comment("Mine.", "Ann")
    sheet["B4"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet.merge_cells("C5:D6")
    sheet.column_dimensions["B"].width = 33
    other = book.create_sheet("Key skills")
    other["A1"] = 3
    other.print_title_rows = "1:1"
    chart = BarChart()
    chart.add_data(Reference(other, min_col=1, min_row=1, max_row=1))
    other.add_chart(chart, "D4")
    book.create_sheet("Findings")["A1"] = "of another tool"
    book.defined_names["first"] = DefinedName("first", attr_text="Roles!$A$1")
    book.active = 1
    book.save(path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in with the workbook, and beside it a data folder that was imported from it."""
    monkeypatch.chdir(tmp_path)
    make_workbook(tmp_path / "roles.xlsx")
    data = tmp_path / "data"
    data.mkdir()
    (data / "cells.csv").write_text(HEADER + "focus,A.B,,roles.xlsx,Roles,2,label=B\n", encoding="utf-8")
    return data


def read_parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def write_parts(path: str, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)


def keep_hash(folder: Path, file: str = "roles.xlsx", name: str = "roles.xlsx") -> None:
    """Write down that the table of this name was imported with the bytes that a file has now."""
    digest = hashlib.sha256(Path(file).read_bytes()).hexdigest()
    (folder / "tables.csv").write_text(f"file,sha256\n{name},{digest}\n", encoding="utf-8")


def copy_with(
    folder: Path, *findings: Finding, output: str = "out.xlsx", workbook: str | None = None
) -> Copy:
    answer = Validation(all(f.severity != "violation" for f in findings), findings)
    return make_copy(answer, [folder], Path(output), None if workbook is None else Path(workbook))


def open_book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def list_marked(sheet: openpyxl.worksheet.worksheet.Worksheet) -> dict[str, str]:
    return {
        cell.coordinate: cell.fill.fgColor.rgb
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type
    }


def test_sheet_of_findings_comes_first_and_lists_each_with_a_link(folder: Path) -> None:
    found = make_finding("roles.xlsx Roles!B2", "violation"), make_finding(None, "info", "Absent.")
    book = open_book(copy_with(folder, *found).data)
    assert book.sheetnames == ["Findings 2", "Roles", "Key skills", "Findings"]
    sheet = book["Findings 2"]
    assert book.active is sheet
    assert [[cell.value for cell in row] for row in sheet] == [
        ["Severity", "Rule", "Sheet", "Cell", "Subject", "Message", "Remedy", "File", "Line"],
        ["violation", "a-rule", "Roles", "B2", "A.B.P1", "Wrong.", "Mend it.", "data/X.yaml", 14],
        ["info", "a-rule", None, None, "A.B.P1", "Absent.", "Mend it.", "data/X.yaml", 14],
    ]
    assert sheet["D2"].hyperlink.location == "'Roles'!B2"
    assert sheet["D3"].hyperlink is None
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:I3")
    assert sheet["F2"].alignment.wrap_text
    assert sheet["A2"].fill.fgColor.rgb == COLOURS["violation"]
    assert sheet.column_dimensions["F"].width == 60


def test_what_is_about_a_cell_comes_first_in_its_severity(folder: Path) -> None:
    found = [
        make_finding(None, "violation", "1"), make_finding(None, "warning", "2"),
        make_finding("roles.xlsx Roles!B2", "warning", "3"), make_finding(None, "info", "4"),
        make_finding("roles.xlsx Roles!A3", "info", "5"), make_finding("roles.xlsx Roles!A3", "warning", "6"),
    ]  # fmt: skip
    sheet = open_book(copy_with(folder, *found).data)["Findings 2"]
    assert [row[5] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["1", "3", "6", "2", "5", "4"]
    links = [sheet.cell(row, 4).hyperlink for row in range(2, 8)]
    assert [link and link.location for link in links] == [
        None, "'Roles'!B2", "'Roles'!A3", None, "'Roles'!A3", None,
    ]  # fmt: skip
    assert [sheet.cell(row, 1).fill.fgColor.rgb for row in range(2, 8)] == [
        COLOURS[severity] for severity in ("violation", "warning", "warning", "warning", "info", "info")
    ]


def test_what_is_merely_absent_marks_no_cell(folder: Path) -> None:
    found = (
        make_finding("roles.xlsx Roles!A3", "info"), make_finding("roles.xlsx Roles!A4", "info", "Absent."),
        make_finding("roles.xlsx Roles!A4", "warning"),
    )  # fmt: skip
    book = open_book(copy_with(folder, *found).data)
    assert list_marked(book["Roles"]) == {"A4": COLOURS["warning"], "B4": "FF00FF00"}
    assert book["Roles"]["A3"].comment is None
    comment = book["Roles"]["A4"].comment
    assert comment is not None
    assert "info: Absent." in comment.text


def test_cells_of_one_format_that_are_marked_alike_keep_the_rest_of_it(folder: Path) -> None:
    book = openpyxl.load_workbook("roles.xlsx")
    for cell in ("A2", "A3", "A4"):
        book["Roles"][cell].font = Font(italic=True)
    book.save("roles.xlsx")
    cells = (("A2", "warning"), ("A3", "warning"), ("A4", "violation"), ("A5", "warning"))
    found = [make_finding(f"roles.xlsx Roles!{cell}", severity) for cell, severity in cells]
    sheet = open_book(copy_with(folder, *found).data)["Roles"]
    assert list_marked(sheet) == {"B4": "FF00FF00", **{cell: COLOURS[severity] for cell, severity in cells}}
    assert [sheet[cell].font.italic for cell, _ in cells] == [True, True, True, False]
    assert not sheet["A6"].fill.fill_type


def test_a_workbook_that_changed_since_its_import_is_refused(folder: Path) -> None:
    keep_hash(folder)
    found = make_finding("roles.xlsx Roles!B2")
    assert not [note for note in copy_with(folder, found).notes if "import" in note]
    shutil.copy("roles.xlsx", "kept.xlsx")
    book = openpyxl.load_workbook("roles.xlsx")
    book["Roles"].insert_rows(2)
    book.save("roles.xlsx")
    with pytest.raises(RequestError) as caught:
        copy_with(folder, found)
    assert str(caught.value).startswith("roles.xlsx changed since it was imported, so cells may have moved;")
    assert "rolegraph import table roles.xlsx --map MAP" in str(caught.value)
    assert "--workbook" in str(caught.value)
    with pytest.raises(RequestError, match=r"roles\.xlsx changed since it was imported"):
        copy_with(folder, found, workbook="roles.xlsx")
    assert "B2" in list_marked(open_book(copy_with(folder, found, workbook="kept.xlsx").data)["Roles"])
    shutil.copy("roles.xlsx", "other.xlsx")
    with pytest.raises(
        RequestError, match=r"other\.xlsx is not roles\.xlsx as it was imported.*--as roles\.xlsx"
    ):
        copy_with(folder, found, workbook="other.xlsx")


def test_of_a_folder_that_keeps_no_hashes_it_is_told(folder: Path) -> None:
    [note] = [note for note in copy_with(folder).notes if "not known" in note]
    assert "data was imported from roles.xlsx before" in note
    (folder / "tables.csv").write_text("file,sha256\nroles.xlsx,12\n", encoding="utf-8")
    with pytest.raises(RequestError, match=r"tables\.csv:2"):
        copy_with(folder)


def test_of_several_tables_a_renamed_one_is_known_by_its_bytes(folder: Path) -> None:
    with (folder / "cells.csv").open("a", encoding="utf-8") as file:
        file.write("focus,A.C,,more.xlsx,Roles,2,label=B\n")
    Path("roles.xlsx").rename("renamed.xlsx")
    keep_hash(folder, "renamed.xlsx")
    found = make_finding("roles.xlsx Roles!A3"), make_finding("more.xlsx Roles!A5")
    book = open_book(copy_with(folder, *found, workbook="renamed.xlsx").data)
    assert set(list_marked(book["Roles"])) == {"A3", "B4"}


def list_selected(data: bytes) -> list[str]:
    """The sheets that the file itself says are selected: programs that read it may put that right."""
    return [
        name
        for name, part in read_parts(data).items()
        if "/sheet" in name and re.search(rb'tabSelected="(1|true)"', part)
    ]


def test_only_the_first_sheet_is_selected(folder: Path) -> None:
    parts = read_parts(Path("roles.xlsx").read_bytes())
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        sheet = re.sub(rb' tabSelected="[^"]*"', b"", parts[name])
        parts[name] = sheet.replace(b"<sheetView ", b'<sheetView tabSelected="1" ')
    write_parts("roles.xlsx", parts)
    assert len(list_selected(Path("roles.xlsx").read_bytes())) == 2
    copy = copy_with(folder).data
    assert len(list_selected(copy)) == 1
    assert open_book(copy).active.title == "Findings 2"  # type: ignore[union-attr]


def test_cells_are_filled_by_the_worst_and_commented_with_all(folder: Path) -> None:
    book = open_book(
        copy_with(
            folder,
            make_finding("roles.xlsx Roles!A3", "violation", "First."),
            make_finding("roles.xlsx 'Key skills'!A1", "warning"),
            make_finding("roles.xlsx Roles!A3", "info", "Second."),
        ).data
    )
    assert list_marked(book["Roles"]) == {"A3": COLOURS["violation"], "B4": "FF00FF00"}
    assert list_marked(book["Key skills"]) == {"A1": COLOURS["warning"]}
    comment = book["Roles"]["A3"].comment
    assert comment is not None
    assert comment.author == "rolegraph"
    assert comment.text.index("violation: First.") < comment.text.index("info: Second.")
    assert "-> Mend it." in comment.text
    assert comment.height
    assert comment.width


def test_a_comment_of_the_user_stays_above_ours(folder: Path) -> None:
    comment = open_book(copy_with(folder, make_finding("roles.xlsx Roles!B2")).data)["Roles"]["B2"].comment
    assert comment is not None
    assert comment.author == "Ann"
    assert comment.text.startswith("Mine.\n\nwarning: Wrong.")


def test_cells_that_are_not_there_and_merged_ones_are_marked_where_it_is_seen(folder: Path) -> None:
    cells = "G3", "A40", "D6", "ZZ8"
    marked = list_marked(
        open_book(copy_with(folder, *(make_finding(f"roles.xlsx Roles!{c}") for c in cells)).data)["Roles"]
    )
    assert set(marked) == {"B4", "G3", "A40", "C5", "ZZ8"}


def describe_book(book: openpyxl.Workbook, marked: set[tuple[str, str]]) -> dict[str, object]:
    """Everything that a workbook says, but for our sheet and the fill and comment of marked cells."""
    told: dict[str, object] = {"names": {n: d.attr_text for n, d in book.defined_names.items()}}
    for sheet in book:
        if sheet.title == "Findings 2":
            continue
        told[sheet.title] = (
            {str(area) for area in sheet.merged_cells.ranges},
            {name: size.width for name, size in sheet.column_dimensions.items()},
            sheet.print_title_rows,
            len(sheet._charts),
        )
        for row in sheet.iter_rows():
            for cell in row:
                shown = [cell.value, cell.number_format, cell.font, cell.border, cell.alignment]
                if (sheet.title, cell.coordinate) not in marked:
                    shown += [cell.fill, cell.comment and cell.comment.text]
                told[f"{sheet.title}!{cell.coordinate}"] = [repr(part) for part in shown]
    return told


def test_nothing_else_of_the_workbook_changes(folder: Path) -> None:
    original = Path("roles.xlsx").read_bytes()
    copy = copy_with(folder, make_finding("roles.xlsx Roles!B2"), make_finding("roles.xlsx Roles!F3")).data
    marked = {("Roles", "B2"), ("Roles", "F3")}
    assert describe_book(open_book(copy), marked) == describe_book(open_book(original), marked)
    assert Path("roles.xlsx").read_bytes() == original


def test_formulas_stay_and_are_calculated_when_the_copy_is_opened(folder: Path) -> None:
    copy = copy_with(folder, make_finding("roles.xlsx Roles!F3"))
    book = open_book(copy.data)
    assert (book["Roles"]["F3"].value, book["Roles"]["F3"].data_type) == ("=1+1", "f")
    assert book.calculation.fullCalcOnLoad
    assert "formulas show their values when a spreadsheet program has calculated them" in copy.notes[-1]


def test_what_the_copy_lacks_is_told_in_one_note(folder: Path) -> None:
    plain = openpyxl.Workbook()
    plain.active.title = "Roles"  # type: ignore[union-attr]
    plain.save("plain.xlsx")
    keep_hash(folder, "plain.xlsx")
    assert copy_with(folder, workbook="plain.xlsx").notes == ()
    keep_hash(folder)
    [note] = copy_with(folder).notes
    assert note.startswith("charts are drawn anew and may look plainer; formulas show")
    parts = read_parts(Path("roles.xlsx").read_bytes())
    parts["xl/media/image1.png"] = b"\x89PNG"
    parts["xl/charts/chartEx1.xml"] = parts["customXml/item1.xml"] = b"<a/>"
    parts["_xmlsignatures/sig1.xml"] = b"<a/>"
    sheet = parts["xl/worksheets/sheet1.xml"]
    sparklines = b'<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"/></extLst></worksheet>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</worksheet>", sparklines)
    write_parts("roles.xlsx", parts)
    keep_hash(folder)
    [note] = copy_with(folder).notes
    assert note.startswith(
        "the copy has not all charts, no pictures, no digital signature, no custom XML and no sparklines; charts"
    )


def test_texts_of_the_workbook_stay_as_they_are(folder: Path) -> None:
    """What looks like a formula but is a text, and a text with several formats."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    book = openpyxl.load_workbook("roles.xlsx")
    rich = CellRichText(["one ", TextBlock(InlineFont(b=True), "two "), " three"])
    sheet = book["Roles"]
    sheet["A2"].value, sheet["A2"].data_type, sheet["A3"].value = "=1+1", "s", rich
    book.save("roles.xlsx")
    cells = make_finding("roles.xlsx Roles!A2"), make_finding("roles.xlsx Roles!A3")
    data = copy_with(folder, *cells).data
    sheet = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)["Roles"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["A3"].value == rich


def test_an_empty_cell_keeps_the_format_of_its_column(folder: Path) -> None:
    book = openpyxl.load_workbook("roles.xlsx")
    book["Roles"].column_dimensions["H"].number_format = "@"
    book.save("roles.xlsx")
    sheet = open_book(copy_with(folder, make_finding("roles.xlsx Roles!H9")).data)["Roles"]
    assert (sheet["H9"].number_format, list_marked(sheet)["H9"]) == ("@", COLOURS["warning"])


def test_a_number_that_is_no_date_is_told(folder: Path) -> None:
    book = openpyxl.load_workbook("roles.xlsx")
    book["Roles"]["A2"].value, book["Roles"]["A2"].number_format = 10**12, "yyyy-mm-dd"
    book.save("roles.xlsx")
    keep_hash(folder)
    assert copy_with(folder).notes[0].startswith("1 cell holds a number that is no date")


def test_the_library_is_loaded_only_when_a_copy_is_made() -> None:
    code = "import sys, rolegraph.report.workbook.copy; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_second_program_reads_the_copy(folder: Path) -> None:
    data = copy_with(folder, make_finding("roles.xlsx Roles!A40", "violation")).data
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["Findings 2", "Roles", "Key skills", "Findings"]
    assert book.get_sheet_by_name("Findings 2").to_python()[1][:4] == ["violation", "a-rule", "Roles", "A40"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /c calc'!A1"])
def test_texts_never_become_formulas(folder: Path, text: str) -> None:
    Path("roles.csv").write_text(f"title,note\n{text},plain\n", encoding="utf-8")
    (folder / "cells.csv").write_text(HEADER + "focus,A.B,,roles.csv,,2,label=A\n", encoding="utf-8")
    book = open_book(copy_with(folder, make_finding("roles.csv A2", message=text)).data)
    for cell in (book["Findings"]["F2"], book["roles"]["A2"]):
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_a_table_in_text_becomes_a_workbook(folder: Path) -> None:
    text = 'id;title\n007;"two\nlines"\n\n3,5;é\n'
    Path("my roles.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (folder / "cells.csv").write_text(HEADER + "focus,A.B,,my roles.csv,,4,label=B\n", encoding="utf-8")
    book = open_book(copy_with(folder, make_finding("my roles.csv B4")).data)
    assert book.sheetnames == ["Findings", "my roles"]
    assert [[cell.value for cell in row] for row in book["my roles"]] == [
        ["id", "title"],
        ["007", "two\nlines"],
        [None, None],
        ["3,5", "é"],
    ]
    assert list_marked(book["my roles"]) == {"B4": COLOURS["warning"]}
    assert book["Findings"]["D2"].hyperlink.location == "'my roles'!B4"


def test_data_that_was_not_imported_gives_the_findings_alone(tmp_path: Path) -> None:
    book = open_book(copy_with(tmp_path, make_finding(None)).data)
    assert book.sheetnames == ["Findings"]
    assert book["Findings"]["F2"].value == "Wrong."
    empty = open_book(copy_with(tmp_path).data)["Findings"]
    assert empty["A2"].value == "No findings."


def test_the_same_gives_the_same_bytes(folder: Path) -> None:
    found = make_finding("roles.xlsx Roles!B2"), make_finding("roles.xlsx Roles!A40", "violation")
    data = copy_with(folder, *found).data
    assert copy_with(folder, *found).data == data
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_copy_bears_no_time_of_its_own(folder: Path) -> None:
    parts = read_parts(Path("roles.xlsx").read_bytes())
    name = "docProps/core.xml"
    parts[name] = re.sub(rb"\d{4}-\d\d-\d\d(?=T)", b"2001-02-03", parts[name])
    write_parts("roles.xlsx", parts)
    kept = open_book(copy_with(folder).data).properties
    assert [day.date().isoformat() for day in (kept.created, kept.modified)] == ["2001-02-03"] * 2
    parts[name] = re.sub(rb"<dcterms:(created|modified).*?</dcterms:\1>", b"", parts[name])
    write_parts("roles.xlsx", parts)
    Path("roles.csv").write_text("title\n", encoding="utf-8")
    for table in ("roles.xlsx", "roles.csv"):
        properties = open_book(copy_with(folder, workbook=table).data).properties
        assert properties.created == properties.modified == datetime(1980, 1, 1)  # noqa: DTZ001  # as workbooks state it


def test_macros_are_kept_under_their_own_ending(folder: Path) -> None:
    parts = read_parts(Path("roles.xlsx").read_bytes())
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    parts["xl/vbaProject.bin"] = b"\x00macros"
    write_parts("macros.xlsm", parts)
    with pytest.raises(RequestError, match=r"must end in \.xlsm because it keeps the macros"):
        copy_with(folder, workbook="macros.xlsm")
    copy = copy_with(folder, make_finding("roles.xlsx Roles!B2"), workbook="macros.xlsm", output="out.xlsm")
    assert read_parts(copy.data)["xl/vbaProject.bin"] == b"\x00macros"


def test_prefixed_xml_is_edited_too(folder: Path) -> None:
    """Some programs write every element with a prefix."""
    parts = read_parts(Path("roles.xlsx").read_bytes())
    for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "xl/comments/comment1.xml"):
        text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", parts[name].decode())
        parts[name] = text.replace("xmlns=", "xmlns:x=", 1).encode()
    write_parts("roles.xlsx", parts)
    cells = "B2", "A3", "A40", "G3"
    book = open_book(copy_with(folder, *(make_finding(f"roles.xlsx Roles!{c}") for c in cells)).data)
    assert set(list_marked(book["Roles"])) == {*cells, "B4"}
    assert all(book["Roles"][c].comment is not None for c in cells)


def test_bare_rows_are_edited(folder: Path) -> None:
    """Rows and cells need no numbers, and a sheet may be without any row."""
    parts = read_parts(Path("roles.xlsx").read_bytes())
    name = "xl/worksheets/sheet1.xml"
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    parts[name] = (
        start
        + b"<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row spans='1:1'/></sheetData></worksheet>"
    )
    write_parts("roles.xlsx", parts)
    cells = "A1", "C1", "B2", "A3"
    sheet = open_book(copy_with(folder, *(make_finding(f"roles.xlsx Roles!{c}") for c in cells)).data)[
        "Roles"
    ]
    assert set(list_marked(sheet)) == set(cells)
    assert (sheet["A1"].value, sheet["B1"].value) == (1, 2)
    parts[name] = start + b"<sheetData/></worksheet>"
    write_parts("roles.xlsx", parts)
    sheet = open_book(copy_with(folder, make_finding("roles.xlsx Roles!B2")).data)["Roles"]
    assert set(list_marked(sheet)) == {"B2"}


def test_long_messages_and_control_characters_fit_into_a_cell(folder: Path) -> None:
    long = "x" * 40_000
    book = open_book(
        copy_with(
            folder,
            make_finding("roles.xlsx Roles!A3", message=long),
            make_finding("roles.xlsx Roles!A4", message="a\x07b & <c>"),
        ).data
    )
    sheet = book["Findings 2"]
    assert len(sheet["F2"].value) == 32_767
    assert sheet["F2"].value.endswith("x…")
    assert sheet["F3"].value == "a\\x07b & <c>"
    comment = book["Roles"]["A3"].comment
    assert comment is not None
    assert len(comment.text) <= 32_767


def test_a_sheet_that_is_not_there_is_told(folder: Path) -> None:
    copy = copy_with(folder, make_finding("roles.xlsx Gone!A1"))
    assert [note for note in copy.notes if "no sheet 'Gone'" in note]
    row = [cell.value for cell in open_book(copy.data)["Findings 2"][2]]
    assert row[2:4] == ["Gone", "A1"]


def test_the_table_is_looked_for_here_then_in_the_data_folder(folder: Path) -> None:
    Path("roles.xlsx").rename(folder / "roles.xlsx")
    assert "Roles" in open_book(copy_with(folder, make_finding("roles.xlsx Roles!B2")).data).sheetnames
    (folder / "roles.xlsx").rename("renamed.xlsx")
    with pytest.raises(RequestError, match=r"roles\.xlsx .*is not in the current folder.*--workbook"):
        copy_with(folder, make_finding("roles.xlsx Roles!B2"))
    found = copy_with(folder, make_finding("roles.xlsx Roles!B2"), workbook="renamed.xlsx")
    assert "B2" in list_marked(open_book(found.data)["Roles"])


def test_of_several_tables_one_must_be_named(folder: Path) -> None:
    make_workbook(Path("more.xlsx"))
    with (folder / "cells.csv").open("a", encoding="utf-8") as file:
        file.write("focus,A.C,,more.xlsx,Roles,2,label=B\n")
    found = make_finding("roles.xlsx Roles!A3"), make_finding("more.xlsx Roles!A4")
    with pytest.raises(RequestError, match=r"several tables \(more\.xlsx, roles\.xlsx\).*--workbook"):
        copy_with(folder, *found)
    book = open_book(copy_with(folder, *found, workbook="more.xlsx").data)
    assert set(list_marked(book["Roles"])) == {"A4", "B4"}
    assert book["Findings 2"]["C2"].value == "roles.xlsx Roles"
    shutil.copy("more.xlsx", "third.xlsx")
    with pytest.raises(RequestError, match="is none of them"):
        copy_with(folder, *found, workbook="third.xlsx")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("roles.xlsx", b"PK\x03\x04 cut off", "no XLSX workbook"),
        ("roles.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest", "password"),
        ("roles.csv", b"title\n\xff\xfe\xfa\n", "CSV UTF-8"),
    ],
)
def test_what_cannot_be_copied_is_refused_with_a_remedy(
    folder: Path, name: str, content: bytes, reason: str
) -> None:
    Path(name).write_bytes(content)
    with pytest.raises(RequestError, match=reason):
        copy_with(folder, workbook=name)


def test_a_document_type_is_refused(folder: Path) -> None:
    parts = read_parts(Path("roles.xlsx").read_bytes())
    book = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + book
    write_parts("roles.xlsx", parts)
    with pytest.raises(RequestError, match="document type"):
        copy_with(folder)


@pytest.mark.parametrize(
    ("part", "old", "new", "reason"),
    [
        (
            "xl/workbook.xml",
            b"schemas.openxmlformats.org/spreadsheetml/2006",
            b"purl.oclc.org/ooxml",
            "Strict",
        ),
        ("[Content_Types].xml", b"sheet.main+xml", b"template.main+xml", "template"),
        ("xl/workbook.xml", b"<sheets>", b"<sheets><", "save it anew"),
        ("xl/workbook.xml", b"<sheets>", b"<sheets>" + b" " * 20_000_000, "unpack to"),
    ],
)
def test_workbooks_of_other_kinds_are_refused(
    folder: Path, part: str, old: bytes, new: bytes, reason: str
) -> None:
    parts = read_parts(Path("roles.xlsx").read_bytes())
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    write_parts("roles.xlsx", parts)
    with pytest.raises(RequestError, match=reason):
        copy_with(folder)


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small data folder as if it had been imported from a workbook."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("ROLEGRAPH_DATA", raising=False)
    make_workbook(tmp_path / "roles.xlsx")
    data = tmp_path / "data"
    shutil.copytree(SMALL, data)
    (data / "cells.csv").write_text(
        HEADER
        + "focus,BUILD1.FRAMES01,,roles.xlsx,Roles,2,label=B\n"
        + "focus,BUILD1.FRAMES01,levels.P2,roles.xlsx,Roles,3,source_count=D title=C\n"
        + "focus,BUILD1.FRAMES01,levels.P3,roles.xlsx,Roles,4,title=C\n",
        encoding="utf-8",
    )
    return data


def test_findings_name_the_cell_of_the_field_or_of_what_is_around_it(imported: Path) -> None:
    cells = {(f.rule, f.subject): f.cell for f in Architecture(imported).validate().findings}
    assert cells["source-count-differs", "BUILD1.FRAMES01.P2"] == "roles.xlsx Roles!D3"
    assert cells["profile-sources", "BUILD1.FRAMES01.P3"] == "roles.xlsx Roles!C4"
    assert cells["level-name", "P4"] is None


def test_cells_are_not_read_where_nothing_is_found(imported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (imported / "cells.csv").write_bytes(b"\xff broken")
    assert Architecture(imported).taxonomy
    with pytest.raises(InputError):
        Architecture(imported).validate()


def test_every_form_names_the_cell() -> None:
    answer = Validation(True, (make_finding("roles.xlsx Roles!F214"),))
    shown = unstyle(describe_validation(answer)).splitlines()[0]
    assert shown == "warning data/X.yaml:14 (roles.xlsx Roles!F214) [a-rule]"
    header, [row] = to_rows(answer)
    assert dict(zip(header, row, strict=True))["cell"] == "roles.xlsx Roles!F214"
    assert to_plain(answer)["findings"][0]["cell"] == "roles.xlsx Roles!F214"
    assert '"fullyQualifiedName": "roles.xlsx Roles!F214"' in to_sarif(answer)


def test_problems_of_reading_name_their_cell() -> None:
    error = InputError([Problem("level-unknown", "no such level", Place("roles.xlsx", 214, "Roles!F214"))])
    answer = report_problems(error)
    assert answer.findings[0].cell == "roles.xlsx Roles!F214"
    assert unstyle(describe_validation(answer)).startswith("violation roles.xlsx Roles!F214 [level-unknown]")


def test_command_writes_the_copy(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original = Path("roles.xlsx").read_bytes()
    Path("out").mkdir()
    assert run(["validate", "data", "--format", "xlsx", "-o", "out/checked.xlsx"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "out/checked.xlsx is written" in err
    book = open_book(Path("out/checked.xlsx").read_bytes())
    assert "D3" in list_marked(book["Roles"])
    assert Path("roles.xlsx").read_bytes() == original
    assert (
        run(
            [
                "--data",
                "data",
                "validate",
                "--format",
                "xlsx",
                "-o",
                "few.xlsx",
                "--severity",
                "warning",
                "--strict",
            ]
        )
        == 1
    )
    rows = list(open_book(Path("few.xlsx").read_bytes())["Findings 2"].values)
    assert {row[0] for row in rows[1:]} == {"warning"}


def test_marks_stay_at_their_rows_from_import_to_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLEGRAPH_CACHE", str(tmp_path / "cache"))
    rows = [["Family", "Job", "Level", "Title", "Code"]]
    rows += [["Port", "Berths", f"P{level}", f"Hand {level}", "H-1"] for level in (1, 2)]

    def write_book(rows: list[list[str]]) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Port roles"
        for row in rows:
            sheet.append(row)
        book.save("port.xlsx")

    write_book(rows)
    Path("map.yaml").write_text(
        "sheets:\n  Port roles:\n    columns: {function: Family, focus: Job, level: Level, title: Title,"
        " job_code: Code}\n",
        encoding="utf-8",
    )
    importing = ["import", "table", "port.xlsx", "--map", "map.yaml", "-o", "port"]
    checking = ["validate", "port", "--format", "xlsx", "-o", "checked.xlsx"]
    assert run(importing) == 0
    assert run(checking) == 0
    assert set(list_marked(openpyxl.load_workbook("checked.xlsx")["Port roles"])) == {"E2", "E3"}
    write_book([rows[0], ["Port", "Berths", "P3", "Hand 3", "H-3"], *rows[1:]])
    capsys.readouterr()
    assert run(checking) == 2
    assert "port.xlsx changed since it was imported" in capsys.readouterr().err
    assert run([*importing, "--apply"]) == 0
    assert run(checking) == 0
    book = openpyxl.load_workbook("checked.xlsx")
    assert set(list_marked(book["Port roles"])) == {"E3", "E4"}
    listed = [row for row in book["Findings"].iter_rows(min_row=2) if row[3].value]
    assert len(listed) > 2
    for row in listed:
        assert row[3].hyperlink.location == f"'Port roles'!{row[3].value}"


def test_command_refuses_to_write_over_the_table(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original = Path("roles.xlsx").read_bytes()
    assert run(["validate", "data", "--format", "xlsx", "-o", "data/../roles.xlsx"]) == 2
    assert "never written to" in capsys.readouterr().err
    assert Path("roles.xlsx").read_bytes() == original


@pytest.mark.parametrize(
    "arguments",
    [
        ("--format", "xlsx"),
        ("--format", "xlsx", "-o", "-"),
        ("--format", "html", "--workbook", "roles.xlsx"),
        ("--format", "xlsx", "-o", "checked.txt"),
        ("--format", "xlsx", "-o", "checked.xlsx", "--workbook", "nowhere.xlsx"),
    ],
)
def test_command_says_what_it_needs(
    imported: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert run(["validate", "data", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "rror:" in err
    assert not list(Path().glob("checked*"))


@pytest.mark.parametrize("form", ["text", "json", "csv", "md", "html", "sarif", "turtle"])
def test_every_form_can_go_to_a_file(imported: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    status = run(["validate", "data", "--format", form])
    shown = capsys.readouterr().out
    assert run(["validate", "data", "--format", form, "-o", "answer"]) == status
    assert capsys.readouterr().out == ""
    assert Path("answer").read_text(encoding="utf-8") == unstyle(shown)


def test_data_that_cannot_be_read_is_a_workbook_too(imported: Path) -> None:
    (imported / "functions.yaml").write_text("functions: [\n", encoding="utf-8")
    assert run(["validate", "data", "--format", "xlsx", "-o", "broken.xlsx"]) == 2
    rows = list(open_book(Path("broken.xlsx").read_bytes())["Findings 2"].values)
    assert rows[1][0] == "violation"
