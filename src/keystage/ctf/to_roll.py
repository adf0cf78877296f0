"""From a file to the roll of its school: who the pupils are, without any assessment."""

from collections.abc import Iterator
from datetime import date
from xml.parsers import expat

from keystage.ctf.model import CtfFile, CtfPupil
from keystage.pupils import sexes
from keystage.pupils.birthdays import parse_iso
from keystage.returns.roll import PARTS, Roll, RollFault, RollPupil, RollRefused, duplicates, year_group
from keystage.returns.source import Place

_DATES = {"birth_date": "date of birth", "joined": "date of joining", "left": "date of leaving"}


def to_roll(file: CtfFile) -> Roll:
    """Read a file as a roll. The dates of joining and leaving are those of its own school in each pupil's history.

    Raises:
        RollRefused: there is no pupil in it.
    """
    school = file.header.source.dfe_number
    if not file.pupils:
        fix = "Export the file again, with the pupils of the year group and those who have left."
        raise RollRefused(file.name, "The file is a Common Transfer File with no pupils in it.", fix)
    faults: list[RollFault] = []
    pupils, twice = duplicates(
        [_pupil(pupil, school, file.place(at), faults) for pupil, at in zip(file.pupils, file.pupils_at, strict=True)]
    )
    said = {field for field in PARTS if any(getattr(pupil, field) for pupil in pupils)}
    absent = tuple(words for field, words in PARTS.items() if field not in said)
    return Roll(pupils, file.name, school, (*faults, *twice), absent=absent)


def _pupil(pupil: CtfPupil, school: str, place: Place, faults: list[RollFault]) -> RollPupil:
    surname, forename = pupil.surname.strip(), pupil.forename.strip()
    who = " ".join(filter(None, (forename, surname))) or pupil.upn or "This pupil"
    history = _at_school(pupil, school)
    texts = {
        "birth_date": pupil.birth_date.strip(),
        "joined": history.get("entrydate", ""),
        "left": history.get("leavingdate", ""),
    }
    days: dict[str, date | None] = {}
    for field, text in texts.items():
        days[field] = parse_iso(text[:10])
        if text and days[field] is None:
            wrong = f"The {_DATES[field]} of {who} cannot be read, “{text}”, and was taken as not known."
            faults.append(RollFault(place, wrong, "Correct it in the school's system, and export the file again."))
    upn = pupil.upn.strip().upper()
    if not upn:
        fix = "Enter it in the school's system, and export the file again."
        faults.append(RollFault(place, f"{who} has no UPN.", fix))
    return RollPupil(
        upn,
        surname,
        forename,
        days["birth_date"],
        sexes.letter(pupil.sex),
        pupil.former_upn.upper(),
        year_group=year_group(_basic(pupil).get("ncyearactual", "")),
        joined=days["joined"],
        left=days["left"],
        place=place,
    )


def _basic(pupil: CtfPupil) -> dict[str, str]:
    return next(_records(pupil, "BasicDetails", "basicdetails"), {})


def _at_school(pupil: CtfPupil, school: str) -> dict[str, str]:
    """Return the latest stay at a school that the pupil's history holds; empty where there is none."""
    stays = [
        stay
        for stay in _records(pupil, "SchoolHistory", "school")
        if school and stay.get("lea", "") + stay.get("estab", "") == school
    ]
    return max(stays, key=lambda stay: stay.get("entrydate", ""), default={})


def _records(pupil: CtfPupil, section: str, record: str) -> Iterator[dict[str, str]]:
    """Yield the texts of each record of a kind in a section, by the names of their elements in small letters."""
    for part in pupil.sections:
        if part.name == section:
            yield from _Texts(record).read(part.xml)


class _Texts:
    """One pass over a section kept whole. It is well formed: it stands in a file that was read."""

    def __init__(self, record: str) -> None:
        self.record = record
        self.found: list[dict[str, str]] = []
        self.path: list[str] = []

    def read(self, xml: str) -> list[dict[str, str]]:
        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.Parse(xml.encode("utf-8"), True)
        return [{name: text.strip() for name, text in record.items()} for record in self.found]

    def start(self, name: str, _attributes: object) -> None:
        self.path.append(name.rpartition(":")[2].casefold())
        if self.path[-1] == self.record:
            self.found.append({})

    def end(self, _name: str) -> None:
        self.path.pop()

    def text(self, text: str) -> None:
        if len(self.path) > 1 and self.path[-2] == self.record:
            self.found[-1][self.path[-1]] = self.found[-1].get(self.path[-1], "") + text
