"""``python -m benchmarks.country``: the pages of the agency and of an authority, beside a view that does nothing.

The country is 17,000 schools of some 150 authorities, one of which has 400; most have sent once, some several times.
"""

import argparse
import os
import platform
import tempfile
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.measure import against, table
from benchmarks.school import count, getter

if TYPE_CHECKING:
    from keystage.service.accounts.models import Organisation, Person
    from keystage.service.gateway.models import Collection, GatewayReturn

AIM = 150
"""Milliseconds of an authority's page at 400 schools."""
_LARGE = "800"
"""The authority with 400 schools."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=17_000)
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"KEYSTAGE_DATA": folder, "KEYSTAGE_HOSTS": "testserver"}
        from keystage.service.config.starting import ready

        ready()
        measure(options.schools, options.seconds)


def measure(schools: int, seconds: float) -> None:
    """Make the country, and print how long each page takes."""
    from django.test import Client

    collection, people = a_country(schools)
    pages = {
        "country": ("agency", ""),
        "what came, over time": ("agency", "time/"),
        "schools, searched": ("agency", "schools/?q=school+77"),
        "stuck": ("agency", "stuck/"),
        "record": ("agency", "record/"),
        "an authority's 400 schools": ("authority", ""),
        "what happened lately there": ("authority", "lately/"),
        "its judgements as CSV": ("authority", "judgements.csv"),
    }
    runs = {}
    for name, (kind, page) in pages.items():
        organisation, person = people[kind]
        client = Client()
        client.force_login(person)
        runs[name] = getter(client, f"/{kind}/{organisation.key}/{collection.year}/{page}")
    timed = against(getter(Client(), "/healthz"), runs, seconds, called="a view that does nothing")
    queries = {name: count(run) for name, run in runs.items()}
    rows = [
        (each.name, f"{each.seconds * 1000:.1f}", f"{each.ratio:.1f}", str(queries.get(each.name, "")))
        for each in timed
    ]
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, SQLite"
    )
    table(f"A country of {schools:,} schools (aim: an authority's page {AIM} ms)", ("", "ms", "times", "queries"), rows)


def a_country(schools: int) -> "tuple[Collection, dict[str, tuple[Organisation, Person]]]":
    """Make a country in the database; return its collection, and agency and authority with somebody of each."""
    from django.utils import timezone

    from keystage.service.accounts.models import Membership, Organisation, Person
    from keystage.service.accounts.roles import OrganisationKind, Role
    from keystage.service.gateway.models import Collection

    now = timezone.now()
    collection = Collection.objects.create(
        year=2026, opens_at=now - timedelta(days=20), closes_at=now + timedelta(days=5)
    )
    people = {}
    for kind, role, number in (
        (OrganisationKind.AGENCY, Role.OPERATOR, ""),
        (OrganisationKind.AUTHORITY, Role.DATA_OFFICER, _LARGE),
    ):
        organisation = Organisation.objects.create(kind=kind, name=f"A made-up {kind}", number=number)
        person = Person.objects.create_user(f"{kind}@example.example", name=f"Somebody of the {kind}")
        Membership.objects.create(person=person, organisation=organisation, role=role)
        people[str(kind)] = (organisation, person)
    _fill(collection, schools, now)
    return collection, people


def _fill(collection: "Collection", schools: int, now: Any) -> None:
    from keystage.service.accounts.models import Organisation
    from keystage.service.accounts.roles import OrganisationKind
    from keystage.service.events.kinds import Kind
    from keystage.service.events.models import Event
    from keystage.service.gateway.models import (
        GatewayReturn,
        HeldPupil,
        Receipt,
        ReceivedFile,
        Route,
        Stage,
        Submission,
    )

    random = Random(2026)
    numbers = [f"{_LARGE}{2000 + serial}" for serial in range(min(400, schools))]
    numbers += [f"{201 + serial % 150}{2000 + serial // 150}" for serial in range(schools - len(numbers))]
    made = Organisation.objects.bulk_create(
        (Organisation(kind=OrganisationKind.SCHOOL, name=f"School {number} Primary", number=number)
         for number in numbers), batch_size=2000,
    )  # fmt: skip
    returns = GatewayReturn.objects.bulk_create(
        (_return(collection, school, random) for school in made), batch_size=2000
    )
    sent = [each for each in returns if each.state != "not started"]
    files = ReceivedFile.objects.bulk_create(
        (ReceivedFile(organisation=each.school, name=f"{each.number}_KS2_NAALLLL_001.xml", sha256="0" * 64, size=40_000,
                      at=now) for each in sent), batch_size=2000,
    )  # fmt: skip
    submissions = Submission.objects.bulk_create(
        (
            Submission(
                gateway_return=each, serial=1, file=file, idempotency_key="1", route=Route.BROWSER,
                received_at=now - timedelta(minutes=random.randint(1, 20 * 24 * 60)),
                stage=Stage.APPLIED if each.state.startswith("accepted") else Stage.IN_ERROR,
                report={"findings": [{"code": "J03", "message": "x" * 300}] * 30},
            )
            for each, file in zip(sent, files, strict=True)
        ),
        batch_size=1000,
    )  # fmt: skip
    for each in submissions:
        each.gateway_return.latest = each
    GatewayReturn.objects.bulk_update([each.gateway_return for each in submissions], ["latest"], batch_size=500)
    accepted = [each for each in submissions if each.stage == Stage.APPLIED]
    Receipt.objects.bulk_create(
        (Receipt(number=f"R-{each.pk}", gateway_return=each.gateway_return, submission=each, at=each.received_at,
                 fingerprint="0" * 64, content={}) for each in accepted), batch_size=2000,
    )  # fmt: skip
    HeldPupil.objects.bulk_create(
        (HeldPupil(gateway_return=each.gateway_return, upn=f"{each.pk}-{serial}", surname="Example", forename="Ada",
                   writing="EXS", science="EXS", submission=each, accepted_at=now)
         for each in accepted if each.gateway_return.authority_number == _LARGE for serial in range(60)),
        batch_size=2000,
    )  # fmt: skip
    Event.objects.bulk_create(
        (Event(at=each.received_at, kind=kind, organisation=each.gateway_return.school, year=collection.year,
               target=each.key, data={"file": "a.xml"})
         for each in submissions for kind in (Kind.FILE_RECEIVED, Kind.FILE_CHECKED)), batch_size=2000,
    )  # fmt: skip


def _return(collection: "Collection", school: "Organisation", random: Random) -> "GatewayReturn":
    from keystage.service.gateway.models import GatewayReturn

    states = ("accepted", "accepted with queries", "in error", "incomplete", "not started")
    state = random.choices(states, (60, 20, 8, 4, 8))[0]
    pupils = random.randint(10, 90)
    received = pupils if state.startswith("accepted") else 0
    return GatewayReturn(
        collection=collection, school=school, number=school.number, authority_number=school.number[:3], state=state,
        expected=pupils, received=received, missing=pupils - received, accepted=received,
    )  # fmt: skip


if __name__ == "__main__":
    main()
