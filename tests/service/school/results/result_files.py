"""Files of results for the tests of importing them, worked out by hand."""

from datetime import UTC, datetime

from keystage.ctf.from_results import from_results
from keystage.ctf.writer import to_bytes
from keystage.sheets.results import read_results
from keystage.years import load
from service.made import MadeSchool, upn
from service.school.pupil_pages import csv

ADDRESS = "results/import/"
HEAD = (
    *("LEA", "ESTAB", "UPN", "SURNAME", "FORENAME", "DOB", "SEX", "READMRK", "READSCORE", "READOUTCOME"),
    *("GPSMRK", "GPSSCORE", "GPSOUTCOME", "MATMRK", "MATSCORE", "MATOUTCOME", "WRITTAOUTCOME", "SCITAOUTCOME"),
)
GOOD = ("25", "100", "AS", "34", "100", "AS", "56", "100", "AS")
"""Marks that the table of 2026 turns into the score 100 in every test."""


def row(serial: int, forename: str, *results: str, surname: str = "Example", number: str = "") -> tuple[str, ...]:
    """Return a line: the pupil whom ``MadeSchool.pupil`` makes as the one with this serial."""
    tests = results or (*GOOD, "EXS", "EXS")
    return ("999", "2001", number or upn(serial), surname, forename, f"2015-03-{serial:02}", "F", *tests)


def file(*rows: tuple[str, ...]) -> bytes:
    """Return the CSV file of these lines."""
    return csv(HEAD, *rows)


def ctf_of(content: bytes, *, year: int = 2026) -> bytes:
    """Return the Common Transfer File of the same results."""
    of = load(year)
    pupils = read_results(content, of, name="results.csv").pupils
    return to_bytes(from_results(pupils, of, "9992001", made=datetime(year, 7, 16, 7, 30, tzinfo=UTC), with_ta=True))


def a_class(school: MadeSchool) -> None:
    """Put Ada, Ben and Cem on the roll and the register."""
    for forename in ("Ada", "Ben", "Cem"):
        school.pupil(forename, "Example")
