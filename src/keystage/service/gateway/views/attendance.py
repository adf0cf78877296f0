"""The attendance register of each test: a table for the keyboard, saved and then submitted."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.words import join_words, name_in_sentence, plural
from keystage.service.gateway.presenters.attendance import code_words, pupil_rows, test_rows
from keystage.service.gateway.presenters.counted import counted_now
from keystage.service.gateway.register import registered_of
from keystage.service.gateway.services import attendance as services
from keystage.service.gateway.services.declaring import NAMES
from keystage.service.gateway.views.visiting import ReturnVisit, of_return, of_school
from keystage.years.subjects import Test


def overview(request: HttpRequest, at: ReturnVisit) -> HttpResponse:
    """Show the three registers."""
    registered = registered_of(at.gateway_return)
    context = {
        "at": at,
        "rows": test_rows(at.gateway_return, registered),
        "pupils": len(services.on_attendance(registered)),
        "may_open": at.may(Permission.RUN_COLLECTION if at.for_agency else Permission.REGISTER),
        "may_edit": _may_edit(at),
        "why_closed": "" if at.for_agency else services.why_closed(at.gateway_return),
    }
    return render(request, "gateway/attendance/overview.html", context)


def register(request: HttpRequest, at: ReturnVisit, test: str) -> HttpResponseBase:
    """Show the register of a test, and take what was typed."""
    which = _test_or_404(test)
    if request.method != "POST":
        return _page(request, at, which)
    if not _may_edit(at):
        raise NotAllowedNow(services.why_closed(at.gateway_return) or "You may not change it.")
    known = services.codes_of(at.year)
    typed = {
        name.removeprefix("code-"): str(value).strip().upper()[:10]
        for name, value in request.POST.items()
        if name.startswith("code-")
    }
    wrong = {key: f"“{code}” is no code" for key, code in typed.items() if code and code not in known}
    if wrong:
        return _page(request, at, which, typed, wrong)
    wanted = [
        services.Attended(key, code, str(request.POST.get(f"seen-{key}", ""))[:10]) for key, code in typed.items()
    ]
    saved = services.save_attendance(at.gateway_return, which, wanted, by=at.person, for_agency=at.for_agency)
    if saved.conflicts:
        names = join_words([name_in_sentence(each) for each in saved.conflicts])
        messages.error(request, f"Somebody else changed {names} meanwhile: theirs stands. Look at it, then save again.")
        return redirect(at.here("attendance-test", test=which))
    if request.POST.get("then") == "submit":
        return redirect(at.here("attendance-submit", test=which))
    messages.success(request, f"Saved: {plural(saved.changed, 'change')}.{counted_now(at.gateway_return)}")
    return redirect(at.here("attendance-test", test=which))


def submit(request: HttpRequest, at: ReturnVisit, test: str) -> HttpResponseBase:
    """Submit the register of a test, after a question."""
    which = _test_or_404(test)
    if request.method == "POST":
        services.submit_attendance(at.gateway_return, which, by=at.person, for_agency=at.for_agency)
        messages.success(request, f"The attendance register for {NAMES[which]} is submitted.")
        return redirect(at.here("attendance"))
    rows = pupil_rows(registered_of(at.gateway_return), which)
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.code] = counts.get(row.code, 0) + 1
    blank = sum(not row.code and not row.note for row in rows)
    known = services.codes_of(at.year)
    said = [(code, known[code].meaning, count) for code, count in sorted(counts.items()) if code in known]
    other = sum(bool(not row.code and row.note) for row in rows)
    context = {
        "at": at,
        "test": which,
        "name": NAMES[which],
        "present": blank,
        "other": other,
        "said": said,
        "pupils": len(rows),
    }
    return render(request, "gateway/attendance/submit.html", context)


def _page(
    request: HttpRequest,
    at: ReturnVisit,
    test: Test,
    typed: dict[str, str] | None = None,
    wrong: dict[str, str] | None = None,
) -> HttpResponse:
    registered = registered_of(at.gateway_return)
    rows = pupil_rows(registered, test, typed, wrong)
    context = {
        "at": at,
        "test": test,
        "name": NAMES[test],
        "rows": rows,
        "errors": [{"text": f"{row.name}: {row.error}", "href": f"#code-{row.key}"} for row in rows if row.error],
        "codes": code_words(services.codes_of(at.year)),
        "row": next(each for each in test_rows(at.gateway_return, registered) if each.test == test),
        "may_edit": _may_edit(at),
        "why_closed": "" if at.for_agency else services.why_closed(at.gateway_return),
    }
    return render(request, "gateway/attendance/register.html", context, status=422 if wrong else 200)


def _may_edit(at: ReturnVisit) -> bool:
    if at.for_agency:
        return at.may(Permission.RUN_COLLECTION)
    return at.may(Permission.REGISTER) and not services.why_closed(at.gateway_return)


def _test_or_404(test: str) -> Test:
    if test not in NAMES:
        raise Http404
    return Test(test)


urlpatterns = [
    path("", of_return(Permission.SEE_GATEWAY)(require_safe(overview)), name="attendance"),
    path("<str:test>/", of_return(Permission.REGISTER)(register), name="attendance-test"),
    path("<str:test>/submit/", of_return(Permission.REGISTER)(submit), name="attendance-submit"),
]
agency_urlpatterns = [
    path("", of_school(Permission.SEE_COUNTRY)(require_safe(overview)), name="attendance"),
    path("<str:test>/", of_school(Permission.RUN_COLLECTION)(register), name="attendance-test"),
    path("<str:test>/submit/", of_school(Permission.RUN_COLLECTION)(submit), name="attendance-submit"),
]
