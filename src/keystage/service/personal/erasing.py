"""Erasing one pupil: what will go is worked out first and shown; then it goes in one transaction, or nothing does.

Killed on the way, nothing has happened. Content of files goes right after, and if that is stopped, the next worker or
command does it: what is to go is noted in the same transaction.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events import erasing
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Erasure, Event
from keystage.service.files.store import get, put
from keystage.service.personal.contents import without as content_without
from keystage.service.personal.copying import keys_of
from keystage.service.personal.doomed import doom, take_away
from keystage.service.personal.erased_list import write_list
from keystage.service.personal.holds import holding
from keystage.service.personal.kept import Kept, name_of
from keystage.service.personal.subject import Subject
from keystage.service.personal.words import without


@dataclass
class Plan:
    """What erasing a pupil would do."""

    rows: list[tuple[Kept, list[int]]] = field(default_factory=list)
    """Rows that are deleted, in this order."""
    changes: list[tuple[Kept, int, dict[str, Any]]] = field(default_factory=list)
    """Rows in which others stand as well: what they say afterwards."""
    contents: list[str] = field(default_factory=list)
    """Content of files that goes, with its name for people."""
    doomed: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    events: int = 0
    why_not: list[str] = field(default_factory=list)
    """Why nothing can be erased now; empty where it can."""

    @property
    def counts(self) -> dict[str, int]:
        """How much of what goes or is changed, by model."""
        found = {name_of(entry.model): len(pks) for entry, pks in self.rows if pks}
        for entry, _, _ in self.changes:
            name = f"{name_of(entry.model)} changed"
            found[name] = found.get(name, 0) + 1
        return {**found, "events": self.events}

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What goes, in words: of what, and how much."""
        gone = [(entry.words, f"{len(pks)} deleted") for entry, pks in self.rows if pks]
        changed: dict[str, int] = {}
        for entry, _, _ in self.changes:
            changed[entry.words] = changed.get(entry.words, 0) + 1
        return gone + [(words, f"the pupil is taken out of {count}") for words, count in changed.items()]


@dataclass
class Contents:
    """Contents of files that were worked out, so that none is worked out twice."""

    known: dict[str, str] = field(default_factory=dict)
    """Of each hash, that of what stands in its place: empty for nothing, itself where nothing of it changes."""
    keep: bool = False
    """Whether new contents are put into the store, or only looked at."""

    def after(self, sha256: str, subject: Subject) -> str:
        """Return the hash of what is left of a content."""
        if sha256 not in self.known:
            self.known[sha256] = self._worked_out(sha256, subject)
        return self.known[sha256]

    def _worked_out(self, sha256: str, subject: Subject) -> str:
        try:
            before = get(sha256)
        except OSError:
            return sha256  # lost, or not to be had now: nothing can be said of it
        after = content_without(before, subject.words)
        if after is None:
            return ""
        if not self.keep or after == before:
            return hashlib.sha256(after).hexdigest()
        made = put(after)
        doom([made])  # should nothing come of it, it goes again
        return made


def plan_of(entries: Sequence[Kept], subject: Subject, contents: Contents, *, force: bool = False) -> Plan:
    """Work out what erasing a pupil would do; nothing is changed by it.

    Args:
        entries: what is kept.
        subject: the pupil.
        contents: contents that were worked out before; new ones are added.
        force: do not ask whether it may be: it was erased before, and older data was brought back.
    """
    plan = Plan(keys=keys_of(entries, subject))
    plan.why_not = [] if force else why_not(subject)
    for entry in entries:
        if entry.rows:
            found = list(entry.rows(subject))
            plan.rows.append((entry, [each.pk for each in found]))
            if "sha256" in entry.pupil:
                plan.doomed |= {each.sha256 for each in found}
                plan.contents += [each.name for each in found]
        for row in entry.mixed(subject) if entry.mixed else ():
            if changed := _changed(plan, entry, row, subject, contents):
                plan.changes.append((entry, row.pk, changed))
    plan.events = erasing.how_many_say_more(Event.objects.filter(target__in=plan.keys))
    return plan


def why_not(subject: Subject) -> list[str]:
    """Return why a pupil cannot be erased now, in sentences."""
    found = [f"The pupil counts in {each}, which is not closed." for each in subject.open_in]
    held = holding([each.pk for each in subject.organisations], subject.words.keys)
    return found + [f"A legal hold was set on {each.at:%d/%m/%Y}: {each.reason}" for each in held]


def _changed(plan: Plan, entry: Kept, row: Any, subject: Subject, contents: Contents) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for name in entry.pupil:
        if name != "sha256":
            if (after := without(getattr(row, name), subject.words)) != getattr(row, name):
                changed[name] = _short_enough(entry, name, after)
        elif row.sha256:
            now = contents.after(row.sha256, subject)
            if now != row.sha256:
                changed["sha256"] = now
                plan.doomed.add(row.sha256)
                plan.contents.append(getattr(row, "name", "") or str(row))
    return changed


def _short_enough(entry: Kept, name: str, value: Any) -> Any:
    longest = getattr(entry.model._meta.get_field(name), "max_length", None)
    return value[:longest] if isinstance(value, str) and longest else value


@dataclass(frozen=True)
class Asked:
    """That a pupil is to be erased: by whom, for what organisation's record, and why."""

    by: Person | None
    organisation: Organisation | None
    reason: str
    again: bool = False
    """Whether it was done before, and older data was brought back: then nothing stands against it."""
    key: str = ""
    """Of an erasure that is done again."""


def erase(
    entries: Sequence[Kept], find: Callable[[], Subject], lock: Callable[[Subject], None], asked: Asked
) -> Erasure:
    """Erase a pupil.

    Args:
        entries: what is kept.
        find: finds the pupil; asked twice, as others may change something in between.
        lock: holds the pupil's returns against changes until the transaction ends.
        asked: by whom and why.

    Raises:
        NotAllowedNow: no reason is given, the pupil counts in something open, or a legal hold stands.
    """
    if not asked.reason.strip():
        raise NotAllowedNow("Say why the pupil is erased. Write no name: the reason stays on record.")
    contents = Contents(keep=True)
    force = asked.again
    plan_of(entries, find(), contents, force=force)  # files are rewritten before anybody has to wait
    with transaction.atomic():
        subject = find()
        lock(subject)
        plan = plan_of(entries, find(), contents, force=force)
        if plan.why_not:
            raise NotAllowedNow(" ".join(plan.why_not))
        done = _do(plan, asked)
    take_away()
    write_list()
    return done


def _do(plan: Plan, asked: Asked) -> Erasure:
    erasure = erasing.begin(
        Kind.PUPIL_ERASED, "pupil", by=asked.by, organisation=asked.organisation, reason=asked.reason,
        targets=plan.keys, key=asked.key,
    )  # fmt: skip
    for entry, pk, changed in plan.changes:
        entry.model._default_manager.filter(pk=pk).update(**changed)
    _delete(plan)
    doom(plan.doomed)
    erasing.take_words_out(erasure, erasing.of_targets(erasure))
    erasing.finish(erasure, plan.counts)
    return erasure


def _delete(plan: Plan) -> None:
    for entry, pks in plan.rows:
        entry.model._default_manager.filter(pk__in=pks).delete()
