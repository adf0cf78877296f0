"""What an authority or a trust can take away of its schools' data; who takes what is recorded."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from keystage.service.accounts.roles import Permission
from keystage.service.authority.ctf_zip import ctfs, zipped
from keystage.service.authority.views.visiting import of_schools
from keystage.service.authority.warehouse import columns, rows
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.design.attachment import attachment
from keystage.service.gateway.queries import held_by_school, results_by_school
from keystage.service.gateway.released import standing_of
from keystage.service.gateway.services.downloads import taken_of_schools
from keystage.service.gateway.views.visiting import CollectionVisit
from keystage.sheets.guard import guard
from keystage.sheets.separated_writer import write_separated

_AT_ONCE = 2000
_DICTIONARY = ("column", "type", "meaning", "allowed_values", "may_be_empty")


@of_schools()
@require_safe
def downloads(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show what can be downloaded."""
    now = timezone.now()
    context = {
        "at": at, "is_released": standing_of(at.collection, now).latest is not None,
        "is_anything": held_by_school(at.collection, at.organisation).exists(),
        "may_take_results": at.may(Permission.TAKE_RESULTS), "may_see_figures": at.may(Permission.SEE_FIGURES),
    }  # fmt: skip
    return render(request, "authority/downloads.html", context)


@of_schools()
@require_safe
def ctf_zip(request: HttpRequest, at: CollectionVisit) -> StreamingHttpResponse:
    """Give a Common Transfer File of each school's judgements that count, as a zip."""
    held = held_by_school(at.collection, at.organisation)
    if not held.exists():
        raise NotAllowedNow("No judgement of your schools counts yet, so there is no file to make.")
    now = timezone.now()
    members = ctfs(held.iterator(chunk_size=_AT_ONCE), at.year, now)
    return _streamed(at, "ctfs", "zip", zipped(members, now), "application/zip")


@of_schools(Permission.TAKE_RESULTS)
@require_safe
def warehouse(request: HttpRequest, at: CollectionVisit) -> StreamingHttpResponse:
    """Give judgements, and results once they are released, in the layout for a data warehouse."""
    released = standing_of(at.collection, timezone.now()).released
    parts = results_by_school(at.collection, at.organisation, released)
    held = held_by_school(at.collection, at.organisation).iterator(chunk_size=_AT_ONCE)
    head = [each.name for each in columns(at.year)]
    lines = _lines(head, rows(held, parts, at.year))
    return _streamed(at, "warehouse", "csv", lines, "text/csv; charset=utf-8")


@of_schools()
@require_safe
def dictionary(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Show what each column of that layout is."""
    return render(request, "authority/columns.html", {"at": at, "columns": columns(at.year)})


@of_schools()
@require_safe
def dictionary_file(request: HttpRequest, at: CollectionVisit) -> HttpResponse:
    """Give the same as a CSV file; it holds nothing of anybody."""
    sink = BytesIO()
    said = ([*each[:4], "yes" if each.may_be_empty else "no"] for each in columns(at.year))
    write_separated(sink, _DICTIONARY, said, mark=True)
    return attachment(f"warehouse-columns-{at.collection.year}.csv", sink.getvalue(), "text/csv; charset=utf-8")


class _Echo:
    def write(self, value: str) -> str:
        return value


def _lines(head: Sequence[str], found: Iterable[Sequence[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield str(writer.writerow(head))
    for row in found:
        yield str(writer.writerow([guard(text) for text in row]))


def _streamed(
    at: CollectionVisit, what: str, ending: str, pieces: Iterable[str] | Iterable[bytes], kind: str
) -> StreamingHttpResponse:
    name = f"{what}-{at.collection.year}-{timezone.localdate():%Y-%m-%d}.{ending}"
    taken_of_schools(at.collection, at.organisation, name, by=at.person)
    response = StreamingHttpResponse(pieces, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


urlpatterns = [
    path("", downloads, name="downloads"),
    path("ctfs.zip", ctf_zip, name="ctf-zip"),
    path("warehouse.csv", warehouse, name="warehouse"),
    path("columns/", dictionary, name="columns"),
    path("columns.csv", dictionary_file, name="columns-file"),
]
