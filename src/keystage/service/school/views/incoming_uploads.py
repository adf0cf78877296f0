"""Bringing a file in: it is kept, and shown before anything of it is accepted."""

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse

from keystage.service.accounts.roles import Permission
from keystage.service.design.size import small_enough
from keystage.service.school.forms.incoming import FileForm
from keystage.service.school.models import Incoming
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.views.visiting import YearVisit, of_year

_SHEETS = ".csv,.xlsx,.xlsm,.xls,.ods"


class Asked(NamedTuple):
    """What one of the pages asks for."""

    kind: IncomingKind
    heading: str
    intro: tuple[str, ...]
    hint: str
    accept: str
    upload: str
    preview: str
    home: tuple[str, str] = ("pupils", "Pupils")
    """The page that one came from, and what it is called."""
    when_closed: bool = False
    """Whether it may come into a year that is closed."""


ROLL = Asked(
    IncomingKind.ROLL,
    "Load the roll",
    (
        "Bring in the school’s pupils from your own system, with those who left this year.",
        "You see what would change before anything does.",
        "Nobody is taken off the roll because they are not in the file, and a blank in the file wipes nothing out.",
        "Columns for disadvantaged, SEN and first language are read too: for the school’s own figures, and never sent.",
    ),
    "A Common Transfer File (CTF, .xml), or a CSV file or Excel sheet with UPN, surname, forename and date of birth",
    f".xml,.ctf,{_SHEETS}",
    "roll-upload",
    "roll-preview",
)
REGISTER = Asked(
    IncomingKind.REGISTER,
    "Load the register",
    (
        "The register is the list of pupils whom the gateway expects. The gateway is where the return is sent.",
        "It says where each pupil stands for each test.",
        "A new one replaces the one that is loaded, once you have seen what would change. What people decided is kept.",
    ),
    "A CSV file or Excel sheet with UPN, surname, forename, date of birth and sex, and where each pupil stands for"
    " reading, maths and GPS (grammar, punctuation and spelling)",
    _SHEETS,
    "register-upload",
    "register-preview",
)
JUDGEMENTS = Asked(
    IncomingKind.JUDGEMENTS,
    "Import judgements",
    (
        "Bring in teacher assessments from other software, or the marksheet that was filled in Excel.",
        "You see what is new and what differs, and choose. Nothing that is here is overwritten unless you tick it.",
    ),
    "A Common Transfer File (CTF, .xml) with KS2 teacher assessments, or a CSV file or Excel sheet",
    f".xml,.ctf,{_SHEETS}",
    "import",
    "import-preview",
)
RESULTS = Asked(
    IncomingKind.RESULTS,
    "Import results",
    (
        "Bring in the results of the tests as they were downloaded from the gateway, and again when they are revised.",
        "You see them beside what is here before anything is accepted: who is not known, and who is missing.",
        "Where a teacher assessment came back different from what was sent, you see that too.",
    ),
    "A Common Transfer File (CTF, .xml) with the tests, best with the teacher assessments too, or the CSV file",
    f".xml,.ctf,{_SHEETS}",
    "results-import",
    "results-preview",
    ("results", "Results"),
    when_closed=True,
)

REPORTS = Asked(
    IncomingKind.REPORTS,
    "Import words and attendance",
    (
        "Bring in comments and attendance from the school’s own system. Pupils are found by UPN.",
        "You see what is new and what differs, and choose.",
        "Nothing that is written is replaced unless you tick it, and a blank in the file wipes nothing out.",
    ),
    "A CSV file or Excel sheet with a column of UPNs, and columns such as General progress, Achievements, Possible"
    " sessions, Sessions attended and Unauthorised absences",
    _SHEETS,
    "report-import",
    "report-import-preview",
    ("reports", "Reports"),
    when_closed=True,
)


def upload(request: HttpRequest, at: YearVisit, asked: Asked, *, fetch_href: str = "") -> HttpResponseBase:
    """Keep the file that is brought in, and lead to its preview; or ask for one.

    Args:
        request: what is asked.
        at: the school's year.
        asked: what the page asks for.
        fetch_href: where the file can be fetched in place of being brought; empty where it cannot.
    """
    form = FileForm(request.POST or None, request.FILES or None, accept=asked.accept, hint=asked.hint)
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES, accept=asked.accept, hint=asked.hint)
        if form.is_valid():
            file = form.cleaned_data["file"]
            made = bring_in(at.school_return, asked.kind, file.name, file.read(), by=at.person)
            return redirect(href_of(at, asked.preview, made.key))
    earlier = Incoming.objects.filter(school_return=at.school_return, kind=asked.kind).select_related("file", "by")
    may_bring = asked.when_closed or not at.school_return.is_closed
    if not may_bring:
        messages.info(request, f"The year {at.school_return.year} is closed and can only be read.")
    context = {
        "asked": asked,
        "form": form,
        "earlier": earlier.order_by("-id")[:5],
        "may_bring": may_bring,
        "fetch_href": fetch_href,
    }
    return render(request, "school/incoming/upload.html", context)


def href_of(at: YearVisit, name: str, key: str = "") -> str:
    """Return the address of a page of files that come in."""
    where: dict[str, object] = {"organisation": at.school.key, "year": at.school_return.year}
    return reverse(f"school:{name}", kwargs=where | ({"key": key} if key else {}))


@small_enough
@of_year(Permission.EDIT_PUPILS)
def roll(request: HttpRequest, at: YearVisit) -> HttpResponseBase:
    """Bring in a roll."""
    return upload(request, at, ROLL)


@small_enough
@of_year(Permission.EDIT_PUPILS)
def register(request: HttpRequest, at: YearVisit) -> HttpResponseBase:
    """Bring in the register of expected pupils."""
    return upload(request, at, REGISTER)


@small_enough
@of_year(Permission.IMPORT_JUDGEMENTS)
def judgements(request: HttpRequest, at: YearVisit) -> HttpResponseBase:
    """Bring in judgements from other software, or a marksheet that was filled in."""
    return upload(request, at, JUDGEMENTS)


urlpatterns = [
    path("", judgements, name="import"),
    path("roll/", roll, name="roll-upload"),
    path("register/", register, name="register-upload"),
]
