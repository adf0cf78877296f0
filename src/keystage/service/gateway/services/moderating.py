"""Moderation of writing: which schools are visited, when and by whom, and which pupils are in the sample."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import date_words, plural
from keystage.service.events.kinds import Kind
from keystage.service.events.record import Done, record, record_all
from keystage.service.gateway.models import GatewayReturn, ModeratedPupil, ModerationVisit, RegisteredPupil
from keystage.service.gateway.moderated import reported
from keystage.service.gateway.register import held_of, registered_of
from keystage.service.gateway.services.locking import lock
from keystage.service.gateway.services.school_dates import note_moderation


class ChangedMeanwhile(Exception):
    """Somebody else changed it after the page was shown: nothing was saved, and a person looks at both."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What is known of a visit."""

    planned_on: date | None
    moderator: str = ""
    held_on: date | None = None
    notes: str = ""


def visit_of(gateway_return: GatewayReturn) -> ModerationVisit:
    """Return what is kept of a school's visit; a new one, not kept yet, where nothing is."""
    found = ModerationVisit.objects.filter(gateway_return=gateway_return).select_related("changed_by").first()
    return found or ModerationVisit(gateway_return=gateway_return)


@transaction.atomic
def moderate(
    gateway_return: GatewayReturn, planned_on: date | None, moderator: str, *, by: Person, noted_by: Organisation
) -> bool:
    """Choose a school to be moderated, and say whether it was not before: one that was is left as it is."""
    locked = lock(gateway_return)
    if locked.is_moderated:
        return False
    note_moderation(locked, planned_on, by=by, noted_by=noted_by)
    if moderator.strip():
        save_visit(locked, Visit(planned_on, moderator), version=visit_of(locked).version, by=by, noted_by=noted_by)
    return True


@transaction.atomic
def save_visit(
    gateway_return: GatewayReturn, visit: Visit, *, version: int, by: Person, noted_by: Organisation
) -> ModerationVisit:
    """Keep when a visit is planned and was held, who visits, and notes. Saying the same again changes nothing.

    Args:
        gateway_return: the school's return.
        visit: what is to be kept.
        version: the version that the person saw.
        by: who says it.
        noted_by: their authority.

    Raises:
        NotAllowedNow: the school is not moderated, or the visit is said to have been held on a day to come.
        ChangedMeanwhile: it has another version now.
    """
    locked = lock(gateway_return)
    _must_be_moderated(locked)
    if visit.held_on and visit.held_on > timezone.localdate():
        raise NotAllowedNow("The day on which the visit was held cannot be in the future.")
    held = visit_of(locked)
    told = _told(held, locked, visit)
    if not told:
        return held
    if held.version != version:
        raise ChangedMeanwhile
    held.moderator, held.held_on, held.notes = visit.moderator.strip(), visit.held_on, visit.notes.strip()
    held.version, held.changed_by, held.changed_at = version + 1, by, timezone.now()
    held.save()
    note_moderation(locked, visit.planned_on, by=by, noted_by=noted_by)
    record(
        Kind.VISIT_CHANGED, by=by, organisation=locked.school, year=locked.collection.year, target=locked.key,
        what=", ".join(told),
    )  # fmt: skip
    return held


def _told(held: ModerationVisit, locked: GatewayReturn, visit: Visit) -> list[str]:
    """Return what is new, in words for the record."""
    words = []
    if locked.visit_on != visit.planned_on:
        words.append(f"planned for {date_words(visit.planned_on)}" if visit.planned_on else "no day planned")
    if held.moderator != visit.moderator.strip():
        words.append(f"moderator {visit.moderator.strip() or 'not named'}")
    if held.held_on != visit.held_on:
        words.append(f"held on {date_words(visit.held_on)}" if visit.held_on else "not held yet")
    if held.notes != visit.notes.strip():
        words.append("notes changed")
    return words


@transaction.atomic
def end_moderation(gateway_return: GatewayReturn, *, by: Person, noted_by: Organisation) -> None:
    """Note that a school is not moderated after all; its sample goes with it.

    Raises:
        NotAllowedNow: judgements are recorded. They are taken back first, each with its own entry in the record.
    """
    locked = lock(gateway_return)
    recorded = ModeratedPupil.objects.filter(gateway_return=locked).exclude(registered__moderated_writing="").count()
    if recorded:
        raise NotAllowedNow(
            f"{plural(recorded, 'moderated judgement is', 'moderated judgements are')} recorded for {locked.school}."
            " Take them back first."
        )
    _leave_out(locked, list(ModeratedPupil.objects.filter(gateway_return=locked).select_related("registered")), by)
    note_moderation(locked, None, is_moderated=False, by=by, noted_by=noted_by)


@transaction.atomic
def set_sample(
    gateway_return: GatewayReturn, keys: Iterable[str], *, seen: Iterable[str], how: str, by: Person
) -> tuple[int, int]:
    """Make the sample of a school, and return how many pupils came to it and how many were left out.

    Args:
        gateway_return: the school's return.
        keys: of the pupils on the register who are to be in it.
        seen: the keys of those who were in it when the person looked.
        how: how they were chosen, as the record says it: ``by hand``.
        by: who chooses.

    Raises:
        NotAllowedNow: the school is not moderated, a pupil is not on its register, or one has a recorded judgement.
        ChangedMeanwhile: others are in it now than the person saw.
    """
    locked = lock(gateway_return)
    _must_be_moderated(locked)
    wanted = set(keys)
    sample = list(ModeratedPupil.objects.filter(gateway_return=locked).select_related("registered"))
    now = {each.registered.key for each in sample}
    if now == wanted:
        return 0, 0
    if now != set(seen):
        raise ChangedMeanwhile
    added = _add(locked, wanted - now, how, by)
    left = [each for each in sample if each.registered.key not in wanted]
    judged = [each for each in left if each.registered.moderated_writing]
    if judged:
        who = ", ".join(str(each.registered) for each in judged)
        raise NotAllowedNow(f"A moderated judgement is recorded for {who}. Take it back before leaving the pupil out.")
    _leave_out(locked, left, by)
    return added, len(left)


def _add(locked: GatewayReturn, keys: set[str], how: str, by: Person) -> int:
    registered = registered_of(locked)
    chosen = [each for each in registered if each.key in keys]
    if len(chosen) != len(keys):
        raise NotAllowedNow("A pupil who was chosen is not on the school’s register any more. Look at the list again.")
    said = reported(held_of(locked), registered)
    ModeratedPupil.objects.bulk_create(_in_sample(locked, each, said[each.key].code if each.key in said else "", by)
                                       for each in chosen)  # fmt: skip
    done = [Done(each.key, "writing", {"how": how}) for each in chosen]
    record_all(Kind.SAMPLE_CHOSEN, done, by=by, organisation=locked.school, year=locked.collection.year)
    return len(chosen)


def _in_sample(locked: GatewayReturn, each: RegisteredPupil, code: str, by: Person) -> ModeratedPupil:
    """Return a pupil in the sample; a judgement that came with the register is taken over."""
    return ModeratedPupil(
        gateway_return=locked, registered=each, school_code=code, judgement=each.moderated_writing, chosen_by=by,
        chosen_at=timezone.now(),
    )  # fmt: skip


def _leave_out(locked: GatewayReturn, left: list[ModeratedPupil], by: Person) -> None:
    done = [Done(each.registered.key, "writing") for each in left]
    ModeratedPupil.objects.filter(pk__in=[each.pk for each in left]).delete()
    record_all(Kind.SAMPLE_LEFT, done, by=by, organisation=locked.school, year=locked.collection.year)


def _must_be_moderated(locked: GatewayReturn) -> None:
    if not locked.is_moderated:
        raise NotAllowedNow(f"{locked.school} is not moderated. Choose it to be moderated first.")
