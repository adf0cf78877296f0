"""A small school whose year is over, with one of everything about each pupil."""

from pathlib import Path

import pytest

from keystage.service.accounts.roles import Role
from keystage.service.school.models import QueryNote
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.models.returns import Stage
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.report_making import make_reports
from keystage.service.school.services.report_texts import ReportTexts, write
from keystage.service.school.services.returns import move
from service.made import MadeSchool
from service.ready import fill, make, sign_everything
from service.school.report_seeds import all_met, bring_results


@pytest.fixture(autouse=True)
def _files_of_ones_own(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    monkeypatch.setattr(settings.ENVIRONMENT, "data", tmp_path)  # type: ignore[attr-defined]


@pytest.fixture
def filled(school: MadeSchool) -> MadeSchool:
    """Ada, Bea and Cal with judgements, signatures, a file, results, a report and files that name them all."""
    by = school.people[Role.DATA_MANAGER]
    fill(school)
    lines = [f"{each.upn},{each.surname},{each.forename}" for each in school.pupils.values()]
    table = "\n".join(["UPN,Surname,Forename", *lines, ""]).encode()
    bring_in(school.school_return, IncomingKind.ROLL, "roll.csv", table, by=by)
    sign_everything(school)
    make(school)
    for pupil in school.pupils.values():
        words = ReportTexts(progress=f"{pupil.forename} has done well")
        write(school.school_return, pupil.key, words, version=0, by=by)
        QueryNote.objects.create(
            school_return=school.school_return, pupil=pupil, code="P01", found="f" * 64, text="It is right", person=by
        )
    bring_results(school, {each: all_met() for each in school.pupils})
    make_reports(school.school_return, {each.key for each in school.pupils.values()}, by=school.people[Role.HEAD])
    return school


@pytest.fixture
def closed(filled: MadeSchool) -> MadeSchool:
    """The same with its year closed."""
    move(filled.school_return, Stage.CLOSED, by=filled.people[Role.DATA_MANAGER])
    return filled
