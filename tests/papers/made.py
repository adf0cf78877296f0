"""Made-up schools on paper, and what a PDF says when it is read again."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from pypdf import PdfReader

from keystage import years
from keystage.papers.classes import Cell, ClassList, PupilLine
from keystage.papers.frame import Frame
from keystage.papers.marksheet import MarksheetPaper
from keystage.years.owed import OwedState

FINGERPRINT = "3f9a20c4be11" + "0" * 51 + "7"
MADE = datetime(2026, 6, 24, 13, 5, tzinfo=UTC)  # in London it is 14:05
FRAME = Frame("Hawthorn Primary School", "9992001", years.load(2026), FINGERPRINT, 7, MADE)

EXS = Cell(OwedState.REQUIRED, "EXS")
GAP = Cell(OwedState.REQUIRED)
MAYBE = Cell(OwedState.OPTIONAL)
CLOSED = Cell(OwedState.CLOSED)
CELLS = (CLOSED, EXS, CLOSED, GAP)


def line(surname="Example", forename="Ada", cells=CELLS, note="", upn="B999999919001"):
    return PupilLine(surname, forename, upn, date(2015, 3, 9), "F", cells, note)


def a_class(*pupils, name="6A", teacher="Ms J Sample"):
    return ClassList(name, teacher, pupils)


def paper(*classes, blank=False, **frame):
    return MarksheetPaper(replace(FRAME, **frame), classes, blank)


def many(count):
    return [line(f"Surname{number:03}", upn=f"B999999919{number:03}") for number in range(count)]


def reader(pdf):
    return PdfReader(BytesIO(pdf))


def pages(pdf):
    """Return the text of each page, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in reader(pdf).pages]


def text(pdf):
    return " ".join(pages(pdf))
