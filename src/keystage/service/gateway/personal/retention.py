"""What the gateway lets go: the pupils of collections that are over, files that never counted, prepared results."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import Q, QuerySet

from keystage.service.gateway.dates import dates_of
from keystage.service.gateway.models import (
    AuthorityUpload,
    Collection,
    Correction,
    CorrectionRequest,
    GatewayReturn,
    HeldPupil,
    Message,
    ModeratedPupil,
    ModerationVisit,
    PreparedFile,
    QueryAnswer,
    Receipt,
    ReceivedFile,
    RegisteredPupil,
    RegistrationLoad,
    Release,
    ResendRequest,
    SchoolResults,
    Stage,
    Submission,
    UploadMember,
)
from keystage.service.personal.holds import schools_held
from keystage.service.personal.kept import Keep
from keystage.service.personal.periods import PERIODS, is_over
from keystage.service.personal.retention import Counts, Piece, Rule, empty_contents
from keystage.service.personal.words import GONE

_NEVER_COUNTED = (Stage.UNREADABLE, Stage.IN_ERROR, Stage.SET_ASIDE)


def _over(moment: datetime) -> QuerySet[Collection]:
    ended = Collection.objects.filter(Q(closes_at__lt=moment) | ~Q(closed_at=None))
    years = [each.year for each in ended if is_over(Keep.GATEWAY, each.year, moment)]
    return ended.filter(year__in=years)


def _is_open(at: GatewayReturn, moment: datetime) -> bool:
    dates = dates_of(at)
    return moment < dates.closes_at and (dates.is_extended or not dates.is_closed_by_hand)


def _pupils(moment: datetime) -> Iterator[Piece]:
    returns = GatewayReturn.objects.filter(collection__in=_over(moment)).exclude(school__in=schools_held())
    for each in returns.select_related("collection", "school").order_by("collection", "pk"):
        keys = [] if _is_open(each, moment) else _keys(each)
        if keys:
            words = f"the pupils of {each.collection.year} at {each.school}"
            yield Piece(words, len(keys), lambda _erasure, one=each: _empty(one), each.school, tuple(keys))  # type: ignore[misc]


def _keys(at: GatewayReturn) -> list[str]:
    models: tuple[Any, ...] = (RegisteredPupil, HeldPupil, CorrectionRequest, Correction, ModeratedPupil)
    rows = (model.objects.filter(gateway_return=at).values_list("key", flat=True) for model in models)
    return list(chain.from_iterable(rows))


def _empty(each: GatewayReturn) -> Counts:
    """Let go of everything about the pupils of a return; that it was, its state and its counts stay."""
    locked = GatewayReturn.objects.select_for_update().get(pk=each.pk)
    sent = Submission.objects.filter(gateway_return=locked)
    counts = {"files": empty_contents(ReceivedFile.objects.filter(pk__in=sent.values("file")))}
    counts["results"] = empty_contents(SchoolResults.objects.filter(gateway_return=locked))
    models: tuple[Any, ...] = (QueryAnswer, Correction, CorrectionRequest, ModeratedPupil, HeldPupil, RegisteredPupil)
    for model in models:
        counts[str(model._meta.verbose_name)] = model.objects.filter(gateway_return=locked).delete()[0]
    for submission in sent:
        submission.report = {**submission.report, **({"findings": [], "notes": []} if submission.report else {})}
        submission.save(update_fields=["report"])
    for receipt in Receipt.objects.filter(gateway_return=locked):
        receipt.content = {**receipt.content, "pupils": [], "missing": []}
        receipt.save(update_fields=["content"])
    _words_of(locked)
    return counts


def _words_of(locked: GatewayReturn) -> None:
    SchoolResults.objects.filter(gateway_return=locked).update(report={}, changes=[])
    Message.objects.filter(gateway_return=locked).update(text=GONE)
    ResendRequest.objects.filter(gateway_return=locked).update(reason=GONE)
    ModerationVisit.objects.filter(gateway_return=locked).update(notes="", moderator="")
    UploadMember.objects.filter(submission__gateway_return=locked).update(words="")
    GatewayReturn.objects.filter(pk=locked.pk).update(extension_reason="", removed_reason="")


def _country(moment: datetime) -> Iterator[Piece]:
    """Yield the files of the whole country, once no school of the collection has pupils any more."""
    for each in _over(moment).order_by("year"):
        if has_pupils(each):
            continue
        if count := sum(rows.exclude(sha256="").count() for rows in _files(each)):
            words = f"the files of the whole country of {each.year}"
            yield Piece(words, count, lambda _erasure, one=each: _empty_country(one))  # type: ignore[misc]


def has_pupils(collection: Collection) -> bool:
    """Say whether anybody is on a register of a collection, or counts in it."""
    in_it = Q(gateway_return__collection=collection)
    return RegisteredPupil.objects.filter(in_it).exists() or HeldPupil.objects.filter(in_it).exists()


def _files(each: Collection) -> tuple[QuerySet[Any], ...]:
    releases = Release.objects.filter(collection=each)
    found = (
        Q(pk__in=releases.values("file")) | Q(pk__in=each.loads.values("file")) | Q(pk__in=each.uploads.values("file"))
    )
    return (
        ReceivedFile.objects.filter(found),
        SchoolResults.objects.filter(release__in=releases),
        PreparedFile.objects.filter(release__in=releases),
    )


def _empty_country(each: Collection) -> Counts:
    counts = {"files": sum(empty_contents(rows) for rows in _files(each))}
    SchoolResults.objects.filter(release__collection=each).update(report={}, changes=[])
    Release.objects.filter(collection=each).update(notes=[])
    RegistrationLoad.objects.filter(collection=each).update(faults=[])
    AuthorityUpload.objects.filter(collection=each).update(fault="")
    return counts


def _never_counted(moment: datetime) -> Iterator[Piece]:
    over = PERIODS[Keep.REFUSED].before(moment)
    sent = Submission.objects.filter(stage__in=_NEVER_COUNTED, received_at__lt=over)
    sent = sent.exclude(gateway_return__school__in=schools_held()).select_related("gateway_return__collection")
    files = [each.file_id for each in sent if not _is_open(each.gateway_return, moment)]
    rows = ReceivedFile.objects.filter(pk__in=files).exclude(sha256="")
    if count := rows.count():
        yield Piece("files that never counted", count, lambda _erasure: {"files": empty_contents(rows)})


def _prepared(moment: datetime) -> Iterator[Piece]:
    over = PERIODS[Keep.PREPARED].before(moment)
    rows = PreparedFile.objects.filter(release__release_at__lt=over).exclude(sha256="")
    rows = rows.exclude(organisation__in=schools_held())
    if count := rows.count():
        yield Piece("prepared files of results", count, lambda _erasure: {"files": empty_contents(rows)})


RULES = (
    Rule("The pupils of collections that are over", "pupils", _pupils),
    Rule("Files of the whole country", "files", _country),
    Rule("Files that came and never counted", "files", _never_counted),
    Rule("Prepared files of results", "files", _prepared),
)
"""What is let go at the gateway."""
