"""F: a school that sends the template as a CSV file instead, with a column too many or too few."""

from random import Random

from keystage.simulate.draft import Draft
from keystage.simulate.expect import Expect
from keystage.simulate.faults.registry import FILE_FAULTS, Spoilt, seeds
from keystage.simulate.filed import FiledPupil
from keystage.simulate.results import quoted
from keystage.years import Subject, held, load
from keystage.years.headings import TEMPLATE_FIELDS


def template(draft: Draft, fields: tuple[str, ...], extra: str = "") -> bytes:
    """Write the template and note the line of each pupil; ``extra`` is the heading of a further column."""
    written = draft.year.headings.written
    lines = [",".join([*(written[field] for field in fields), *([extra] if extra else [])])]
    for line, pupil in enumerate(draft.pupils, start=2):
        pupil.line, pupil.places = line, {}
        cells = {
            "upn": pupil.upn or "",
            "surname": pupil.surname or "",
            "forename": pupil.forename or "",
            "birth_date": f"{pupil.made.born:%d/%m/%Y}",
            "sex": pupil.sex or "",
            **{str(subject): _code(pupil, subject) for subject in Subject},
        }
        lines.append(",".join([*(quoted(cells[field]) for field in fields), *(["seen"] if extra else [])]))
    draft.file_name = f"{draft.school.number}_KS2_template.csv"
    return ("\r\n".join(lines) + "\r\n").encode()


def _code(pupil: FiledPupil, subject: Subject) -> str:
    row = pupil.row(subject)
    return row.code if row else ""


def is_usual(draft: Draft) -> bool:
    """Say whether a spreadsheet, which does not say its year, is taken for the year of the draft."""
    return draft.year.year == max(year for year in held() if not load(year).is_draft)


@seeds("F10", FILE_FAULTS)
def column_too_many(draft: Draft, chance: Random) -> Spoilt:
    """A column of the school's own."""
    heading = chance.choice(("Notes", "House", "Reading age"))
    data = template(draft, TEMPLATE_FIELDS, heading)
    return Spoilt(data, [Expect("F10", value=heading, line=1)], is_read=True)


@seeds("F11", FILE_FAULTS)
def column_too_few(draft: Draft, _chance: Random) -> Spoilt:
    """No UPNs: everybody's is missing, and everybody is found by name and date of birth."""
    data = template(draft, TEMPLATE_FIELDS[1:])
    for pupil in draft.pupils:
        pupil.upn = None
    expected = [Expect("F11", value=draft.year.headings.written["upn"])]
    for pupil in draft.pupils:
        expected += [Expect("P01", pupil, part="upn"), Expect("C04", pupil, part="upn")]
    return Spoilt(data, expected, is_read=True)
