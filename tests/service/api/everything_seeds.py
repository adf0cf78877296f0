"""What the interface has to show to a program that asks it everything: files, a receipt, results, and tokens enough."""

from base64 import b64encode
from datetime import timedelta
from typing import Any

from django.utils import timezone

from keystage.service.accounts.models import Scope
from keystage.service.accounts.roles import Role
from keystage.service.accounts.services.tokens import MOST, make_token
from keystage.service.files.store import put
from keystage.service.gateway.asked import asked, queries_in
from keystage.service.gateway.models import FileKind, PreparedFile, Receipt, ReceivedFile, Release, ReleaseStage
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, Gateway, SchoolThere, a_file, a_gateway, a_pupil, a_school_there, send
from service.made import YEAR

_CONTENTS = {FileKind.CSV: b"UPN\r\n", FileKind.CTF: b"<CTfile/>", FileKind.LETTERS: b"%PDF-1.7\n", FileKind.ZIP: b"PK"}


def everything() -> dict[str, Any]:
    """Make a school that has sent files and has results; return its year, keys, numbers, tokens and sound files."""
    gateway = a_gateway()
    there = a_school_there(gateway, pupils=4)
    first, asking = send(there, serial=1), send(there, _files(there)["asked"], serial=2)
    waiting = send(there, _files(there)["changed"], serial=3)
    ready, later = (_results(gateway, there, serial, hours) for serial, hours in ((1, -1), (2, 1000)))
    return {
        "year": YEAR,
        "keys": [first.key, waiting.key],
        "asks": [asked(each) for each in queries_in(asking.report)],
        "numbers": [each.number for each in Receipt.objects.all()],
        "results": [*ready, *later],
        "tokens": [_token(there, serial) for serial in range(MOST)],
        "files": {
            name: b64encode(a_file(there, pupils)[1]).decode() for name, pupils in _files(there).items()
        },
    }  # fmt: skip


def _files(there: SchoolThere) -> dict[str, Any]:
    """Return pupils for a file that counts, one that changes what counts, one with a query and one with errors."""
    first, *others = there.pupils
    rest = [a_pupil(each) for each in others]
    return {
        "sound": [a_pupil(first), *rest],
        "changed": [a_pupil(first, {**GOOD, Subject.WRITING: "GDS"}), *rest],
        "asked": [a_pupil(first, surname="Otherwise"), *rest],
        "faulty": rest,
    }


def _token(there: SchoolThere, serial: int) -> str:
    """Return one of many tokens: each may ask so often a minute, and a program that asks everything asks oftener."""
    head = there.people[Role.HEAD]
    return make_token(there.organisation, f"Program {serial}", list(Scope), lasts=timedelta(days=1), by=head)[1]


def _results(gateway: Gateway, there: SchoolThere, serial: int, hours: int) -> list[str]:
    now, by = timezone.now(), next(iter(gateway.people.values()))
    file = ReceivedFile.objects.create(
        organisation=gateway.agency, name="national.csv", sha256="0" * 64, size=1, by=by, at=now
    )
    release = Release.objects.create(
        collection=gateway.collection, serial=serial, file=file, loaded_by=by,
        release_at=now + timedelta(hours=hours), stage=ReleaseStage.READY,
    )  # fmt: skip
    made = [
        PreparedFile.objects.create(
            release=release, organisation=there.organisation, kind=kind, name=f"results.{kind}", sha256=put(content),
            size=len(content), pupils=4,
        )
        for kind, content in _CONTENTS.items()
    ]  # fmt: skip
    return [each.key for each in made]
