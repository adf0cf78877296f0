"""Made-up schools of any size in the database, for benchmarks."""

from django.test import Client
from django.utils import timezone

from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.school.models import Expected, Judgement, Pupil, SchoolReturn
from keystage.service.school.services.returns import open_year
from keystage.simulate import a_register, a_return
from keystage.years.subjects import Subject

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


def signed_in(school: SchoolReturn) -> Client:
    """Return a client in which somebody with every role is signed in."""
    client = Client()
    client.force_login(Membership.objects.filter(organisation=school.organisation)[0].person)
    return client
