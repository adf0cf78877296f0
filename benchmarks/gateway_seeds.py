"""Made-up schools for the gateway's benchmark, many at once."""

from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from keystage.ctf.from_return import from_return
from keystage.ctf.writer import write
from keystage.pupils.upn import check_letter
from keystage.returns.judgement import judgement
from keystage.returns.value import Pupil, Return
from keystage.service.accounts.models import ApiToken, Membership, Organisation, Person, Scope
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.files.store import put
from keystage.service.gateway.models import (
    Collection,
    GatewayReturn,
    PreparedFile,
    ReceivedFile,
    RegisteredPupil,
    Release,
    ReleaseStage,
)
from keystage.years import load
from keystage.years.subjects import Subject

YEAR = 2026
LETTERS = "abcdefghij"


@transaction.atomic
def schools(count: int, pupils: int, folder: str) -> list[dict[str, Any]]:
    """Make schools that take part, their tokens, a file of each in a folder, and released results for each."""
    now = timezone.now()
    collection = Collection.objects.create(
        year=YEAR, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1)
    )
    agency = Organisation.objects.create(kind=OrganisationKind.AGENCY, name="Made-up Agency")
    operator = Person.objects.create(email="operator@agency.example", name="An Operator")
    national = ReceivedFile.objects.create(
        organisation=agency, name="national.csv", sha256="0" * 64, size=1, by=operator, at=now
    )
    release = Release.objects.create(
        collection=collection, serial=1, file=national, loaded_by=operator, stage=ReleaseStage.READY,
        release_at=now - timedelta(hours=1),
    )  # fmt: skip
    return [_school(collection, release, 1000 + each, pupils, Path(folder)) for each in range(count)]


def _school(collection: Collection, release: Release, serial: int, pupils: int, folder: Path) -> dict[str, Any]:
    number = f"999{serial:04}"
    organisation = Organisation.objects.create(kind=OrganisationKind.SCHOOL, name=f"School {serial}", number=number)
    head = Person.objects.create(email=f"head.{number}@school.example", name=f"Head {serial}")
    Membership.objects.create(person=head, organisation=organisation, role=Role.HEAD)
    text = f"ks_bench-{number}"
    ApiToken.objects.create(
        organisation=organisation, name="bench", token_hash=sha256(text.encode()).hexdigest(), made_by=head,
        scopes=[each.name for each in Scope], expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    found = GatewayReturn.objects.create(
        collection=collection, school=organisation, number=number, authority_number=number[:3], expected=pupils,
        missing=pupils, registration_loaded_at=timezone.now(),
    )  # fmt: skip
    registered = [_registered(found, number, each) for each in range(pupils)]
    RegisteredPupil.objects.bulk_create(registered)
    name, content = _file(number, registered)
    (folder / name).write_bytes(content)
    results = b"".join(f"{each.upn},{each.surname},{each.forename},AS,104\r\n".encode() for each in registered)
    prepared = PreparedFile.objects.create(
        release=release, organisation=organisation, kind="csv", name=f"{number}_results.csv", sha256=put(results),
        size=len(results), pupils=pupils,
    )  # fmt: skip
    return {"token": text, "name": name, "file": str(folder / name), "results": prepared.key, "sha256": prepared.sha256}


def _registered(found: GatewayReturn, number: str, serial: int) -> RegisteredPupil:
    body = f"{number}11{serial:03}"
    return RegisteredPupil(
        gateway_return=found, upn=check_letter(body) + body, surname=f"Example{LETTERS[serial % 10]}",
        forename=f"Pupil{LETTERS[serial // 10 % 10]}{LETTERS[serial // 100]}",
        birth_date=date(2015, 3, 1) + timedelta(days=serial), sex="F",
    )  # fmt: skip


def _file(number: str, registered: list[RegisteredPupil]) -> tuple[str, bytes]:
    year = load(YEAR)
    codes = ((Subject.WRITING, "EXS"), (Subject.SCIENCE, "EXS"))
    pupils = tuple(
        Pupil(
            each.upn, each.surname, each.forename, each.birth_date,
            each.birth_date.isoformat() if each.birth_date else "", each.sex,
            judgements=tuple(judgement(subject, code) for subject, code in codes),
        )
        for each in registered
    )  # fmt: skip
    made = timezone.now().replace(tzinfo=None)
    sink = BytesIO()
    write(from_return(Return(number, YEAR, pupils), year, made=made, school_name=f"School {number}"), sink)
    return f"{number}_{year.ctf.type_token}_NAALLLL_001.xml", sink.getvalue()
