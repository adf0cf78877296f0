"""Whatever people and files say, the pages of authorities and the agency show it as text."""

import pytest
from django.test import Client
from django.utils import timezone

from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import ROLES, OrganisationKind
from keystage.service.gateway.models import (
    AuthorityUpload,
    CorrectionRequest,
    GatewayReturn,
    HeldPupil,
    ModeratedPupil,
    ModerationVisit,
    ReceivedFile,
    RegisteredPupil,
    ResendRequest,
    UploadMember,
)
from keystage.service.gateway.services.correction_requests import Wrong, mark_as_right, report_wrong
from service.addresses import addresses
from service.counties import County, a_county
from service.made import YEAR

EVIL = "</script><xss-a onload=1>'\"{{7*7}}"


@pytest.fixture
def county(db: None) -> County:
    made = a_county()
    school = made.schools["Quellbridge"]
    report_wrong(school.gateway_return, Wrong("writing", EVIL, "A1", EVIL, EVIL), by=school.manager)
    over = report_wrong(school.gateway_return, Wrong("pupil", EVIL), by=school.manager)
    mark_as_right(over, EVIL, by=made.officer, asked_for=made.gateway.authority)
    Organisation.objects.exclude(number="").update(name=EVIL)
    Person.objects.update(name=EVIL)
    ReceivedFile.objects.update(name=EVIL)
    RegisteredPupil.objects.update(surname=EVIL, forename=EVIL)
    HeldPupil.objects.update(surname=EVIL, forename=EVIL)
    ResendRequest.objects.update(reason=EVIL)
    found = GatewayReturn.objects.filter(is_moderated=True).first()
    assert found is not None
    ModerationVisit.objects.create(gateway_return=found, moderator=EVIL, notes=EVIL)
    ModeratedPupil.objects.create(
        gateway_return=found, registered=found.registered.all()[0], note=EVIL, judgement=EVIL[:8], school_code=EVIL[:8],
        chosen_by=made.officer, chosen_at=timezone.now(), judged_by=made.officer, judged_at=timezone.now(),
    )  # fmt: skip
    GatewayReturn.objects.update(chased_by=made.officer, chased_at=timezone.now())
    UploadMember.objects.update(name=EVIL, words=EVIL)
    AuthorityUpload.objects.update(fault=EVIL)
    GatewayReturn.objects.update(extension_reason=EVIL, removed_reason=EVIL, nil_reason=EVIL)
    return made


@pytest.mark.parametrize("namespace", ["authority", "agency"])
def test_nothing_that_is_said_becomes_markup(county: County, namespace: str) -> None:
    organisation = county.gateway.authority if namespace == "authority" else county.gateway.agency
    person = county.officer
    for role in ROLES[OrganisationKind(organisation.kind)]:
        Membership.objects.get_or_create(person=person, organisation=organisation, role=role, ended_at=None)
    client = Client()
    client.force_login(person)
    looked = 0
    for address in (each for each in addresses() if each.name.startswith(f"{namespace}:")):
        reported = [each.key for each in CorrectionRequest.objects.all()]
        for key in (*(each.gateway_return.key for each in county.schools.values()), county.upload.key, *reported):
            path = address.path(organisation=organisation.key, year=YEAR, key=key, reported=reported[0])
            response = client.get(path)
            if response.status_code == 200 and "text/html" in response.headers["Content-Type"]:
                looked += 1
                assert "<xss-a" not in response.content.decode(), path
    assert looked > 20
