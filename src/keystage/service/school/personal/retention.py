"""What the school's side lets go: whole years that are closed, and files that were never taken over."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain

from django.db.models import Q, QuerySet

from keystage.service.accounts.models import Organisation
from keystage.service.personal.doomed import doom
from keystage.service.personal.holds import schools_held
from keystage.service.personal.kept import Keep
from keystage.service.personal.models import LegalHold
from keystage.service.personal.periods import PERIODS, goes_on, is_over
from keystage.service.personal.retention import Counts, Piece, Rule, empty_contents
from keystage.service.school.models import (
    Expected,
    Export,
    Incoming,
    IssuedReport,
    Judgement,
    Pupil,
    PupilReport,
    PupilResult,
    QueryNote,
    ReportSettings,
    SchoolReturn,
    Signature,
    Stage,
    StoredFile,
)


def years_of(organisation: Organisation) -> list[tuple[SchoolReturn, date, str]]:
    """Return the years of a school with pupils in them, each with the day on which they go, and why they do not."""
    returns = SchoolReturn.objects.filter(organisation=organisation).order_by("-year")
    return [(each, goes_on(Keep.SCHOOL, each.year), _why_not(each)) for each in returns if _keys(each)]


def _why_not(each: SchoolReturn) -> str:
    if LegalHold.objects.filter(organisation=each.organisation_id, ended_at=None).exists():
        return "not while there is a legal hold"
    return "" if each.is_closed else "not before the year is closed"


def _years(moment: datetime) -> Iterator[Piece]:
    closed = SchoolReturn.objects.filter(stage=Stage.CLOSED).exclude(organisation__in=schools_held())
    for each in closed.select_related("organisation").order_by("year", "pk"):
        if is_over(Keep.SCHOOL, each.year, moment) and (keys := _keys(each)):
            words = f"the pupils of {each.year} at {each.organisation}"
            yield Piece(words, len(keys), lambda _erasure, one=each: _empty(one), each.organisation, tuple(keys))  # type: ignore[misc]


def _keys(each: SchoolReturn) -> list[str]:
    return list(chain(each.pupils.values_list("key", flat=True), each.expected.values_list("key", flat=True)))


def _empty(each: SchoolReturn) -> Counts:
    """Let go of everything about pupils in a year; that it was, and was signed and sent, stays."""
    locked = SchoolReturn.objects.select_for_update().get(pk=each.pk)
    files = empty_contents(_files(locked))
    issued = list(IssuedReport.objects.filter(pupil__school_return=locked).values_list("file", flat=True))
    counts = {
        "judgements": Judgement.objects.filter(pupil__school_return=locked).delete()[0],
        "answers": QueryNote.objects.filter(school_return=locked).delete()[0],
        "report texts": PupilReport.objects.filter(pupil__school_return=locked).delete()[0],
        "reports": IssuedReport.objects.filter(pupil__school_return=locked).delete()[0],
        "results": PupilResult.objects.filter(load__school_return=locked).delete()[0],
        "expected": Expected.objects.filter(school_return=locked).delete()[0],
        "pupils": Pupil.objects.filter(school_return=locked).delete()[0],
        "files": files,
    }
    StoredFile.objects.filter(pk__in=issued).delete()
    for signature in Signature.objects.filter(school_return=locked):
        signature.content = {**signature.content, "pupils": [], "signatures": []}
        signature.words = ""
        signature.save(update_fields=["content", "words"])
    Export.objects.filter(school_return=locked).update(left_out=[], notes=[], receipt_words="")
    ReportSettings.objects.filter(school_return=locked).update(head_name="", head_words="", arrangements="")
    return counts


def _files(locked: SchoolReturn) -> QuerySet[StoredFile]:
    exports = Export.objects.filter(school_return=locked)
    found = Q(pk__in=exports.values("file")) | Q(pk__in=exports.exclude(receipt=None).values("receipt"))
    found |= Q(pk__in=Incoming.objects.filter(school_return=locked).values("file"))
    found |= Q(pk__in=IssuedReport.objects.filter(pupil__school_return=locked).values("file"))
    return StoredFile.objects.filter(found)


def _left(moment: datetime) -> Iterator[Piece]:
    over = PERIODS[Keep.REFUSED].before(moment)
    rows = Incoming.objects.filter(accepted_at=None, results_loads=None, at__lt=over).exclude(
        school_return__organisation__in=schools_held()
    )
    if count := rows.count():
        yield Piece("files that were brought in and not taken over", count, lambda _erasure: _delete(rows))


def _delete(rows: QuerySet[Incoming]) -> Counts:
    found = list(rows.values_list("pk", "file", "file__sha256"))
    doom(sha256 for _, _, sha256 in found)
    Incoming.objects.filter(pk__in=[pk for pk, _, _ in found]).delete()
    files = StoredFile.objects.filter(pk__in=[file for _, file, _ in found])
    return {"files": files.update(sha256="", name="a file that was let go")}


RULES = (
    Rule("The pupils of a school’s closed years", "pupils", _years),
    Rule("Files brought in and not taken over", "files", _left),
)
"""What is let go on the school's side."""
