"""What a file of judgements would change: matched, new, differing, not valid; a person chooses."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import plural
from keystage.service.school.models import Incoming
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.presenters.pupil_history import FIELD_WORDS
from keystage.service.school.services import incoming_judgements
from keystage.service.school.services.incoming_judgements import EVERYTHING, Imported
from keystage.service.school.services.incoming_judgements_plan import Stand
from keystage.service.school.views.incoming_choices import same_in
from keystage.service.school.views.incoming_refusals import preview_of
from keystage.service.school.views.visiting import YearVisit, of_year


@of_year(Permission.IMPORT_JUDGEMENTS)
@preview_of(IncomingKind.JUDGEMENTS)
def preview(request: HttpRequest, at: YearVisit, incoming: Incoming) -> HttpResponseBase:
    """Show what the file would change, and accept what is chosen."""
    same = same_in(request.GET.getlist("same"))
    if request.method == "POST":
        return _take(request, incoming, same, at)
    plan = incoming_judgements.plan(incoming, at.records, same)
    context = {
        "incoming": incoming,
        "plan": plan,
        "Stand": Stand,
        "field_words": FIELD_WORDS,
        "same": [f"{number}:{key}" for number, key in same.items()],
        "older": _older(plan.made_from, at),
        "other_year": plan.file_year if plan.file_year not in (None, at.school_return.year) else None,
        "may_take": not at.school_return.is_closed,
    }
    return render(request, "school/incoming/judgements.html", context)


def _older(made_from: tuple[str, str] | None, at: YearVisit) -> str:
    """Say so where a marksheet of ours was made from another state of the return than stands now."""
    if made_from is None or made_from[0] == at.records.fingerprint:
        return ""
    made, now = made_from[1], at.school_return.version
    which = f"version {made}" if made else "an earlier version"
    return (
        f"This marksheet was made from {which} of the return, which is now version {now}. Where it differs from what is"
        " here, the file may be the older of the two."
    )


def _take(request: HttpRequest, incoming: Incoming, same: dict[int, str], at: YearVisit) -> HttpResponseBase:
    chosen = {*request.POST.getlist("take")}
    if request.POST.get("accept") == EVERYTHING:
        chosen.add(EVERYTHING)
    if not chosen:
        raise NotAllowedNow("Nothing is ticked. Tick the judgements to accept.")
    seen = request.POST.get("seen", "")
    imported = incoming_judgements.accept(incoming, chosen, by=at.person, same=same, seen=seen)
    _say(request, imported)
    again = urlencode([("same", f"{number}:{key}") for number, key in same.items()])
    return redirect(f"{request.path}?{again}" if again else request.path)


def _say(request: HttpRequest, imported: Imported) -> None:
    outcome = imported.outcome
    if outcome.saved:
        messages.success(request, f"{plural(len(outcome.saved), 'judgement')} accepted.")
    left = imported.passed_over + len(outcome.conflicts) + len(outcome.refused)
    if left:
        were = "was" if left == 1 else "were"
        words = f"{plural(left, 'judgement')} {were} not accepted, because the marksheet changed in the meantime."
        messages.warning(request, f"{words} Look again: what is new and what differs is shown as it is now.")
