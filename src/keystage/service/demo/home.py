"""The practice school's side of a year that is over: its roll and judgements, and the results that came home."""

from collections.abc import Mapping
from random import Random

from django.utils import timezone

from keystage.returns.register import Expected as CoreExpected
from keystage.returns.value import Pupil as CorePupil
from keystage.service.demo.past import YEARS, practice_school_of, return_in
from keystage.service.demo.seed import DemoSchool
from keystage.service.demo.story import CLASSES
from keystage.service.demo.written import write_reports
from keystage.service.files.store import get
from keystage.service.gateway.models import FileKind, PreparedFile
from keystage.service.school.models import Expected, Pupil, SchoolReturn
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.models.returns import Stage
from keystage.service.school.records import Records
from keystage.service.school.services import incoming_results
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.judgements import Change, save
from keystage.service.school.services.returns import move, open_year
from keystage.years.subjects import Subject

_IDENTITY = ("upn", "former_upn", "surname", "forename", "birth_date", "sex")
_STANDS = (*_IDENTITY, "reading", "maths", "gps", "status", "date_left")


def fill_year(school: DemoSchool, year: int) -> None:
    """Put a made-up year into the practice school: who was there, what was judged, and that it was accepted."""
    manager, made = school.people[0][0], practice_school_of(year)
    there = open_year(school.organisation, year, by=manager)
    chance = Random(f"{there.number}/{year}")
    pupils = Pupil.objects.bulk_create(_on_roll(there, each, chance) for each in made.register.pupils)
    Expected.objects.bulk_create(
        Expected(school_return=there, **{name: getattr(each, name) for name in _STANDS})
        for each in made.register.pupils
    )
    there.roll_loaded_at = there.register_loaded_at = timezone.now()
    there.register_name = f"{there.number}_register.csv"
    there.save(update_fields=["roll_loaded_at", "register_loaded_at", "register_name"])
    sent = {each.upn: each for each in return_in(made, year).pupils}
    changes = [change for pupil in pupils for change in _judged(pupil, sent)]
    outcome = save(there, changes, by=manager, how="imported")
    if outcome.refused or outcome.conflicts:
        raise RuntimeError(f"the year {year} does not fit the rules: {outcome.refused or outcome.conflicts}")
    for stage in (Stage.SENT, Stage.ACCEPTED):
        move(there, stage, by=manager)


def _on_roll(there: SchoolReturn, expected: CoreExpected, chance: Random) -> Pupil:
    """Return a pupil on the roll, with made-up characteristics; somebody's stay unknown, as in life."""
    return Pupil(
        school_return=there,
        class_name=chance.choice(CLASSES),
        year_group="6",
        left=expected.date_left,
        disadvantaged=chance.choices((True, False, None), (27, 70, 3))[0],
        sen=chance.choices(("none", "support", "plan"), (80, 16, 4))[0],
        first_language=chance.choices(("english", "other"), (78, 22))[0],
        **{name: getattr(expected, name) for name in _IDENTITY},
    )


def _judged(pupil: Pupil, sent: Mapping[str, CorePupil]) -> list[Change]:
    said = sent.get(pupil.upn)
    return [Change(pupil.key, subject, code, 0) for subject in Subject if said and (code := said.code(subject))]


def bring_home(school: DemoSchool, year: int) -> None:
    """Import the results of a year from the gateway's file, write reports for the last one, and close the year."""
    manager = school.people[0][0]
    there = SchoolReturn.objects.select_related("organisation").get(organisation=school.organisation, year=year)
    file = PreparedFile.objects.get(
        release__collection__year=year, organisation=school.organisation, kind=FileKind.CTF_TA
    )
    incoming = bring_in(there, IncomingKind.RESULTS, file.name, get(file.sha256), by=manager)
    plan = incoming_results.plan(incoming, Records.of(there), {})
    ticked = incoming_results.Ticked(plan.seen, errors=bool(plan.report.errors))
    incoming_results.accept(incoming, {}, ticked, by=manager)
    if year == YEARS[-1]:
        write_reports(school, there)
    move(there, Stage.CLOSED, by=manager)
