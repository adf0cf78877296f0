"""What is prepared of results for a school or for several: content and names.

How the real portal names its files was not found; these names are our own. A CTF is called by the pattern of all CTFs,
with the school as source and destination, and goes up in number with each release.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import NamedTuple

from keystage.checks.london import london_time
from keystage.ctf.filename import FileName
from keystage.ctf.from_results import from_results
from keystage.ctf.model import CtfPupil
from keystage.ctf.writer import to_bytes
from keystage.papers.frame import Frame
from keystage.papers.results_letter import LetterPaper, results_letters
from keystage.papers.typeset import PaperNotMade
from keystage.returns.results import PupilResult, Results
from keystage.service.accounts.models import Organisation
from keystage.service.gateway.models import FileKind, Release
from keystage.sheets.results import write_results
from keystage.years.year import CollectionYear

_log = logging.getLogger(__name__)


class Made(NamedTuple):
    """A file as it was made."""

    kind: FileKind
    name: str
    content: bytes
    pupils: int


@dataclass(frozen=True, slots=True)
class Naming:
    """How the files of a release are called, and when they say that they were made."""

    release: Release
    year: CollectionYear
    ordinal: int
    """1 for the first results, 2 for what revises them."""

    def name(self, whose: str, what: str, ending: str) -> str:
        """Return a name such as ``9992001_KS2_results_2026.csv``, or ``…_2026_revised.csv``."""
        again = "" if self.ordinal == 1 else "_revised" if self.ordinal == 2 else f"_revised_{self.ordinal - 1}"
        return f"{whose}_{self.year.ctf.type_token}_{what}_{self.year}{again}.{ending}"

    def ctf(self, school: str, to: str, *, with_ta: bool) -> str:
        """Return the name of a school's CTF: odd numbers for tests alone, even ones with teacher assessments."""
        return str(FileName(school, to, 2 * self.ordinal - (not with_ta), self.year.ctf.type_token))


def whose(organisation: Organisation) -> str:
    """Return what the names of an organisation's files begin with: its number, else its name."""
    return organisation.number or re.sub(r"[^A-Za-z0-9]+", "-", organisation.name).strip("-")[:60] or organisation.key


def school_files(school: Organisation, number: str, pupils: tuple[PupilResult, ...], by: Naming) -> Iterator[Made]:
    """Yield the files of a school: CSV, CTF with and without teacher assessments, letters."""
    results = Results(by.year.year, pupils)
    yield Made(FileKind.CSV, by.name(number, "results", "csv"), csv_of(results, by.year), len(pupils))
    for kind in (FileKind.CTF, FileKind.CTF_TA):
        if made := ctf_of(kind, school, number, pupils, by):
            yield made
    frame = Frame(
        school.name, number, by.year, "", by.ordinal, by.release.loaded_at, practice=school.is_practice,
    )  # fmt: skip
    try:
        letters = results_letters(LetterPaper(frame, pupils, is_revised=by.ordinal > 1))
    except PaperNotMade:
        _log.exception("The letters of %s could not be made", number)
        return
    yield Made(FileKind.LETTERS, by.name(number, "letters", "pdf"), letters, len(pupils))


def csv_of(results: Results, year: CollectionYear) -> bytes:
    """Return results as a CSV file with the columns of the year."""
    sink = BytesIO()
    write_results(results, sink, year)
    return sink.getvalue()


def ctf_of(
    kind: FileKind, school: Organisation, number: str, pupils: tuple[PupilResult, ...], by: Naming, *, to: str = ""
) -> Made | None:
    """Return a school's CTF; None where it is to hold teacher assessments and none came back."""
    with_ta = kind is FileKind.CTF_TA
    if with_ta and not any(pupil.ta for pupil in pupils):
        return None
    file = from_results(
        pupils, by.year, number, made=london_time(by.release.loaded_at),
        school_name=school.name, urn=school.urn, destination=to, with_ta=with_ta,
    )  # fmt: skip
    written = replace(file, pupils=tuple(map(_writable, file.pupils)))
    return Made(kind, by.ctf(number, to or number, with_ta=with_ta), to_bytes(written), len(pupils))


_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _writable(pupil: CtfPupil) -> CtfPupil:
    """Return a pupil whose texts an XML file can hold: a control character cannot be in one, and is left out."""
    rows = tuple(row._replace(result=tidy_for_xml(row.result)) for row in pupil.rows)
    return pupil._replace(
        upn=tidy_for_xml(pupil.upn),
        surname=tidy_for_xml(pupil.surname),
        forename=tidy_for_xml(pupil.forename),
        birth_date=tidy_for_xml(pupil.birth_date),
        sex=tidy_for_xml(pupil.sex),
        rows=rows,
    )


def tidy_for_xml(text: str) -> str:
    """Return a text without the control characters that an XML file cannot hold."""
    return _NOT_XML.sub("", text)
