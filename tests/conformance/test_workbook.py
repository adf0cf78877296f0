from keystage.conformance.workbook import SHEET, cell_at, workbook
from keystage.sheets import read_table


def test_cells_are_named_as_excel_does():
    assert (cell_at(0, 1), cell_at(8, 25)) == ("A1", "I25")


def test_a_workbook_can_be_read_and_says_what_was_put_into_it():
    table = read_table(workbook([["UPN", "Surname"], ["A1", "O’Brìan & <Sons>"], ["", " x "]]), name="a.xlsx")
    assert table.sheet == SHEET
    assert next(row.cells[:2] for row in table.rows) == ("A1", "O’Brìan & <Sons>")


def test_the_same_texts_are_the_same_bytes():
    assert workbook([["a"]]) == workbook([["a"]])
