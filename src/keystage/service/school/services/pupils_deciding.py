"""A person's word on who is in the return, where the rules leave it open or a person knows better; and on the tests."""

from django.db import transaction
from django.utils import timezone

from keystage.returns.cohort import Verdict
from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record, record_all
from keystage.service.school.lines import Sorted
from keystage.service.school.models import Expected, Pupil, SchoolReturn
from keystage.service.school.records import Records
from keystage.service.school.services.returns import content_changed, lock_open
from keystage.years.registration import PupilStatus, TestStatus

_NOBODY = "This pupil is neither on the roll nor on the register. Load the page again."


@transaction.atomic
def decide(school_return: SchoolReturn, key: str, verdict: Verdict | None, reason: str, *, by: Person) -> None:
    """Decide what becomes of somebody on the roll or the register.

    Args:
        school_return: the return.
        key: of the pupil, or of the register's entry for one who is not on the roll.
        verdict: what is decided; None takes a decision back, and the rules are followed again.
        reason: why; needed for every decision.
        by: who decides.

    Raises:
        NotAllowedNow: the year is closed, no reason is given, or nobody has that key.
    """
    locked = lock_open(school_return)
    found = find(Records.of(locked), key)
    if found is None:
        raise NotAllowedNow(_NOBODY)
    about = found.pupil or found.expected
    assert about is not None  # noqa: S101 - a line is of somebody on one list or the other
    _refuse_decision(found, verdict, reason)
    before = about.decision
    if (before, about.decision_reason) == (verdict or "", reason.strip()[:300]):
        return
    about.decision = verdict or ""
    about.decision_reason = reason.strip()[:300] if verdict else ""
    about.decided_by, about.decided_at = (by, timezone.now()) if verdict else (None, None)
    about.save(update_fields=["decision", "decision_reason", "decided_by", "decided_at"])
    data = {"from": before, "to": about.decision, "rules": found.line.verdict, "reason": reason.strip()[:300]}
    record_all(
        Kind.PUPIL_DECIDED, [Done(about.key, "", data)], by=by, organisation=locked.organisation, year=locked.year
    )
    content_changed(locked, {found.pupil.class_name if found.pupil else ""}, by=by)


def _refuse_decision(found: Sorted, verdict: Verdict | None, reason: str) -> None:
    if verdict is None:
        return
    if verdict is Verdict.DECIDE:
        raise NotAllowedNow("Choose what becomes of the pupil, or take the decision back.")
    if not reason.strip():
        raise NotAllowedNow("Say why, so that others can follow the decision.")
    if found.pupil is None and verdict is not Verdict.NOT_OURS:
        raise NotAllowedNow("Only a pupil on the roll can be in the return. Add the pupil to the roll first.")


def find(records: Records, key: str) -> Sorted | None:
    """Return the line of the cohort table of a pupil, or of a register's entry; None where nobody has that key."""
    for each in records.cohort:
        if key in (each.pupil.key if each.pupil else "", each.expected.key if each.expected else ""):
            return each
    return None


TESTS = ("reading", "maths", "gps")
"""The tests that a register has a status for."""


@transaction.atomic
def register(
    school_return: SchoolReturn, key: str, tests: dict[str, TestStatus], status: PupilStatus, *, by: Person
) -> Expected:
    """Say by hand where a pupil stands for each test; a pupil who is not on the register is put on it.

    Raises:
        NotAllowedNow: the year is closed, no register was loaded, nobody has that key, or the pupil has no UPN.
    """
    locked = lock_open(school_return)
    if not locked.has_register:
        raise NotAllowedNow("No register is loaded. Load the register first; then a pupil can be registered by hand.")
    found = find(Records.of(locked), key)
    if found is None:
        raise NotAllowedNow(_NOBODY)
    entry = found.expected or _new_entry(locked, found.pupil)
    wanted = {**{test: tests[test] for test in TESTS}, "status": status}
    changes = [(name, getattr(entry, name), str(to)) for name, to in wanted.items() if getattr(entry, name) != to]
    for name, _, to in changes:
        setattr(entry, name, to)
    is_new = found.expected is None
    if not (changes or is_new):
        return entry
    entry.save()
    target = found.pupil.key if found.pupil else entry.key
    record(
        Kind.PUPIL_CHANGED,
        by=by,
        organisation=locked.organisation,
        year=locked.year,
        target=target,
        part="registration",
        changes={name: [before, to] for name, before, to in changes},
        is_new=is_new,
    )
    content_changed(locked, {found.pupil.class_name if found.pupil else ""}, by=by)
    return entry


def _new_entry(locked: SchoolReturn, pupil: Pupil | None) -> Expected:
    assert pupil is not None  # noqa: S101 - somebody without an entry is on the roll
    if not pupil.upn:
        raise NotAllowedNow("The register knows pupils by their UPN, and this pupil has none. Enter the UPN first.")
    if Expected.objects.filter(school_return=locked, upn=pupil.upn).exists():
        raise NotAllowedNow(
            "The UPN is on the register for another pupil, or stands twice on the roll. Correct it first."
        )
    return Expected(
        school_return=locked,
        upn=pupil.upn,
        former_upn=pupil.former_upn,
        surname=pupil.surname,
        forename=pupil.forename,
        birth_date=pupil.birth_date,
        sex=pupil.sex,
    )
