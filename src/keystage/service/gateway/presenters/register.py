"""The register of a school as its pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from keystage.pupils.names import fold
from keystage.service.design.words import date_words, join_words
from keystage.service.gateway.forms.register import TESTS
from keystage.service.gateway.models import RegisteredPupil
from keystage.service.gateway.register import expected
from keystage.service.gateway.services.registering import Entry
from keystage.years.registration import PupilStatus, Registration, TestStatus

IN_SENTENCE = {"reading": "reading", "gps": "grammar, punctuation and spelling", "maths": "maths"}
_SEXES = {"F": "Female", "M": "Male"}
_WHOLE = {PupilStatus.REGISTERED: "Registered", PupilStatus.LEFT: "Left", PupilStatus.UNREGISTERED: "Unregistered"}

FIELD_WORDS = {
    "upn": "UPN",
    "former_upn": "former UPN",
    "surname": "surname",
    "forename": "forename",
    "birth_date": "date of birth",
    "sex": "sex",
    "reading": "reading test",
    "gps": "grammar, punctuation and spelling test",
    "maths": "maths test",
    "status": "status as a whole",
    "date_joined": "date of joining",
    "date_left": "date of leaving",
    "next_school": "secondary school",
    "moderated_writing": "moderated writing",
}
"""The fields of an entry, in words."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One pupil in the list."""

    key: str
    name: str
    upn: str
    born: date | None
    status: str
    colour: str
    tests: str
    """Where the pupil stands for the tests, where that is not “sits all of them”."""
    is_expected: bool


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """The list, and how many there are."""

    rows: tuple[RegisterRow, ...]
    total: int
    expected: int
    left: int
    unregistered: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a pupil."""

    key: str
    value: str


def register_table(registered: Iterable[RegisteredPupil], *, name: str = "", order: str = "") -> RegisterTable:
    """Return the list: those whose name or UPN holds a text, in an order."""
    everybody = list(registered)
    rows = [_row(each) for each in everybody]
    wanted, upn = fold(name), "".join(name.split()).casefold()
    found = [row for row in rows if not upn or (wanted and wanted in fold(row.name)) or upn in row.upn.casefold()]
    found.sort(key=_ORDERS.get(order, _ORDERS[""]))
    count = {status: sum(each.status == status for each in everybody) for status in PupilStatus}
    is_expected = sum(row.is_expected for row in rows)
    return RegisterTable(tuple(found), len(rows), is_expected, count[PupilStatus.LEFT], count[PupilStatus.UNREGISTERED])


_ORDERS = {
    "": lambda row: (fold(row.name), row.upn),
    "upn": lambda row: (row.upn, fold(row.name)),
    "born": lambda row: (row.born or date.max, fold(row.name)),
    "status": lambda row: (not row.tests and row.status == "Registered", row.status, fold(row.name)),
}


def _row(pupil: RegisteredPupil) -> RegisterRow:
    colours = {PupilStatus.REGISTERED: "", PupilStatus.LEFT: "yellow", PupilStatus.UNREGISTERED: "grey"}
    status = PupilStatus(pupil.status)
    words = f"{_WHOLE[status]} {date_words(pupil.date_left)}" if status is PupilStatus.LEFT else _WHOLE[status]
    return RegisterRow(
        pupil.key,
        str(pupil) or "No name",
        pupil.upn,
        pupil.birth_date,
        words.strip(),
        colours[status],
        tests_in_words(pupil),
        status is not PupilStatus.UNREGISTERED,
    )


def tests_in_words(pupil: RegisteredPupil) -> str:
    """Return where a pupil stands for the tests, with attendance: ``Below for maths``; nothing where all are sat."""
    by_status: dict[str, list[str]] = {}
    for test, status in expected(pupil).test_statuses.items():
        if status is not TestStatus.REGISTERED:
            by_status.setdefault(status.replace("-", " "), []).append(IN_SENTENCE[test])
    if len(by_status) == 1 and len(next(iter(by_status.values()))) == len(IN_SENTENCE):
        return f"{next(iter(by_status)).capitalize()} for every test"
    said = "; ".join(f"{status} for {join_words(tests)}" for status, tests in by_status.items())
    return said[:1].upper() + said[1:]


def facts_of(pupil: RegisteredPupil, registration: Registration) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Return who a pupil is, and where the pupil stands for the tests."""
    who = (
        Fact("UPN", pupil.upn),
        Fact("Former UPN", pupil.former_upn),
        Fact("Surname", pupil.surname),
        Fact("Forename", pupil.forename),
        Fact("Date of birth", date_words(pupil.birth_date)),
        Fact("Sex", _SEXES.get(pupil.sex, pupil.sex)),
        Fact("Date of joining", date_words(pupil.date_joined)),
        Fact("Date of leaving", date_words(pupil.date_left)),
        Fact("Secondary school", pupil.next_school),
    )
    rarely = {"Former UPN", "Date of joining", "Date of leaving", "Secondary school"}
    tests = tuple(Fact(words, _test_fact(pupil, test, registration)) for test, words in TESTS.items())
    shown = tuple(Fact(each.key, each.value or "Not given") for each in who if each.value or each.key not in rarely)
    return shown, tests


def _test_fact(pupil: RegisteredPupil, test: str, registration: Registration) -> str:
    meanings = {each.word: each.meaning for each in registration.test}
    code, word = getattr(pupil, f"attended_{test}"), getattr(pupil, test)
    said = f"{word.replace('-', ' ').capitalize()}: {meanings.get(word, '')}"
    if not code:
        return said
    meant = next((each.meaning for each in registration.test if each.letter == code), "")
    return f"{code} on the attendance register: {meant} (registered as {word})"


@dataclass(frozen=True, slots=True)
class Side:
    """One field of which two people say different things."""

    field: str
    yours: str
    theirs: str


def sides(yours: Entry, theirs: Entry) -> tuple[Side, ...]:
    """Return where two entries differ."""
    return tuple(
        Side(words, _said(getattr(yours, name)), _said(getattr(theirs, name)))
        for name, words in FIELD_WORDS.items()
        if hasattr(yours, name) and getattr(yours, name) != getattr(theirs, name)
    )


def _said(value: object) -> str:
    return date_words(value) if isinstance(value, date) else str(value or "")
