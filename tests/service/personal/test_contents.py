"""A file loses what it says of one pupil and keeps every other byte; what cannot be mended goes as a whole."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import xlsxwriter

from keystage.service.personal.contents import Said, said_in, without
from keystage.service.personal.words import Words

ADA = Words(frozenset(), frozenset({"A999200110001"}), frozenset({("example", "ada")}))
CSV = b"UPN,Surname,Forename\r\nA999200110001,Example,Ada\r\nB999200110002,Sample,Ben\r\n"
SOUND = (Path(__file__).parents[2] / "checks" / "sound.xml").read_bytes()


def test_a_table_loses_the_line_of_the_pupil() -> None:
    assert without(CSV, ADA) == b"UPN,Surname,Forename\r\nB999200110002,Sample,Ben\r\n"


def test_a_table_gives_the_line_of_the_pupil_alone() -> None:
    assert said_in(CSV, ADA) == Said(("A999200110001,Example,Ada",))


def test_a_file_without_the_pupil_stays_to_the_byte() -> None:
    other = CSV.replace(b"A999200110001,Example,Ada\r\n", b"")
    assert without(other, ADA) is other


def test_a_table_whose_entries_are_not_lines_goes_as_a_whole() -> None:
    assert without(CSV + b'C999200110003,"Two\r\nLines",Cy\r\n', ADA) is None


def test_a_transfer_file_loses_the_element_of_the_pupil() -> None:
    from keystage.ctf.reader import read

    before = read(SOUND)
    first = before.pupils[0]
    them = Words(frozenset(), frozenset({first.upn}), frozenset())
    after = without(SOUND, them)
    assert after is not None
    assert read(after).pupils == before.pupils[1:]
    assert read(after).header == before.header
    (element,) = said_in(SOUND, them).rows
    assert element.startswith("<Pupil>")
    assert element.count("</Pupil>") == 1


def test_a_transfer_file_that_cannot_be_read_goes_only_where_it_names_the_pupil() -> None:
    broken = b"<CTfile><Pupil><UPN>A999200110001</UPN>"
    assert without(broken, ADA) is None
    assert without(broken.replace(b"0001<", b"0009<"), ADA) == broken.replace(b"0001<", b"0009<")


def workbook(*rows: list[str]) -> bytes:
    sink = BytesIO()
    with xlsxwriter.Workbook(sink, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return sink.getvalue()


def test_a_workbook_with_the_pupil_goes_as_a_whole_and_another_stays() -> None:
    with_ada = workbook(["A999200110001", "Example"], ["B999200110002", "Sample"])
    assert said_in(with_ada, ADA).rows == ("A999200110001\tExample",)
    assert without(with_ada, ADA) is None
    other = workbook(["B999200110002", "Sample"])
    assert without(other, ADA) is other


def test_a_zip_is_looked_through_and_goes_where_a_member_names_the_pupil() -> None:
    sink = BytesIO()
    with ZipFile(sink, "w") as zipped:
        zipped.writestr("a.csv", CSV)
    assert said_in(sink.getvalue(), ADA).rows == ("A999200110001,Example,Ada",)
    assert without(sink.getvalue(), ADA) is None


def test_what_a_paper_says_is_not_known_so_it_goes() -> None:
    assert said_in(b"%PDF-1.7 ...", ADA) == Said((), searched=False)
    assert without(b"%PDF-1.7 ...", ADA) is None
