"""Made-up schools of any size in the database, for benchmarks."""

from django.test import Client
from django.utils import timezone

from keystage.returns.results import PupilResult as CoreResult
from keystage.returns.results import TestResult
from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.school.models import Expected, Judgement, Pupil, PupilResult, ResultsLoad, SchoolReturn
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.results import row_of
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.returns import open_year
from keystage.simulate import a_register, a_return
from keystage.years.scores import EXPECTED
from keystage.years.subjects import Subject, Test

IN_CLASS = 30


def a_full_school(pupils: int) -> SchoolReturn:
    """Make a school with so many pupils, their registration and their judgements; the last has EXS in writing."""
    number = f"999{pupils:04}"
    organisation = Organisation.objects.create(kind=OrganisationKind.SCHOOL, name=f"School of {pupils}", number=number)
    person = Person.objects.create_user(f"data@{number}.example", "a made-up password", name="Dana Marsh")
    for role in Role:
        Membership.objects.create(person=person, organisation=organisation, role=role)
    made = open_year(organisation, 2026, by=person)
    made.register_loaded_at = timezone.now()
    made.save()
    on_roll, register = a_return(pupils=pupils), a_register(pupils=pupils)
    Pupil.objects.bulk_create(
        Pupil(
            school_return=made,
            upn=each.upn,
            surname=each.surname,
            forename=each.forename,
            birth_date=each.birth_date,
            sex=each.sex,
            class_name=f"6{chr(ord('A') + place // IN_CLASS)}",
            year_group="6",
        )
        for place, each in enumerate(on_roll.pupils)
    )
    Expected.objects.bulk_create(
        Expected(
            school_return=made,
            upn=each.upn,
            surname=each.surname,
            forename=each.forename,
            birth_date=each.birth_date,
            sex=each.sex,
            reading=each.reading,
            maths=each.maths,
            gps=each.gps,
            status=each.status,
        )
        for each in register.pupils
    )
    _judge(made, {each.upn: {j.subject: j.code for j in each.judgements} for each in on_roll.pupils}, person)
    return made


def _judge(made: SchoolReturn, codes: dict[str, dict[Subject, str]], person: Person) -> None:
    now = timezone.now()
    codes[made.pupils.order_by("-pk")[0].upn] |= {Subject.WRITING: "GDS"}
    Judgement.objects.bulk_create(
        Judgement(pupil=pupil, subject=subject, code=code, changed_by=person, changed_at=now)
        for pupil in made.pupils.all()
        for subject, code in codes[pupil.upn].items()
    )


def with_results(school: SchoolReturn, years: tuple[int, ...] = (2023, 2024, 2025, 2026)) -> None:
    """Load results of this year and of earlier ones, for as many pupils as the school has now."""
    person = Membership.objects.filter(organisation=school.organisation)[0].person
    pupils = list(school.pupils.all())
    for year in years:
        own = school if year == school.year else open_year(school.organisation, year, by=person)
        if own != school:
            _copy(pupils, own)
        incoming = bring_in(own, IncomingKind.RESULTS, f"results-{year}.csv", b"UPN\n", by=person)
        load = ResultsLoad.objects.create(
            school_return=own, serial=1, incoming=incoming, accepted_by=person, accepted_at=timezone.now()
        )
        ours = enumerate(own.pupils.all(), start=1)
        PupilResult.objects.bulk_create(row_of(_result(place), load, place, pupil, "UPN") for place, pupil in ours)


def _copy(pupils: list[Pupil], own: SchoolReturn) -> None:
    names = ("upn", "surname", "forename", "birth_date", "sex", "class_name", "year_group")
    copies = (Pupil(school_return=own, **{name: getattr(each, name) for name in names}) for each in pupils)
    Pupil.objects.bulk_create(copies)


def _result(place: int) -> CoreResult:
    score = 85 + place % 34
    test = TestResult(raw=20, scaled=score, outcome="AS" if score >= EXPECTED else "NS", scaled_text=str(score))
    ta = {Subject.WRITING: "EXS" if place % 4 else "WTS", Subject.SCIENCE: "EXS"}
    return CoreResult("", "Example", f"P{place}", None, "", "F", tests=dict.fromkeys(Test, test), ta=ta)


def signed_in(school: SchoolReturn) -> Client:
    """Return a client in which somebody with every role is signed in."""
    client = Client()
    client.force_login(Membership.objects.filter(organisation=school.organisation)[0].person)
    return client
