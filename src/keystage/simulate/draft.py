"""One school's file and register, as they would be if nothing went wrong: what faults are then put into."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from keystage.simulate import earlier, pupils
from keystage.simulate.dialects import DIALECTS, SHARES, Dialect
from keystage.simulate.emit import Emission, emit
from keystage.simulate.filed import FiledHeader, FiledPupil, FiledRow, RegisterRow, RowText
from keystage.simulate.pupils import Calendar, MadePupil
from keystage.simulate.schools import Kind, School, chance_of, school
from keystage.years import CollectionYear, Subject
from keystage.years.registration import PupilStatus, TestStatus


@dataclass(slots=True, eq=False)
class Draft:
    """A file and a register that are yet to be written."""

    school: School
    year: CollectionYear
    dialect: Dialect
    seed: int
    header: FiledHeader
    pupils: list[FiledPupil]
    register: list[RegisterRow]
    file_name: str
    made: datetime
    rows: dict[tuple[Subject, str], RowText] = field(default_factory=dict)
    deep: int = 0
    """How many needless elements to put inside one another."""

    def emission(self, what: str = "record") -> Emission:
        """Write the file, and note the line of everything."""
        chance = chance_of(self.seed, self.year.year, self.school.index, what)
        return emit(self.dialect, self.header, self.pupils, chance, self.year.ctf.sex_tag, deep=self.deep)

    def shown(self, name: str) -> str:
        """Return a name as the dialect writes names."""
        return name.upper() if self.dialect.capitals else name

    def row(self, subject: Subject, code: str) -> FiledRow:
        """Return a new row with a teacher assessment."""
        text = self.rows.get((subject, code))
        if text is None:
            row = self.year.rows.ta_row[subject]
            given = self.made.date().isoformat() if self.dialect.result_dates else None
            text = RowText(
                row.stage,
                row.locale,
                str(self.year.year),
                row.subject,
                row.method,
                row.component,
                row.status,
                row.qualifier,
                code,
                given,
            )
            self.rows[subject, code] = text
        return FiledRow(text, subject)


def draft(
    seed: int,
    index: int,
    year: CollectionYear,
    *,
    dialect: Dialect | None = None,
    pupils_: int | None = None,
    kind: Kind | None = None,
    serial: int = 1,
) -> Draft:
    """Make up a school and what it would send: the same for the same arguments, whatever was made before."""
    chance = chance_of(seed, year.year, index)
    in_country = DIALECTS[chance.choices(list(SHARES), list(SHARES.values()))[0]]
    dialect = dialect or in_country
    of = school(chance, index, pupils=pupils_, kind=kind)
    made_pupils = pupils.make(chance, of, year, encoding=dialect.letters)
    calendar = Calendar.of(year)
    made = datetime.combine(
        calendar.deadline - timedelta(chance.randint(0, 24)), time(chance.randint(8, 18), chance.randint(0, 59))
    )
    to = year.ctf.destination_lea + year.ctf.destination_estab
    name = f"{of.number}_{dialect.token}_{to}_{serial:03}.xml"
    made_draft = Draft(of, year, dialect, seed, _header(of, year, dialect, made), [], [], name, made)
    made_draft.pupils.extend(_filed(pupil, made_draft, chance) for pupil in made_pupils)
    made_draft.register.extend(pupil.expected for pupil in made_draft.pupils)
    if chance.random() < 0.03:
        made_draft.register.append(_by_mistake(made_draft, chance))
    if chance.random() < 0.3:
        made_draft.register.sort(key=lambda row: row.upn)
    return made_draft


def _header(of: School, year: CollectionYear, dialect: Dialect, made: datetime) -> FiledHeader:
    return FiledHeader(
        fields={
            "DocumentName": "Common Transfer File",
            "CTFversion": year.ctf.version,
            "DateTime": made.strftime("%Y-%m-%dT%H:%M:%S"),
            "DocumentQualifier": "full" if dialect.whole_record else "partial",
            "DataDescriptor": dialect.descriptor or None,
            "SupplierID": dialect.supplier,
        },
        source={
            "LEA": of.number[:3],
            "Estab": of.number[3:],
            "URN": of.urn if dialect.urn else None,
            "SchoolName": of.name,
            "AcademicYear": str(year.start_year),
        },
        destination={"LEA": year.ctf.destination_lea, "Estab": year.ctf.destination_estab},
    )


def _filed(made: MadePupil, of: Draft, chance: Random) -> FiledPupil:
    rows = [of.row(subject, code) for subject, code in made.codes.items()]
    if of.dialect.earlier_results:
        before, after = earlier.results(made, of.year, chance)
        rows = [*before, *rows, *after]
    return FiledPupil(
        made,
        made.upn,
        of.shown(made.surname),
        of.shown(made.forename),
        made.born.isoformat(),
        made.sex,
        made.former_upn,
        rows,
        _expected(made, chance),
    )


def _expected(made: MadePupil, chance: Random) -> RegisterRow:
    surname = made.surname
    if "’" in surname and chance.random() < 0.5:
        surname = surname.replace("’", "'")
    return RegisterRow(
        made.upn,
        surname,
        made.forename,
        made.born,
        made.sex,
        {str(test): status for test, status in made.tests.items()},
        made.status,
        made.former_upn if chance.random() < 0.5 else "",
        made.date_left,
        made.moderated,
        made,
    )


def _by_mistake(of: Draft, chance: Random) -> RegisterRow:
    """Make up a pupil who stands on the register by mistake, and is not in the file."""
    made = pupils.one_more(chance, of.school, of.year, encoding=of.dialect.letters)
    tests: dict[str, TestStatus] = {str(test): TestStatus.REGISTERED for test in made.tests}
    return RegisterRow(made.upn, made.surname, made.forename, made.born, made.sex, tests, PupilStatus.UNREGISTERED)


def ordinary(filed: Sequence[FiledPupil]) -> list[FiledPupil]:
    """Return the pupils of whom nothing special is to be said: those that faults are put into."""
    return [pupil for pupil in filed if is_ordinary(pupil)]


def is_ordinary(pupil: FiledPupil) -> bool:
    """Whether a pupil sits every test, has judgements of the standard, and always had the same UPN."""
    made = pupil.made
    return (
        not pupil.is_faulty
        and len(made.codes) == 2
        and made.codes[Subject.WRITING] in ("GDS", "EXS", "WTS")
        and made.codes[Subject.SCIENCE] in ("EXS", "HNM")
        and not made.former_upn
        and set(made.tests.values()) == {TestStatus.REGISTERED}
        and made.status is PupilStatus.REGISTERED
    )
