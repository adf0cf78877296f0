"""Moderation at the practice gateway: one school where everything agrees, one that differs, one still to visit."""

from datetime import timedelta

from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.years import load
from keystage.service.gateway.models import Collection, GatewayReturn, ModeratedPupil, State
from keystage.service.gateway.moderated import reported
from keystage.service.gateway.register import held_of, registered_of
from keystage.service.gateway.sampling import propose, size_of_sample
from keystage.service.gateway.services.moderating import Visit, moderate, save_visit, set_sample
from keystage.service.gateway.services.moderating_judgements import Judged, record_judgements
from keystage.years.subjects import Subject

_MODERATOR = "Ash Field"
_SHARE, _SEED = 15, 1
_SHOWN = frozenset({"GDS", "EXS", "WTS"})


def demo_moderation(collection: Collection, authority: Organisation, manager: Person) -> None:
    """Have schools moderated: two that have sent were visited, and one that has not is visited next week."""
    returns = GatewayReturn.objects.filter(collection=collection).select_related("school", "collection")
    sent = [each for each in returns.order_by("number") if each.state == State.ACCEPTED][-2:]
    silent = returns.filter(state=State.NOT_STARTED).order_by("-number").first()
    for found, differs in zip(sent, (False, True), strict=True):
        _visited(found, authority, manager, differs=differs)
    if silent:
        next_week = timezone.localdate() + timedelta(days=7)
        moderate(silent, next_week, _MODERATOR, by=manager, noted_by=authority)


def _visited(found: GatewayReturn, authority: Organisation, manager: Person, *, differs: bool) -> None:
    day = timezone.localdate() - timedelta(days=2)
    moderate(found, day, "", by=manager, noted_by=authority)
    save_visit(found, Visit(day, _MODERATOR, day), version=0, by=manager, noted_by=authority)
    registered = registered_of(found)
    said = reported(held_of(found), registered)
    judged = {each.key: said[each.key].code for each in registered if each.key in said}
    shown = {key: code for key, code in judged.items() if code in _SHOWN}
    already = [each.key for each in registered if each.moderated_writing]
    keys = already or propose(shown, size_of_sample(len(shown), _SHARE, 3), _SEED)
    set_sample(found, keys, seen=(), how="by hand", by=manager)
    sample = list(ModeratedPupil.objects.filter(gateway_return=found).order_by("pk"))
    codes = [each.school_code for each in sample]
    if differs:
        codes[0] = next(code for code in load(found.collection.year).codes(Subject.WRITING) if code != codes[0])
    record_judgements(
        found, [Judged(each.key, code, "", "") for each, code in zip(sample, codes, strict=True)], by=manager
    )
