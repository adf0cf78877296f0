"""The files in an authority's zip: whose each is, and what becomes of it."""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from keystage.checks.archives import members
from keystage.checks.files import Options, read_return
from keystage.returns.refused import FileRefused
from keystage.returns.school import school_in
from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.mailing import mail_later, people_who_may
from keystage.service.gateway.models import (
    AuthorityUpload,
    GatewayReturn,
    Route,
    Stage,
    Submission,
    UploadMember,
)
from keystage.service.gateway.queries import returns_of
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.receiving import Arrival, receive

_log = logging.getLogger(__name__)
OUR_FAULT = "Keystage failed on this file, and nothing of it was received. Send it by itself, or write to the helpdesk."
_NO_SCHOOL = (
    "It does not say which school it is of, and neither does its name. Put the school’s seven figures into the name,"
    " like 9992001.xlsx, and send it again."
)
_TWINS = (
    "F09: the zip holds several files of school {number}: {names}. None of them was received, because only you can say"
    " which one is right. Send that one alone."
)

_NAMED, _LONGEST = 5, 80
"""So many files of a school are named, with so many letters of each name."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file in a zip, as it was found."""

    name: str
    number: str = ""
    """The school's seven figures; empty where nothing says them."""
    sha256: str = ""
    words: str = ""
    """Why it is refused; empty where it is not."""


def look_into(content: bytes, year: int) -> tuple[list[Found], str]:
    """Return the files in a zip, and why no more of it can be read; empty where all of it was."""
    found: list[Found] = []
    fault = ""
    try:
        found.extend(_found(each.name, each.content, year) for each in members(content))
    except FileRefused as refused:
        fault = str(refused)
    return _without_twins(found), fault


def _found(name: str, content: bytes | FileRefused, year: int) -> Found:
    if isinstance(content, FileRefused):
        return Found(name, _in_name(name), words=str(content))
    try:
        number = _number(name, content, year)
    except Exception:  # whatever one file does, the others go on
        _log.exception("A file of a zip could not be looked into")
        return Found(name, words=OUR_FAULT)
    return Found(name, number, hashlib.sha256(content).hexdigest(), "" if number else _NO_SCHOOL)


def _number(name: str, content: bytes, year: int) -> str:
    """Return the school that a file says it is of; of one that cannot be read, the one that its name says."""
    options = Options(year=year, years_dir=settings.ENVIRONMENT.years_dir)
    try:
        return read_return(content, base_name(name), options)[0].school or _in_name(name)
    except FileRefused:
        return _in_name(name)


def _in_name(name: str) -> str:
    return school_in(base_name(name))


def base_name(name: str) -> str:
    """Return the name of a file in a zip without the folders that it lies in."""
    return PurePosixPath(name.replace("\\", "/")).name


def _without_twins(found: Sequence[Found]) -> list[Found]:
    """Refuse files of one school that differ: neither may silently win. Copies of one file are one."""
    by_school: dict[str, list[Found]] = defaultdict(list)
    for each in found:
        if each.number and not each.words:
            by_school[each.number].append(each)
    several = {
        number: _TWINS.format(number=number, names=_named(held))
        for number, held in by_school.items()
        if len({each.sha256 for each in held}) > 1
    }
    return [each if each.words or each.number not in several else _refused(each, several) for each in found]


def _named(held: Sequence[Found]) -> str:
    """Name files, some of many and each shortened: this stands at every one of them."""
    names = [f"“{each.name if len(each.name) <= _LONGEST else f'…{each.name[-_LONGEST:]}'}”" for each in held[:_NAMED]]
    more = len(held) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _refused(each: Found, several: dict[str, str]) -> Found:
    return replace(each, words=several[each.number])


@transaction.atomic
def take(upload: AuthorityUpload, position: int, found: Found, content: bytes | None) -> None:
    """Receive and check one file of a zip, with its line; one that has its line already is left as it is."""
    AuthorityUpload.objects.select_for_update().get(pk=upload.pk)
    if UploadMember.objects.filter(upload=upload, position=position).exists():
        return
    if found.words or content is None:
        note(upload, position, found if found.words else replace(found, words=OUR_FAULT))
        return
    returned = returns_of(upload.collection, upload.organisation).filter(number=found.number).first()
    if returned is None:
        note(upload, position, replace(found, words=_not_here(upload, found.number)))
        return
    try:
        with transaction.atomic():
            submission = _receive(upload, returned, found, content)
    except NotAllowedNow as refused:
        note(upload, position, replace(found, words=str(refused)))
        return
    note(upload, position, found, submission)


def _receive(upload: AuthorityUpload, returned: GatewayReturn, found: Found, content: bytes) -> Submission:
    arrival = Arrival(
        base_name(found.name), content, upload.organisation, upload.by, Route.AUTHORITY, arrived_at=upload.at
    )
    received = receive(returned, arrival)
    is_new = received.stage == Stage.RECEIVED
    checked = check(received, by=upload.by)
    if is_new:
        mail_later(
            "sent_by_authority", people_who_may(Permission.SUBMIT, returned.school), school=returned.school.name,
            authority=upload.organisation.name, year=upload.collection.year, file=arrival.name,
            stage=str(checked.stage), errors=checked.errors, queries=checked.queries,
        )  # fmt: skip
    return checked


def _not_here(upload: AuthorityUpload, number: str) -> str:
    name = upload.organisation.name
    if number[:3] != upload.organisation.number:
        return f"School {number} is not one of {name}’s, so its file was not received."
    return f"No school with the number {number} takes part in this collection, so its file was not received."


def note(upload: AuthorityUpload, position: int, found: Found, submission: Submission | None = None) -> None:
    """Write the line of one file; where it has one, that stays."""
    UploadMember.objects.get_or_create(
        upload=upload, position=position,
        defaults={
            "name": found.name[-300:], "school_number": found.number[:7], "submission": submission,
            "words": found.words, "at": timezone.now(),
        },
    )  # fmt: skip
