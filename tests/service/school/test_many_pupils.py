"""At 240 pupils each page asks the database a stated number of times, and no more."""

from collections.abc import Iterator
from datetime import date

import pytest

from keystage.service.accounts.roles import Role
from keystage.service.school.services.judgements import Change, save
from keystage.service.school.services.queries import answer
from service.made import MadeSchool
from service.ready import SCIENCE, WRITING, make, records_of, sign_class, sign_return

MOST = 12
MOST_WITH_REPORTS = 16


@pytest.fixture
def large(school: MadeSchool, settings, tmp_path) -> MadeSchool:
    settings.FILES_ROOT = tmp_path
    for number in range(240):
        school.pupil(f"Ada {number:03}", "Example", f"Class {number // 30}", birth_date=date(2015, 3, 1))
    changes = [
        Change(pupil.key, subject, code, 0)
        for pupil in school.pupils.values()
        for subject, code in ((WRITING, "PK6"), (SCIENCE, "EXS"))  # each of them is asked about
    ]
    save(school.school_return, changes, by=school.people[Role.DATA_MANAGER])
    return school


def answer_all(school: MadeSchool) -> None:
    hashes = [each.hash for each in records_of(school).open_queries]
    assert len(hashes) == 240
    answer(school.school_return, hashes, "Told aloud.", by=school.people[Role.HEAD])


def places(school: MadeSchool) -> Iterator[tuple[Role, str]]:
    made = make(school)
    signature = school.school_return.signatures.first()
    yield Role.TEACHER, f"{school.base}checks/"
    yield Role.TEACHER, f"{school.base}checks/findings.csv"
    yield Role.HEAD, f"{school.base}sign/"
    yield Role.HEAD, f"{school.base}sign/return/"
    yield Role.TEACHER, f"{school.base}sign/class/?class=Class+1"
    yield Role.HEAD, f"{school.base}sign/delegate/"
    yield Role.HEAD, f"{school.base}sign/{signature.key}/"
    yield Role.HEAD, f"{school.base}send/"
    yield Role.HEAD, f"{school.base}send/make/?leave=yes"
    yield Role.HEAD, f"{school.base}send/{made.key}/"
    yield Role.HEAD, f"{school.base}send/{made.key}/uploaded/"
    yield Role.DATA_MANAGER, f"{school.base}close/"
    yield Role.DATA_MANAGER, f"{school.base}nil/"
    yield Role.DATA_MANAGER, f"/schools/{school.organisation.key}/"
    yield Role.DATA_MANAGER, f"/schools/{school.organisation.key}/settings/"


def test_no_page_asks_more_often(client, large, django_assert_max_num_queries):
    client.force_login(large.people[Role.TEACHER])
    with django_assert_max_num_queries(MOST):
        assert client.get(f"{large.base}checks/").status_code == 200
    answer_all(large)
    for name in records_of(large).classes:
        sign_class(large, name)
    sign_return(large)
    client.force_login(large.people[Role.DATA_MANAGER])
    reports = ("reports/", "reports/?show=missing", "reports/make/", "reports/import/sheet.csv")
    for place in ("", *reports, f"reports/{next(iter(large.pupils.values())).key}/preview/"):
        with django_assert_max_num_queries(MOST_WITH_REPORTS):
            assert client.get(large.base + place).status_code == 200, place
    for role, place in places(large):
        client.force_login(large.people[role])
        with django_assert_max_num_queries(MOST):
            assert client.get(place).status_code == 200, place
