"""Seeds for the commands about personal data: called in processes of their own."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from keystage.service.accounts.roles import Role
from keystage.service.events.models import Erasure, Event
from keystage.service.gateway.models import Collection
from keystage.service.school.models import Pupil, StoredFile
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.models.returns import Stage
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.returns import move
from service.at_gateway import a_gateway, a_school_there, send
from service.made import a_school
from service.ready import judged
from service.seeds import session_of


def a_closed_year() -> dict[str, Any]:
    """Make a school with two pupils, a file that names both, and a year that is closed."""
    school = a_school()
    by = school.people[Role.DATA_MANAGER]
    judged(school, "Ada", "Example")
    judged(school, "Bea", "Sample")
    lines = "".join(f"{each.upn},{each.surname},{each.forename}\n" for each in school.pupils.values())
    bring_in(school.school_return, IncomingKind.ROLL, "roll.csv", f"UPN,Surname,Forename\n{lines}".encode(), by=by)
    move(school.school_return, Stage.CLOSED, by=by)
    keys = {name: each.key for name, each in school.pupils.items()}
    return {"session": session_of(school.people[Role.HEAD]), "base": school.base, "keys": keys}


def who_is_there() -> dict[str, Any]:
    """Say who is in the database, what the file's hash is, and how much was erased."""
    return {
        "pupils": sorted(Pupil.objects.values_list("forename", flat=True)),
        "file": StoredFile.objects.get(name="roll.csv").sha256,
        "erasures": Erasure.objects.count(),
        "words": Event.objects.filter(data__has_key="to").count(),
    }


def at_the_agency() -> dict[str, Any]:
    """Make a gateway whose collection is over, with a pupil to be looked up."""
    gateway = a_gateway()
    there = a_school_there(gateway)
    send(there)
    Collection.objects.update(closes_at=timezone.now() - timedelta(days=1))
    base = f"/agency/{gateway.agency.key}/personal/"
    return {"session": session_of(gateway.people[Role.OPERATOR]), "base": base, "upn": there.pupils[0].upn}
