"""Everything that a side holds about one pupil, as a page that people read and as data, in one zip.

Of rows, lists and files in which others stand as well, only what is said of this pupil; what also names somebody else
is left out and counted.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone

from keystage.service.accounts.presenters.sentences import sentence
from keystage.service.events.models import Event
from keystage.service.files.store import get
from keystage.service.personal.contents import said_in
from keystage.service.personal.kept import Kept, name_of
from keystage.service.personal.subject import Subject
from keystage.service.personal.words import parts_about

CANNOT = (
    "Initials, nicknames and misspelt names in what people wrote: only the UPN, or both names together, are found.",
    "Pictures, and PDF files of several pupils.",
    "Paper, email that has left, and files that people downloaded.",
    "Backups: the same as here, as it was when each was made.",
)
"""What is not searched, in words."""


@dataclass
class Copy:
    """What is held about a pupil."""

    subject: Subject
    side: str
    made_at: datetime
    sections: list[tuple[str, str, list[dict[str, Any]]]] = field(default_factory=list)
    """Of each model: what a row is called, the model's name, and its rows by field."""
    events: list[str] = field(default_factory=list)
    files: list[tuple[str, list[str]]] = field(default_factory=list)
    """Files in which others stand as well: the name of each, and what it says of this pupil."""
    whole: list[tuple[str, bytes]] = field(default_factory=list)
    """Files that are about this pupil alone."""
    withheld: int = 0
    """Parts that also name somebody else."""
    not_searched: list[str] = field(default_factory=list)
    """Files that could not be looked through."""


def copy_of(entries: Sequence[Kept], subject: Subject, side: str) -> Copy:
    """Gather what is held about a pupil, by what is said to be kept."""
    made = Copy(subject, side, timezone.now())
    for entry in entries:
        rows = [values(row, entry) for row in entry.rows(subject)] if entry.rows else []
        if entry.rows and "sha256" in entry.pupil:
            made.whole += _whole(entry, subject)
        if entry.mixed and entry.in_copy:
            rows += list(_parts(made, entry, subject))
        if rows:
            made.sections.append((entry.words, name_of(entry.model), rows))
    made.sections.reverse()  # who the pupil is before what hangs on it
    for event in Event.objects.filter(target__in=keys_of(entries, subject)).order_by("pk"):
        made.events.append(f"{timezone.localtime(event.at):%d/%m/%Y %H:%M}: {_said(event)}")
    return made


def keys_of(entries: Sequence[Kept], subject: Subject) -> set[str]:
    """Return every key under which the record may speak of the pupil."""
    keys = set(subject.words.keys)
    for entry in entries:
        if entry.rows and any(each.name == "key" for each in entry.model._meta.concrete_fields):
            keys |= set(entry.rows(subject).values_list("key", flat=True))
    return keys


def values(row: Model, entry: Kept) -> dict[str, Any]:
    """Return what a row says of the pupil, by field, without what is empty."""
    names = [*entry.pupil, *entry.nothing]
    found = {name: _plain(getattr(row, name)) for name in names if name != "sha256"}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def _parts(made: Copy, entry: Kept, subject: Subject) -> Iterator[dict[str, Any]]:
    assert entry.mixed  # noqa: S101 - whoever calls has looked
    for row in entry.mixed(subject):
        for name in entry.pupil:
            if name == "sha256":
                _file(made, row, subject)
                continue
            for part in parts_about(getattr(row, name), subject.words):
                if subject.names_another(part):
                    made.withheld += 1
                else:
                    yield {name: _plain(part)}


def _file(made: Copy, row: Any, subject: Subject) -> None:
    name = getattr(row, "name", "") or str(row)
    try:
        said = said_in(get(row.sha256), subject.words)
    except OSError:
        return  # its content was let go, or is lost: nothing of it is held
    if not said.searched:
        made.not_searched.append(name)
    lines = [line for line in said.rows if not subject.names_another(line)]
    made.withheld += len(said.rows) - len(lines)
    if lines:
        made.files.append((name, lines))


def _whole(entry: Kept, subject: Subject) -> list[tuple[str, bytes]]:
    assert entry.rows  # noqa: S101
    found = []
    for number, row in enumerate(entry.rows(subject), 1):
        try:
            found.append((f"{number:02} {row.name}", get(row.sha256)))
        except OSError:
            continue
    return found


def _said(event: Event) -> str:
    who = "Somebody who uses the service" if event.person_id else "Keystage"
    return sentence(event, who, "this pupil")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return value


def as_zip(made: Copy) -> bytes:
    """Return a copy as a zip: a page to read, the same as data, and the files that are about this pupil alone."""
    data = {
        "about": made.subject.name,
        "held_by": made.side,
        "made_at": made.made_at.isoformat(),
        "years": list(made.subject.years),
        "held": {name: rows for _, name, rows in made.sections},
        "record": made.events,
        "files_with_others": [{"file": name, "says": lines} for name, lines in made.files],
        "files": [name for name, _ in made.whole],
        "withheld_because_it_names_somebody_else": made.withheld,
        "files_not_searched": made.not_searched,
        "not_searched": list(CANNOT),
    }
    sink = BytesIO()
    with ZipFile(sink, "w", ZIP_DEFLATED) as zipped:
        zipped.writestr("read me first.html", render_to_string("personal/copy.html", {"made": made, "cannot": CANNOT}))
        zipped.writestr("data.json", json.dumps(data, indent=1, ensure_ascii=False))
        for name, content in made.whole:
            zipped.writestr(f"files/{name.replace('/', '-')}", content)
    return sink.getvalue()
