"""Tables that people bring, read whole whatever is wrong with single rows, and never run."""

import csv
import io
import zipfile

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.kit.tables import Unreadable, opened, quoted

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "brought.csv"


def cells(table):
    return table.ask("SELECT * FROM cells ORDER BY rowid")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found(path, separator, end):
    rows = [["Name", "Total, in £; net"], ["Ann", "1"], ["Ben", "2"]]
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    path.write_text(text.getvalue(), newline="")
    with opened(path) as table:
        assert table.columns == tuple(rows[0])
        assert cells(table) == [("Ann", "1"), ("Ben", "2")]


def test_rows_of_another_shape_are_left_out_and_the_rest_is_read(path):
    path.write_text('a;b\nx;1\nshort\ny;"2\n2"\n1;2;3\nz;3\n')
    with opened(path) as table:
        assert [cell for cell, _ in cells(table)] == ["x", "y", "z"]
        assert [(one.row, one.text) for one in table.broken] == [(3, "short"), (5, "1;2;3")]
        assert "3 cells, and the heading 2" in table.broken[1].reason
        assert [table.row_of(n) for n in range(3)] == [2, 4, 6]


def test_headings_may_be_missing_or_the_same_and_a_line_may_say_what_separates(path):
    path.write_text("sep=;\nTotal;;Total\n1;2;3\n")
    with opened(path) as table:
        assert table.columns == ("Total", "column 2", "Total'")
        assert table.row_of(0) == 3
        assert table.samples(0) == ["1"]


def test_json_lines_are_read_one_level_deep(path):
    path.write_text('{"id": "A", "who": {"e/mail": "a@b.c"}}\nno json\n{"id": "B\'s"}\n')
    with opened(path) as table:
        assert table.columns == ("id", "who.e/mail")
        assert [row for row in cells(table) if any(row)] == [("A", "a@b.c"), ("B's", None)]
        assert [one.row for one in table.broken] == [2]


def test_parquet_is_read_by_its_own_names(tmp_path):
    path = tmp_path / "orders.parquet"
    duckdb.sql("""SELECT 'A-1' AS "no. (x)", 12.5 AS total, TIMESTAMP '2026-05-03 09:30' AS at
        """).write_parquet(str(path))
    with opened(path) as table:
        assert table.columns == ("no. (x)", "total", "at")
        assert cells(table) == [("A-1", "12.5", "2026-05-03 09:30:00")]


SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>total</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>A-1</t></is></c><c r="B2"><v>12.5</v></c></row>
</sheetData></worksheet>"""
BOOK = """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
 <sheet name="Orders" sheetId="1" r:id="rId1"/></sheets></workbook>"""
NS = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOT = f"""<Relationships xmlns="{NS}"><Relationship Id="rId1" Target="xl/workbook.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"""
RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
 <Relationship Id="rId1" Target="worksheets/sheet1.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>"""


def test_a_spreadsheet_is_read_by_its_first_sheet(tmp_path):
    path = tmp_path / "orders.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("_rels/.rels", ROOT)
        book.writestr("xl/workbook.xml", BOOK)
        book.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        book.writestr("xl/worksheets/sheet1.xml", SHEET)
    with opened(path) as table:
        assert table.form == "a spreadsheet, its sheet “Orders”"
        assert (table.columns, cells(table)) == (("id", "total"), [("A-1", "12.5")])


@pytest.mark.parametrize("raw", [b"\n\n", b"[1, 2]", b"PAR1 nothing", b"{}"])
def test_what_is_no_table_is_refused(path, raw):
    path.write_bytes(raw)
    with pytest.raises(Unreadable), opened(path):
        pass


def test_the_engine_reads_no_other_file_writes_nowhere_and_loads_nothing(path, tmp_path):
    path.write_text("a,b\n1,2\n")
    other = tmp_path / "other.csv"
    other.write_text("secret,x\n1,2\n")
    with opened(path) as table:
        for sql in (
            f"SELECT * FROM read_csv({quoted(str(other))})",
            "SELECT * FROM read_text('/etc/hostname')",
            f"COPY cells TO {quoted(str(tmp_path / 'out.csv'))}",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                table.ask(sql)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8))
def test_whatever_stands_in_a_cell_is_only_text(path, rows):
    """Quotation marks, statements, line ends: what was written is what is read."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL)
        out.writerows([("x'); DROP TABLE cells; --", "b"), *rows])
    with opened(path) as table:
        assert [(one or "", other or "") for one, other in cells(table)] == rows
