"""A file that cannot be used: the page that says what is wrong, and what a person can do. The file is kept."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from keystage.returns.refused import FileRefused
from keystage.returns.roll import RollRefused
from keystage.service.school.models import Incoming
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.services.incoming_kinds import WrongKind
from keystage.service.school.views.incoming_uploads import JUDGEMENTS, REGISTER, REPORTS, RESULTS, ROLL
from keystage.service.school.views.visiting import YearVisit
from keystage.sheets import RegisterRefused

_ASKED = {asked.kind: asked for asked in (ROLL, REGISTER, JUDGEMENTS, RESULTS, REPORTS)}
_SHOWN = 100
"""Faults of a register that are listed; the rest are counted."""

Preview = Callable[[HttpRequest, YearVisit, Incoming], HttpResponseBase]
Page = Callable[[HttpRequest, YearVisit, str], HttpResponseBase]


def preview_of(kind: IncomingKind) -> Callable[[Preview], Page]:
    """Give a view the file that its address names, and show why where that cannot be used."""

    def decorate(view: Preview) -> Page:
        @wraps(view)
        def guarded(request: HttpRequest, at: YearVisit, key: str) -> HttpResponseBase:
            incoming = (
                Incoming.objects.filter(school_return=at.school_return, key=key, kind=kind)
                .select_related("file", "by", "school_return__organisation")
                .first()
            )
            if incoming is None:
                raise Http404
            try:
                return view(request, at, incoming)
            except RegisterRefused as refused:
                faults = [str(fault) for fault in refused.faults]
                things = "one thing" if len(faults) == 1 else f"{len(faults)} things"
                return _refused(request, incoming, f"The register has {things} to put right.", "", faults)
            except (FileRefused, RollRefused, WrongKind) as refused:
                return _refused(request, incoming, refused.what, refused.fix, [], _place(refused))

        return guarded

    return decorate


def _place(refused: Exception) -> str:
    if isinstance(refused, FileRefused) and refused.line:
        return f"Line {refused.line:,}" + (f", column {refused.column:,}" if refused.column else "")
    return ""


def _refused(
    request: HttpRequest, incoming: Incoming, what: str, fix: str, faults: list[str], place: str = ""
) -> HttpResponseBase:
    context = {
        "incoming": incoming,
        "asked": _ASKED[IncomingKind(incoming.kind)],
        "what": what,
        "fix": fix,
        "place": place,
        "faults": faults[:_SHOWN],
        "more": max(0, len(faults) - _SHOWN),
    }
    return render(request, "school/incoming/refused.html", context, status=422)
