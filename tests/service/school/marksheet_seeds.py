"""What the marksheet's tests in a browser start from: called in a process that has the server's database."""

from datetime import date
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.test import override_settings

from keystage.service.accounts.models import Person
from keystage.service.accounts.roles import Role
from keystage.service.school.services.judgements import Change, save
from keystage.years.subjects import Subject
from service.made import MadeSchool, a_person, a_school


def session_of(person: Person) -> str:
    """Return the key of a session in which a person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def a_class(*, pupils: int = 4, number: str = "9992001") -> dict[str, Any]:
    """Make a school with Oak, in which the second pupil is below the standard of the reading test."""
    school = a_school(number=number)
    names = ("Ada", "Ben", "Cem", "Dora", *(f"Pupil{i}" for i in range(pupils)))
    for at, forename in enumerate(names[:pupils]):
        school.pupil(forename, "Example", expected={"reading": "below"} if at == 1 else {})
    other = a_person(school.organisation, Role.TEACHER, "Tom Beech")
    return {
        "path": school.base.lstrip("/") + "marksheet/",
        "keys": {forename: pupil.key for forename, pupil in school.pupils.items()},
        "teacher": session_of(school.people[Role.TEACHER]),
        "other": session_of(other),
        "school": school.organisation.key,
    }


def classes(*, count: int) -> list[dict[str, Any]]:
    """Make so many schools with a class."""
    with transaction.atomic(), override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        return [a_class(number=str(9_993_000 + at)) for at in range(count)]


def a_year_group(*, pupils: int = 240) -> dict[str, Any]:
    """Make a large school, half of it filled, with some leavers and some mistakes."""
    school = a_school(number="9992002")
    names = ("Ash", "Elm", "Oak", "Yew", "Fir", "Ivy", "Bay", "Box")
    for at in range(pupils):
        options: dict[str, Any] = {}
        if at % 15 == 2:
            options["expected"] = {"reading": "below", "maths": "below"}
        if at % 40 == 7:
            options |= {"left": date(2026, 5, 1), "expected": {"status": "left", "date_left": date(2026, 5, 1)}}
        if at % 60 == 9:
            options |= {"year_group": "5"}
        at_class = names[at * len(names) // pupils]
        school.pupil(f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[at % 26]}nna{at}", f"Example-Name{at % 7}", at_class, **options | {"birth_date": date(2015, 1 + at % 12, 1 + at % 27)})
    fill(school, pupils // 2)
    return {
        "path": school.base.lstrip("/") + "marksheet/",
        "teacher": session_of(school.people[Role.TEACHER]),
        "manager": session_of(school.people[Role.DATA_MANAGER]),
    }


def fill(school: MadeSchool, count: int) -> None:
    """Enter judgements for some pupils."""
    changes = [
        Change(pupil.key, subject, "EXS", 0)
        for pupil in list(school.pupils.values())[:count]
        for subject in (Subject.WRITING, Subject.SCIENCE)
    ]
    save(school.school_return, changes, by=school.people[Role.TEACHER])
