"""The practice school's Year 6: made-up children, and what is left to do about some of them.

Three classes; four leavers (two before test week who are expected, one before it who is not, one after it); two pupils
out of their year; one below the standard in maths alone; one on the engagement model; one who came in test week; and a
few mistakes to put right. Once they are, “keystage check” calls the file clean: nobody's age or judgement is a query.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from keystage.pupils.upn import LETTERS, check_letter
from keystage.service.config.years import load
from keystage.simulate import names
from keystage.years.registration import PupilStatus, TestStatus
from keystage.years.subjects import Subject

CLASSES = ("Ash", "Birch", "Cedar")
_IN_CLASS = 10
_READING, _WRITING, _MATHS, _SCIENCE = Subject.READING, Subject.WRITING, Subject.MATHS, Subject.SCIENCE
_USUAL = (("EXS", "EXS"), ("EXS", "EXS"), ("GDS", "EXS"), ("WTS", "EXS"), ("WTS", "HNM"))


@dataclass(frozen=True, slots=True)
class Child:
    """One made-up child, with where they stand on the roll and the register, and the codes entered so far."""

    upn: str
    surname: str
    forename: str
    born: date
    sex: str
    class_name: str
    codes: Mapping[Subject, str]
    roll: Mapping[str, Any] = field(default_factory=dict)
    """What the roll says besides or instead."""
    register: Mapping[str, Any] = field(default_factory=dict)
    """What the register says besides or instead."""
    is_on_roll: bool = True
    is_expected: bool = True
    """Whether the school's register has them."""
    is_expected_since: bool = False
    """Whether the gateway expects them all the same: the school loaded its register before they stood on it."""

    def on_roll(self) -> dict[str, Any]:
        """Return the fields of the child's entry on the roll."""
        return {**self._identity(), "class_name": self.class_name, "year_group": "6", **self.roll}

    def on_register(self) -> dict[str, Any]:
        """Return the fields of the child's entry on the register."""
        return {**self._identity(), **self.register}

    def _identity(self) -> dict[str, Any]:
        return {
            "upn": self.upn,
            "surname": self.surname,
            "forename": self.forename,
            "birth_date": self.born,
            "sex": self.sex,
        }


def children(number: str, year: int) -> tuple[Child, ...]:
    """Return the made-up children of the school with a DfE number, the same each time."""
    return tuple(_Story(number, year).tell())


class _Story:
    def __init__(self, number: str, year: int) -> None:
        self.number = number
        self.year = load(year)
        self.chance = Random(number)
        self.made = 0
        self.starts = self.year.date("test_week_starts")
        self.ends = self.year.date("test_week_ends")

    def tell(self) -> Iterator[Child]:
        for class_name in CLASSES:
            for _ in range(_IN_CLASS):
                yield self.child(class_name)
        yield from self.leavers()
        yield from self.out_of_year()
        yield from self.below()
        yield from self.late()
        yield from self.mistakes()

    def leavers(self) -> Iterator[Child]:
        before, after = self.starts - timedelta(20), self.ends + timedelta(15)
        left = {_WRITING: "L", _SCIENCE: "L"}
        said = {"status": PupilStatus.LEFT, "date_left": before}
        yield self.child("Ash", left, roll={"left": before}, register=said)
        yield self.child("Birch", {_WRITING: "L"}, roll={"left": before}, register=said)  # a mistake: science too
        yield self.child("Cedar", {}, roll={"left": before}, is_expected=False, is_expected_since=True)
        yield self.child("Cedar", {_WRITING: "EXS", _SCIENCE: "EXS"}, roll={"left": after})

    def out_of_year(self) -> Iterator[Child]:
        yield self.child("Ash", roll={"year_group": "5"})  # finishes key stage 2 this year all the same
        yield self.child("Birch", {}, roll={"year_group": "5"}, is_expected=False)  # finishes it next year

    def below(self) -> Iterator[Child]:
        maths = {"maths": TestStatus.BELOW}
        yield self.child("Ash", {_WRITING: "WTS", _SCIENCE: "HNM"}, register=maths)  # maths is left to be entered
        both = {"reading": TestStatus.BELOW, "maths": TestStatus.BELOW}
        model = {_READING: "EM", _WRITING: "EM", _MATHS: "EM", _SCIENCE: "HNM"}
        yield self.child("Cedar", model, register=both)
        yield self.child("Birch", {_READING: "PK5", _WRITING: "PK6", _MATHS: "PK5", _SCIENCE: "HNM"}, register=both)

    def late(self) -> Iterator[Child]:
        yield self.child("Birch", {}, roll={"joined": self.starts + timedelta(1)}, is_expected=False)

    def mistakes(self) -> Iterator[Child]:
        yield self.child("Ash", {_SCIENCE: "EXS"})  # writing is missing
        yield self.child("Cedar", {})  # both are missing
        sound = self.child("Cedar")
        wrong = LETTERS[(LETTERS.index(sound.upn[0]) + 1) % len(LETTERS)] + sound.upn[1:]
        yield Child(
            *(sound.upn, sound.surname, sound.forename, sound.born, sound.sex, sound.class_name, sound.codes),
            roll={"upn": wrong},
        )
        yield self.child("Ash", register={"surname": "Featherstone-Ash"})

    def child(self, class_name: str, codes: Mapping[Subject, str] | None = None, **others: Any) -> Child:
        chance = self.chance
        sex = chance.choice("FM")
        name = names.name(chance, sex, "utf-8")
        writing, science = chance.choice(_USUAL)
        first, _ = self.year.usual_birth_dates
        born = others.pop("born", None) or first + timedelta(chance.randrange(365))
        given = {_WRITING: writing, _SCIENCE: science} if codes is None else codes
        self.made += 1
        body = f"{self.number}{(self.year.year - 7) % 100:02}{self.made:03}"[-12:]
        return Child(check_letter(body) + body, name.surname, name.forename, born, sex, class_name, given, **others)
