"""From a return to the file that travels: a partial Common Transfer File with teacher assessments alone."""

from datetime import datetime

from keystage.ctf.model import CtfFile, CtfPupil, Header, Row, School, Section
from keystage.ctf.writer import escape
from keystage.returns.value import Pupil, Return
from keystage.years.year import CollectionYear

DOCUMENT_NAME = "Common Transfer File"
SUPPLIER = "Keystage"


def from_return(
    return_: Return,
    year: CollectionYear,
    *,
    made: datetime,
    school_name: str = "",
    urn: str = "",
    destination: str = "",
) -> CtfFile:
    """Make the file of a return, addressed to the national agency unless another destination is given.

    Args:
        return_: the school's return; its pupils are written in order.
        year: the collection year, whose version, tags and rows are used.
        made: the date and time that the file carries, in local time.
        school_name: the school's name; left out where empty.
        urn: the school's unique reference number; left out where empty.
        destination: seven characters, authority and establishment; the national agency of the year where empty.
    """
    to = destination or national_agency(year)
    school = School(return_.school[:3], return_.school[3:], urn, school_name, str(year.start_year))
    header = Header(
        DOCUMENT_NAME,
        year.ctf.version,
        made.strftime("%Y-%m-%dT%H:%M:%S"),
        "partial",
        descriptor=year.ctf.data_descriptor,
        supplier=SUPPLIER,
        source=school,
        destination=School(to[:3], to[3:]),
    )
    return CtfFile(header, tuple(_pupil(pupil, year) for pupil in return_.pupils))


def national_agency(year: CollectionYear) -> str:
    """Return the destination of the return: the seven characters of the national agency in a year."""
    return year.ctf.destination_lea + year.ctf.destination_estab


def _pupil(pupil: Pupil, year: CollectionYear) -> CtfPupil:
    born = pupil.birth_date.isoformat() if pupil.birth_date else pupil.birth_text
    rows = tuple(
        Row(
            row.stage,
            row.locale,
            judgement.year or str(year.year),
            row.subject,
            row.method,
            row.component,
            row.status,
            row.qualifier,
            judgement.code,
            judgement.date,
        )
        for judgement in pupil.judgements
        if judgement.code
        for row in [year.rows.ta_row[judgement.subject]]
    )
    former = f"<BasicDetails><FormerUPN>{escape(pupil.former_upn)}</FormerUPN></BasicDetails>"
    sections = (Section("BasicDetails", former),) if pupil.former_upn else ()
    return CtfPupil(pupil.upn, pupil.surname, pupil.forename, born, pupil.sex, rows, sections=sections)
