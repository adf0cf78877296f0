"""The rows of a country's register laid down on disk, to be taken up again school by school."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from keystage.returns.register import Expected
from keystage.sheets.registration import Registered
from keystage.years.registration import PupilStatus, TestStatus

_TABLE = "CREATE TABLE spool (school TEXT, line INTEGER, upn TEXT, row TEXT)"


class Spool:
    """Rows on disk. Nothing of them stays once the block ends."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        self.rows = rows

    def lay_down(self, rows: Iterable[Registered]) -> None:
        """Take every row, then put them in order."""
        self.rows.execute(_TABLE)
        given = ((row.school, row.line, row.pupil.upn, _text(row)) for row in rows)
        with self.rows:
            self.rows.executemany("INSERT INTO spool VALUES (?, ?, ?, ?)", given)
        self.rows.execute("CREATE INDEX by_school ON spool (school, line)")

    def schools(self, after: str = "") -> list[str]:
        """Return the numbers of the schools, in order, those after a number."""
        found = self.rows.execute("SELECT DISTINCT school FROM spool WHERE school > ? ORDER BY school", (after,))
        return [number for (number,) in found]

    def count(self) -> int:
        """Return how many rows there are."""
        return int(self.rows.execute("SELECT count(*) FROM spool").fetchone()[0])

    def of(self, school: str) -> list[Registered]:
        """Return the rows of a school, in the order of the file."""
        found = self.rows.execute("SELECT line, row FROM spool WHERE school = ? ORDER BY line", (school,))
        return [_row(school, line, text) for line, text in found]

    def twice(self) -> Iterator[tuple[str, str, int, int]]:
        """Yield school, UPN and the two lines where a UPN stands in a school again."""
        found = self.rows.execute(
            "SELECT school, upn, line, first FROM (SELECT school, upn, line,"
            " min(line) OVER (PARTITION BY school, upn) AS first FROM spool WHERE upn <> '')"
            " WHERE line > first ORDER BY line"
        )
        yield from found


@contextmanager
def spool() -> Iterator[Spool]:
    """Give an empty spool. It has no name on the disk, so that nothing of it stays where the process is killed."""
    rows = sqlite3.connect("", isolation_level="DEFERRED")
    try:
        rows.execute("PRAGMA journal_mode = OFF")
        rows.execute("PRAGMA synchronous = OFF")
        yield Spool(rows)
    finally:
        rows.close()


def _text(row: Registered) -> str:
    pupil = row.pupil
    born, left, joined = (
        day.isoformat() if day else "" for day in (pupil.birth_date, pupil.date_left, row.date_joined)
    )
    return json.dumps(
        [row.school_name, pupil.upn, pupil.surname, pupil.forename, born, pupil.sex, pupil.former_upn, pupil.reading,
         pupil.maths, pupil.gps, pupil.status, left, pupil.moderated_writing, joined, row.next_school]
    )  # fmt: skip


def _row(school: str, line: int, text: str) -> Registered:
    (name, upn, surname, forename, born, sex, former, reading, maths, gps, status, left, moderated, joined, goes_to) = (
        json.loads(text)
    )
    pupil = Expected(
        upn, surname, forename, _day(born), sex, former, TestStatus(reading), TestStatus(maths), TestStatus(gps),
        PupilStatus(status), _day(left), moderated,
    )  # fmt: skip
    return Registered(line, school, name, pupil, _day(joined), goes_to)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
