"""The figures of an authority's or a trust's schools: provisional while results are awaited, released afterwards."""

from collections.abc import Iterator
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from keystage.measures import Of
from keystage.service.accounts.roles import Permission
from keystage.service.authority.presenters.figures import SHOWN, FiguresPage, column_words, figures_page
from keystage.service.authority.presenters.figures_file import HEADINGS, Row, sheets_of, tidy_rows
from keystage.service.authority.views.visiting import of_schools, own_settings
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.attachment import attachment
from keystage.service.gateway.early import hidden_below, shown_early
from keystage.service.gateway.figures_now import figures_now
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.queries import returns_of
from keystage.service.gateway.released import standing_of
from keystage.service.gateway.services.downloads import taken_of_schools
from keystage.service.gateway.views.visiting import CollectionVisit
from keystage.sheets.separated_writer import write_separated
from keystage.sheets.tidy_workbook import write_tidy_workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOT_EARLY = "Figures are shown once the results are released: the authority has set that nobody sees them before."
_MAY = of_schools(Permission.SEE_FIGURES)


def may_see(at: CollectionVisit, one: GatewayReturn | None = None) -> bool:
    """Say whether figures are shown to the organisation now: of one of its schools, or of any.

    What an authority has set holds for a trust too, school by school.
    """
    if standing_of(at.collection, timezone.now()).latest is not None:
        return True
    own = returns_of(at.collection, at.organisation)
    asked = own.filter(pk=one.pk) if one else own
    return shown_early(asked, at.collection).exists() or not own.exists()


@_MAY
@require_safe
def figures(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show the figures, or why there are none yet."""
    if not may_see(at):
        return render(request, "authority/figures_not_yet.html", {"at": at})
    page = _page(at)
    shown = next((each for each in page.kinds if each == request.GET.get("show")), Of.EXPECTED)
    columns = page.columns(shown)
    context = {
        "at": at, "page": page, "shown": shown, "columns": columns,
        "kinds": [(each, SHOWN[each]) for each in page.kinds],
        "headings": column_words([page.total.cells[each].measure for each in columns]),
    }  # fmt: skip
    return render(request, "authority/figures.html", context)


@_MAY
@require_safe
def as_csv(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Give what the page shows as a tidy CSV file; it is recorded who took it."""
    page, sink = _page_to_take(at), BytesIO()
    rows = ([("" if cell is None else str(cell)) for cell in row] for row in _rows(at, page))
    write_separated(sink, HEADINGS, rows, mark=True)
    return _taken(at, page, "csv", sink.getvalue(), "text/csv; charset=utf-8")


@_MAY
@require_safe
def as_workbook(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Give the same as a workbook, with what each measure is."""
    page, sink = _page_to_take(at), BytesIO()
    write_tidy_workbook(sheets_of(_rows(at, page)), sink, title=f"Figures {at.collection.year}")
    return _taken(at, page, "xlsx", sink.getvalue(), _XLSX)


def _page(at: CollectionVisit) -> FiguresPage:
    now = timezone.now()
    found = figures_now(at.collection, at.organisation, at.year, now)
    return figures_page(found, at.organisation.name, at.year, below=hidden_below(own_settings(at)), now=now)


def _page_to_take(at: CollectionVisit) -> FiguresPage:
    if not may_see(at):
        raise NotAllowedNow(_NOT_EARLY)
    return _page(at)


def _rows(at: CollectionVisit, page: FiguresPage) -> Iterator[Row]:
    return tidy_rows(page, at.organisation.kind, at.organisation.number, at.year)


def _taken(at: CollectionVisit, page: FiguresPage, ending: str, content: bytes, kind: str) -> HttpResponse:
    day = timezone.localdate(page.as_at)
    name = f"figures-{at.collection.year}-{page.status.lower()}-{day:%Y-%m-%d}.{ending}"
    taken_of_schools(at.collection, at.organisation, name, by=at.person)
    return attachment(name, content, kind)


urlpatterns = [
    path("", figures, name="figures"),
    path("figures.csv", as_csv, name="figures-csv"),
    path("figures.xlsx", as_workbook, name="figures-workbook"),
]
